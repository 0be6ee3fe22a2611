"""Comments by theme: exact counts, words only where a test says so, small groups hidden, only what was granted."""

import csv
import io
import json
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nlp.code_frame import code_frame
from surveys.comments.themes.models import ThemeFigure
from surveys.comments.themes.queries import Part, Themes
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.dashboards.comments.lines import TOO_FEW, mood_sentence, theme_lines, themes_sentence
from surveys.dashboards.comments.panels import trend_panel
from surveys.people.models import Service
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.comments import service_id
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

NOW, BEFORE = date(2026, 3, 10), date(2025, 12, 10)


def themes(**labels: int) -> Themes:
    """Counts by label, all of one sentiment; "every" is the base."""
    return Themes({"*" if name == "every" else name: {"neg": count} for name, count in labels.items()})


def figure(
    label: str, count: int, day: date = NOW, service: str = "parking", sentiment: str = "neg", channel: str = "phone"
) -> None:
    with transaction():
        db.session.add(
            ThemeFigure(
                day=day,
                service_id=service_id(service),
                channel=Channel(channel),
                label=label,
                sentiment=sentiment,
                count=count,
            )
        )


@pytest.fixture
def counted(app: Flask) -> None:
    for service in ("parking", "libraries"):
        make_service(service, service.capitalize())
    for day, waiting in ((NOW, 60), (BEFORE, 10)):
        figure("*", 200, day)
        figure("*", 100, day, sentiment="pos")
        figure("waiting_time", waiting, day)
        figure("staff_attitude", 90, day, sentiment="pos")
    figure("*", 3, service="libraries")
    figure("waiting_time", 2, service="libraries")


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (themes(every=300, waiting_time=60), themes(every=300, waiting_time=10), "more often"),
        (themes(every=300, waiting_time=10), themes(every=300, waiting_time=60), "less often"),
        (themes(every=300, waiting_time=33), themes(every=300, waiting_time=30), "no clear change"),
        (themes(every=29, waiting_time=20), themes(every=300, waiting_time=1), TOO_FEW),
        (themes(every=300, waiting_time=20), themes(), TOO_FEW),
    ],
)
def test_a_change_is_told_only_where_it_is_clear(now: Themes, before: Themes, words: str) -> None:
    assert [line.change for line in theme_lines(now, before, code_frame())] == [words]


def test_many_themes_looked_at_together_need_more_to_be_clear() -> None:
    alone = theme_lines(themes(every=300, waiting_time=45), themes(every=300, waiting_time=28), code_frame())
    beside = {name: 30 for name in code_frame().names if name != "waiting_time"}
    among = theme_lines(
        themes(every=300, waiting_time=45, **beside), themes(every=300, waiting_time=28, **beside), code_frame()
    )
    assert [line.change for line in alone] == ["more often"]
    assert {line.change for line in among} == {"no clear change"}


def test_shares_of_fewer_than_five_are_hidden_and_of_fewer_than_thirty_marked() -> None:
    few, some = (theme_lines(themes(every=n, waiting_time=3), themes(), code_frame())[0] for n in (4, 29))
    assert (few.shown.share, [mark.value for mark in few.shown.marks]) == (None, ["[c]"])
    assert [mark.value for mark in some.shown.marks] == ["[u]"]
    assert few.bar == []
    assert "no share is shown" in mood_sentence(themes(every=4))
    months = trend_panel("Waiting time", {date(2026, 1, 1): Part(2, 4), date(2026, 2, 1): Part(6, 40)})
    assert [row[1] for row in months.rows] == [None, 15.0]
    assert months.figure is not None
    assert months.figure["data"][0]["x"] == ["2026-02-01"]


def test_sentences_claim_no_more_than_the_figures() -> None:
    lines = theme_lines(themes(every=300, waiting_time=60, staff_attitude=30), themes(), code_frame())
    assert themes_sentence(lines) == (
        "Named most: Waiting time (20%), Staff attitude (10%). There are too few comments to compare with the period "
        "before."
    )
    assert themes_sentence([]) == ""
    assert mood_sentence(Themes()) == "No comment of this period has been classified."


