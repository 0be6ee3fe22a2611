"""The page of what cases teach: sentences claim no more than the figures, few are hidden, only what was granted."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import today
from surveys.core.db import db, transaction
from surveys.dashboards.learning.causes import EVERY_SERVICE, TOO_FEW, cause_lines, causes_panel
from surveys.dashboards.learning.counts import months_panel, praise_panel, progress_lines, services_panel
from surveys.dashboards.learning.times import in_time_of, in_time_panel, in_time_sentence, times_panel
from surveys.followups.learning.counts import Days, Progress
from surveys.followups.learning.roll_up import count_cases
from surveys.messaging.hours import Nation
from surveys.people.models import Service
from surveys.people.roles import Role
from surveys.rates.months import Month, months_between
from tests.counting import statements
from tests.followups.many_cases import one_case, put_cases
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import text_of

FIRST, RUNNING = Month(2025, 1), Month(2026, 3)
# Standard vectors of a p chart: domain methods, section 3.8.
X = (412, 455, 430, 398, 470, 441, 420, 489, 405, 450, 433, 472)
N = (500, 540, 520, 480, 560, 530, 500, 570, 490, 540, 515, 560)


def months_of(*pairs: tuple[int, int]) -> dict[Month, Progress]:
    """Each month from FIRST on: (acted on in time, opened)."""
    return {FIRST.plus(n): due(*pair) for n, pair in enumerate(pairs)}


def due(in_time: int, opened: int) -> Progress:
    return Progress(opened, acknowledgements_due=opened, acted_in_time=in_time)


def test_the_usual_range_is_that_of_the_first_twelve_months_whatever_period_is_chosen() -> None:
    by_month = months_of(*zip(X, N, strict=True), (300, 500))
    thirteenth = FIRST.plus(12)
    for first in (FIRST, thirteenth):
        found = in_time_of("First action in time", by_month, months_between(first, thirteenth), RUNNING)
        point = found.charts[-1].points[-1]
        assert found.charts[-1].centre == pytest.approx(0.836638, abs=1e-6)
        assert (point.lower, point.upper) == (pytest.approx(0.787038, abs=1e-6), pytest.approx(0.886238, abs=1e-6))
        words = in_time_sentence(found)
        assert "60% in January 2026, outside its usual range of 79% to 89%" in words
    panel = in_time_panel(found, "All")
    assert panel.rows == [("January 2026", 60.0, 55.6, 64.2, 500, 78.7, 88.6, "below its usual range")]
    assert panel.figure is not None
    assert panel.figure["data"][3]["text"] == ["January 2026: 60% of 500 cases"]


def test_with_fewer_than_twelve_months_nothing_is_called_usual() -> None:
    by_month = months_of(*list(zip(X, N, strict=True))[:11])
    found = in_time_of("Parking", by_month, list(by_month), RUNNING)
    assert (
        in_time_sentence(found)
        == "Parking was at 84% in November 2025. There are too few months yet to say what is usual."
    )
    assert "usual_from_percent" not in in_time_panel(found, "").fields
    both = in_time_panel(found, "", [found, in_time_of("Bins", by_month, [FIRST], RUNNING)])
    assert both.notes[1] == "Bins was at 82% in January 2025. There are too few months yet to say what is usual."
    nothing = in_time_of("Parking", months_of((4, 5)), list(by_month), RUNNING)
    assert in_time_sentence(nothing) == "Parking: fewer than 10 cases have had their last day yet, too few for a chart."


def test_a_year_without_a_late_case_gives_no_range() -> None:
    by_month = months_of(*[(20, 20)] * 13)
    words = in_time_sentence(in_time_of("Parking", by_month, list(by_month), RUNNING))
    assert words.startswith("Parking was at 100% in January 2026. Its first months were all alike")


def test_a_month_is_drawn_only_when_it_is_over_and_no_case_of_it_can_be_in_time_still() -> None:
    by_month = {
        RUNNING.plus(-2): due(20, 20),
        RUNNING.plus(-1): Progress(20, acknowledgements_due=19),
        RUNNING: due(5, 20),
    }
    assert list(in_time_of("", by_month, list(by_month), RUNNING).trend.by_month) == [RUNNING.plus(-2)]


def test_few_cases_are_hidden_and_the_total_gives_none_of_them_away() -> None:
    parts = {"Bins": due(3, 3), "Libraries": due(20, 30), "Parking": due(50, 50)}
    lines = {line.name: line.cells for line in progress_lines(parts)}
    assert lines["Bins"] == ("[c]",) * 5
    assert lines["Libraries"] == ("[c]",) * 5
    assert lines["Parking"] == (50, 0, 0, 0, 0)
    assert lines["All of these"] == (83, 0, 0, 10, 0)


def test_of_few_closed_cases_no_days_are_told() -> None:
    parts = {"Bins": due(30, 30), "Parking": due(30, 30), "Trees": due(30, 30)}
    days = {
        "Bins": Days({1: 30}, {1: 3}),
        "Parking": Days({0: 15, 3: 15}, {5: 20}),
        "Trees": Days({2: 9, 9: 1}, {8: 30}),
    }
    panel = times_panel(parts, days, "")
    rows = {row[0]: row[1:] for row in panel.rows}
    assert rows["Bins"] == (100.0, None, 1, 1, "[c]", "[c]")
    assert rows["Parking"][2:6] == (1.5, 3, "[c]", "[c]")
    assert rows["Trees"][2:6] == (2.0, 2, 8.0, 8)
    assert panel.sentence == (
        "Half of those acted on were acted on within 1 working day, nine of ten within 3 working days; half of those "
        "closed were closed within 8 working days, nine of ten within 8 working days."
    )


def test_causes_are_compared_only_where_both_periods_have_thirty_cases() -> None:
    now = {
        ("Waiting time", "Bins"): 60,
        ("Outcome", "Bins"): 40,
        ("Waiting time", "Trees"): 20,
        ("Outcome", "Trees"): 3,
    }
    before = {("Waiting time", "Bins"): 20, ("Outcome", "Bins"): 80, ("Outcome", "Trees"): 25}
    lines = {(line.cause, line.service): line for line in cause_lines(now, before)}
    assert [key for key in lines if key[1] == EVERY_SERVICE] == [
        ("Waiting time", EVERY_SERVICE),
        ("Outcome", EVERY_SERVICE),
    ]
    assert lines["Waiting time", "Bins"].change == TOO_FEW
    assert lines["Outcome", "Trees"].cells[0] == "[c]"
    assert lines["Waiting time", EVERY_SERVICE].cells == (80, 65.0, 56.3, 72.9, 20, "more often")
    words = causes_panel(list(lines.values()), 40, "").sentence
    assert words == (
        "What comes up most: Waiting time (65%), Outcome (35%). Against the period before: Waiting time more often, "
        "Outcome less often. Of 40 cases nobody has noted the cause."
    )


def test_without_a_case_each_panel_says_so() -> None:
    assert months_panel({}, (0, 0), "").sentence == "No case was opened in this period."
    assert services_panel({}, {}, "", []).rows == []
    assert praise_panel({}, {}, "").sentence == "No praise was passed on to a team in this period."
    assert "Too few cases" in causes_panel([], 0, "").sentence
    assert "Too few cases" in times_panel({}, {}, "").sentence


def test_praise_passed_on_by_few_is_hidden_with_another_month() -> None:
    counts = {(FIRST, 1): 2, (FIRST, 2): 30, (RUNNING, 1): 20, (RUNNING, 2): 30}
    panel = praise_panel(counts, {1: "Bins", 2: "Parking"}, "All")
    rows = {row[:2]: row[2] for row in panel.rows}
    assert panel.sentence == "82 comments of praise were passed on to the teams that earned them."
    assert rows["January 2025", "Bins"] == "[c]"
    assert list(rows.values()).count("[c]") >= 4


@pytest.fixture
def counted(app: Flask) -> Iterator[list[int]]:
    """A year of cases in two services, of which one is quick."""
    with time_machine.travel(datetime(2026, 3, 20, 12, tzinfo=UTC), tick=False):
        services = [make_service().id, make_service("bins", "Bins").id]
        starts = [datetime(FIRST.plus(n).year, FIRST.plus(n).month, 6, 9, tzinfo=UTC) for n in range(14)]
        for place, service in enumerate(services):
            put_cases(
                one_case(service, at, acted=(n % 4) + 3 * place, closed=9, cause=("waiting_time", "other")[n % 2])
                for at in starts
                for n in range(12)
            )
        with transaction():
            count_cases(today(), Nation.ENGLAND)
        yield services


def test_the_page_tells_of_all_that_was_granted_and_of_nothing_else(client: FlaskClient, counted: list[int]) -> None:
    sign_in(client, make_user(Role.ASSESSOR))
    words = text_of(client.get("/cases/learning?from=2025-01&to=2026-02"))
    assert "336 cases were opened: 336 of them are closed, 0 were opened again." in words
    assert "First action in time was at 38% in February 2026, within its usual range" in words
    assert "What comes up most: Something else (50%), Waiting time (50%)" in words
    client.post("/sign-out")
    bins = db.session.get_one(Service, counted[1])
    sign_in(client, make_user(Role.MANAGER, email="bins@example.gov.uk", service=bins))
    for path in ("", f"?service={counted[0]}", "?file=services", f"?file=times&service={counted[0]}"):
        assert "Parking" not in client.get(f"/cases/learning{path}").get_data(as_text=True)


def test_nobody_without_rates_may_read_it(client: FlaskClient, counted: list[int]) -> None:
    sign_in(client, make_user(Role.OFFICER))
    assert client.get("/cases/learning").status_code == 403


def test_each_table_is_a_file_with_the_same_cells(client: FlaskClient, counted: list[int]) -> None:
    sign_in(client, make_user())
    period = "from=2025-01&to=2026-02"
    file = client.get(f"/cases/learning?{period}&file=times").get_data(as_text=True)
    rows = {row["service"]: row for row in csv.DictReader(io.StringIO(file))}
    assert rows["Parking"]["first_action_median_days"] == "1.5"
    assert rows["Bins"]["close_ninetieth_days"] == "9"
    chart = client.get(f"/cases/learning?{period}&file=in-time").get_data(as_text=True)
    assert len(list(csv.DictReader(io.StringIO(chart)))) == 14
    assert client.get("/cases/learning?file=nothing").status_code == 404


def test_the_page_makes_a_bounded_number_of_queries(client: FlaskClient, counted: list[int]) -> None:
    sign_in(client, make_user())
    client.get("/cases/learning")
    with statements() as seen:
        client.get("/cases/learning")
    assert len(seen) <= 12, seen
