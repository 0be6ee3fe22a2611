"""Targets, baselines and notes: set by who may, for what they may, never changed in place, judged by the interval."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound, Refused
from surveys.dashboards.targets.judged import judged_targets
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.baselines import baseline_for, freeze
from surveys.rates.comparing import Attainment
from surveys.rates.contacted import Place, Population
from surveys.rates.cube import Cube
from surveys.rates.months import Month, months_between
from surveys.rates.notes import notes_for, remove_note, write_note
from surveys.rates.series import Series
from surveys.rates.statistics import Rate
from surveys.rates.targets import SetTarget, end_target, set_target, targets_in_force
from tests.counting import statements
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import text_of
from tests.rates.made import make_ratings, roll_up_all

AT = datetime(2026, 11, 5, 9, tzinfo=UTC)
JAN, MARCH, JUNE, JULY, NOVEMBER, DECEMBER = (Month(2026, n) for n in (1, 3, 6, 7, 11, 12))
PHONE = Channel.PHONE


def held(series: Series, *months: Month) -> list[float | None]:
    found = targets_in_force([series], months).get(series, {})
    return [found[month].share if month in found else None for month in months]


def put(series: Series, share: int, month: Month, owner: int, moment: datetime = AT) -> int:
    with transaction():
        return set_target(series, share, month, owner, owner, moment).id


def test_what_was_set_last_holds_from_its_month_on_and_past_months_keep_theirs(app: Flask) -> None:
    user, series = make_user(), Series(make_service().id, PHONE)
    put(series, 8000, JAN, user.id)
    second = put(series, 8500, JULY, user.id)
    assert held(series, JAN, JUNE, JULY, DECEMBER) == [0.8, 0.8, 0.85, 0.85]
    with transaction():
        end_target(second, None, AT)
    assert held(series, JUNE, JULY, NOVEMBER, DECEMBER) == [0.8, 0.85, None, None]
    assert held(Series(series.service), JULY) == [None]


def test_a_target_that_ended_before_it_began_never_held(app: Flask) -> None:
    user, series = make_user(), Series(make_service().id)
    put(series, 8000, JAN, user.id)
    mistake = put(series, 1000, DECEMBER, user.id)
    with transaction():
        end_target(mistake, None, AT)
    assert held(series, NOVEMBER, DECEMBER) == [0.8, 0.8]


def test_an_owner_must_be_able_to_see_the_figures(app: Flask) -> None:
    parking, libraries = make_service(), make_service("libraries", "Libraries")
    manager = make_user(Role.MANAGER, service=libraries)
    officer = make_user(Role.OFFICER)
    for user, series in ((manager, Series(parking.id)), (manager, Series()), (officer, Series(parking.id))):
        with pytest.raises(Refused, match="owner who may see"), transaction():
            set_target(series, 8000, JAN, user.id, user.id, AT)
    assert put(Series(libraries.id), 8000, JAN, manager.id)


def test_nobody_ends_or_removes_what_is_not_theirs(app: Flask) -> None:
    user, parking = make_user(), make_service()
    number = put(Series(parking.id), 8000, JAN, user.id)
    with transaction():
        note = write_note(Series(), MARCH, "New phone system", user.id, AT).id
    with pytest.raises(NotFound), transaction():
        end_target(number, frozenset({parking.id + 1}), AT)
    with pytest.raises(NotFound), transaction():
        remove_note(note, frozenset({parking.id}), AT)


def test_a_baseline_is_frozen_with_a_reason_over_a_year_without_a_break(app: Flask) -> None:
    user, series = make_user(), Series(make_service().id)
    year, later = (Month(2025, 1), Month(2025, 12)), (Month(2025, 7), JUNE)
    for months, reason, breaks in (
        (year, "  ", ()),
        ((JAN, JUNE), "too short", ()),
        (year, "over a break", (Month(2025, 6),)),
    ):
        with pytest.raises(Refused), transaction():
            freeze(series, months, reason, breaks, user.id, AT)
    with transaction():
        freeze(series, year, "The first whole year", (Month(2025, 1),), user.id, AT)
    with transaction():
        freeze(series, later, "Moved to new premises", (), user.id, AT)
    found = baseline_for([series, Series()])
    assert {one: (frozen.months[0], frozen.reason) for one, frozen in found.items()} == {
        series: (Month(2025, 7), "Moved to new premises")
    }
    actions = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.subject.like("baseline:%")))
    assert sorted(actions) == ["baseline frozen", "baseline set again"]


def test_a_wide_note_stands_on_each_chart_within_it_and_no_narrow_one_on_a_wide_chart(app: Flask) -> None:
    user, parking = make_user(), make_service().id
    with transaction():
        for series, words in ((Series(), "all"), (Series(None, PHONE), "phone"), (Series(parking), "parking")):
            write_note(series, MARCH, words, user.id, AT)
        gone = write_note(Series(parking), MARCH, "a mistake", user.id, AT)
        remove_note(gone.id, frozenset({parking}), AT)
    series = [Series(), Series(parking, PHONE), Series(parking, Channel.WEB)]
    with statements() as seen:
        found = notes_for(series, JAN, JUNE)
    assert [[note.words for note in found[one]] for one in series] == [
        ["all"],
        ["all", "phone", "parking"],
        ["all", "parking"],
    ]
    assert len(seen) == 1
    assert notes_for(series, JULY, DECEMBER) == {one: [] for one in series}


def made_target(series: Series, share: float) -> SetTarget:
    return SetTarget(1, series, share, JAN, 1, "An Owner", AT, None)


def test_a_target_is_judged_by_the_weighted_interval_over_the_months_it_held() -> None:
    """Phone is 90% of the contacts and half of the answers: weighted it is 86%, unweighted 70%."""
    rates = {(JAN, 1, PHONE): Rate(180, 200, 0), (JAN, 1, Channel.WEB): Rate(100, 200, 0)}
    rates |= {(Month(2025, 12), 1, PHONE): Rate(0, 200, 0)}
    contacts = {(JAN, 1, PHONE): 9000, (JAN, 1, Channel.WEB): 1000}
    cube, population = Cube(rates, {1: "Parking"}), Population(contacts, {1: Place("Parking", "")})
    targets = [made_target(Series(1), 0.8), made_target(Series(1, Channel.WEB), 0.8), made_target(Series(2), 0.8)]
    found = judged_targets(targets, (Month(2025, 12), JAN), cube, population)
    assert [one.months for one in found] == [(JAN,)] * 3
    assert [one.verdict for one in found] == [Attainment.MET, Attainment.NOT_MET, None]
    assert found[0].attained is not None
    assert found[0].attained.rate.share == pytest.approx(0.86)
    assert found[0].shown.share == pytest.approx(0.7)


def test_a_target_on_few_answers_is_hidden_with_what_would_give_them_away() -> None:
    rates = {(JAN, 1, PHONE): Rate(60, 100, 0), (JAN, 1, Channel.WEB): Rate(1, 3, 0)}
    targets = [
        made_target(Series(1), 0.8),
        made_target(Series(1, PHONE), 0.8),
        made_target(Series(1, Channel.WEB), 0.8),
    ]
    found = judged_targets(targets, (JAN, JAN), Cube(rates, {1: "Parking"}), Population({}, {}))
    assert [(one.target.series.channel, one.shown.base) for one in found] == [
        (None, 103),
        (PHONE, None),
        (Channel.WEB, None),
    ]
    assert [one.verdict for one in found[1:]] == [None, None]


def test_a_manager_sets_and_ends_a_target_of_their_service_and_of_no_other(client: FlaskClient) -> None:
    parking, libraries = make_service(), make_service("libraries", "Libraries")
    manager = make_user(Role.MANAGER, service=parking)
    make_ratings(parking.id, [Satisfaction.VERY_SATISFIED] * 40)
    roll_up_all()
    sign_in(client, manager)
    typed = {"channel": "all", "share": "80", "from_month": "2026-01", "owner": str(manager.id)}
    for service in (str(libraries.id), "all"):
        assert client.post("/rates/targets/new", data=typed | {"service": service}).status_code == 422
    wrong = client.post(
        "/rates/targets/new", data=typed | {"service": str(parking.id), "share": "101", "from_month": "soon"}
    )
    assert "From month must be a month like 2026-03" in text_of(wrong)
    assert "Target must be a percentage above 0" in text_of(wrong)
    assert client.post("/rates/targets/new", data=typed | {"service": str(parking.id)}).status_code == 303
    words = text_of(client.get("/rates/targets"))
    assert "Of 1 target: 1 met, 0 not met" in words
    assert "Parking, all channels 80.0 met" in words
    assert client.post("/rates/targets/1/end").status_code == 303
    assert "Of 1 target" not in text_of(client.get("/rates/targets?to=2026-12"))


def test_an_assessor_reads_targets_and_sets_none(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.ASSESSOR))
    for page in ("targets", "baselines", "notes"):
        assert client.get(f"/rates/{page}").status_code == 200
        assert client.get(f"/rates/{page}/new").status_code == 403


def test_baselines_and_notes_are_set_on_their_pages(client: FlaskClient) -> None:
    parking = make_service()
    sign_in(client, make_user(Role.MANAGER, service=parking))
    place = {"service": str(parking.id), "channel": "phone"}
    months = {"first_month": "2025-01", "last_month": "2025-03", "reason": "The first year"}
    assert "Last month must be at least 11 months" in text_of(client.post("/rates/baselines/new", data=place | months))
    client.post("/rates/baselines/new", data=place | months | {"last_month": "2025-12"})
    assert "Parking, phone January 2025 to December 2025 The first year" in text_of(client.get("/rates/baselines"))
    client.post("/rates/notes/new", data=place | {"month": "2026-03", "words": " New  phone system "})
    assert "March 2026 Parking, phone New phone system" in text_of(client.get("/rates/notes"))
    client.post("/rates/notes/1/remove")
    assert "There is no note yet" in text_of(client.get("/rates/notes"))


def test_a_manager_of_one_service_sees_no_target_of_another(client: FlaskClient) -> None:
    user, parking, libraries = make_user(), make_service(), make_service("libraries", "Libraries")
    for series in (Series(), Series(libraries.id), Series(parking.id)):
        put(series, 8000, JAN, user.id)
    with transaction():
        months = months_between(JAN, DECEMBER)
        freeze(Series(libraries.id), (months[0], months[-1]), "A secret of libraries", (), user.id, AT)
        write_note(Series(libraries.id), MARCH, "Another secret", user.id, AT)
    sign_in(client, make_user(Role.MANAGER, service=parking))
    words = "".join(text_of(client.get(f"/rates/{page}")) for page in ("targets", "baselines", "notes"))
    assert "Parking" in words
    assert not {"Libraries", "secret"} & set(words.replace(",", " ").split())
    assert client.post("/rates/targets/2/end").status_code == 404


def test_the_pages_make_a_bounded_number_of_queries(client: FlaskClient) -> None:
    user, services = make_user(), [make_service(f"service-{n}", f"Service {n}") for n in range(6)]
    for service in services:
        for series in (Series(service.id), Series(service.id, PHONE)):
            put(series, 8000, JAN, user.id)
    sign_in(client, user)
    for page, most in (("targets", 8), ("baselines", 5), ("notes", 5)):
        client.get(f"/rates/{page}")
        with statements() as seen:
            client.get(f"/rates/{page}")
        assert len(seen) <= most, seen