@pytest.mark.usefixtures("counted")
def test_the_page_counts_exactly_and_says_what_moved(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    words = text_of(client.get("/comments?from=2026-01&to=2026-03"))
    assert "Of 303 comments, 33% positive" in words
    assert "Against the period before: Waiting time more often." in words
    assert "October 2025 to December 2025" in words
    file = client.get("/comments/themes.csv?from=2026-01&to=2026-03").get_data(as_text=True)
    lines = {line["name"]: line for line in csv.DictReader(io.StringIO(file))}
    waiting = lines["waiting_time"]
    assert (waiting["comments"], waiting["neg"], waiting["pos"], waiting["base"]) == ("62", "62", "0", "303")
    assert waiting["share_percent"] == "20.5"
    assert waiting["against_the_period_before"] == "more often"
    assert list(lines) == ["staff_attitude", "waiting_time"]


@pytest.mark.usefixtures("counted")
def test_filters_cut_the_themes(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    libraries = service_id("libraries")
    few = text_of(client.get(f"/comments?from=2026-01&to=2026-03&service={libraries}"))
    assert "Fewer than five comments" in few
    positive = text_of(client.get("/comments?from=2026-01&to=2026-03&sentiment=pos"))
    assert "Staff attitude (90%)" in positive
    assert "No comment of this period" in text_of(client.get("/comments?from=2026-01&channel=web"))


@pytest.mark.usefixtures("counted")
def test_a_manager_of_one_service_sees_no_other_counted(client: FlaskClient) -> None:
    parking, libraries = service_id("parking"), service_id("libraries")
    service = db.session.get_one(Service, libraries)
    db.session.rollback()
    sign_in(client, make_user(Role.MANAGER, service=service))
    for query in ("?from=2026-01", f"?from=2026-01&service={parking}", "?from=2026-01&theme=waiting_time"):
        words = text_of(client.get(f"/comments{query}"))
        assert "Parking" not in words
        assert "303" not in words
        assert "staff_attitude" not in client.get(f"/comments/themes.csv{query}").get_data(as_text=True)


@pytest.mark.usefixtures("counted")
def test_a_chosen_theme_has_a_trend_with_its_table_and_hides_a_small_service_and_the_rest(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    page = soup(client.get("/comments?from=2026-01&to=2026-03&theme=waiting_time"))
    figure_of_months = json.loads(str(page.find(id="theme-months-figure").string))  # type: ignore[union-attr]  # found
    assert figure_of_months["data"][0]["y"] == [3.3, 20.5]
    assert figure_of_months["layout"]["yaxis"]["range"][0] == 0
    services = page.find(id="theme-services-title").find_parent("section")  # type: ignore[union-attr]  # as above
    cells = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in services.select("tbody tr")]  # type: ignore[union-attr]  # as above
    assert [row[0] for row in cells] == ["Libraries", "Parking"]
    assert {row[-1] for row in cells} == {"[c]"}


@pytest.mark.usefixtures("counted")
def test_the_page_makes_a_bounded_number_of_queries(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    client.get("/comments")
    with statements() as seen:
        client.get("/comments?from=2026-01&theme=waiting_time")
    assert len(seen) <= 10, seen
    assert not any("FROM comments" in statement and "max(" not in statement for statement in seen), seen


def test_without_a_comment_the_page_says_so(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    words = text_of(client.get("/comments?theme=waiting_time"))
    assert "No comment of this period has been classified" in words
    assert client.get("/comments/themes.csv").get_data(as_text=True).count("\n") == 1


def test_an_officer_has_no_business_here(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.OFFICER))
    assert {client.get(path).status_code for path in ("/comments", "/comments/read", "/comments/1")} == {403}
