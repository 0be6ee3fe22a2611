"""Response and coverage: the funnel adds up, rates are AAPOR's, small numbers hide, gaps to other systems show."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.contacts.models import Channel
from surveys.core.csv_in import inspect
from surveys.core.db import db, insert_into, transaction
from surveys.core.refusals import Refused
from surveys.dashboards.coverage.counts import Mix, funnel, mix, reaches
from surveys.dashboards.coverage.revisions import Changed, months_of
from surveys.dashboards.pages.shown_cuts import shown_places
from surveys.people.models import AuditEntry, Service
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.contacted import Outcomes, Place, Population
from surveys.rates.cube import Cube
from surveys.rates.models import ContactFigure, Disposition, Revision
from surveys.rates.months import Month
from surveys.rates.page_counts import count_contact_totals
from surveys.rates.series import Series
from surveys.rates.set_models import ControlTotal
from surveys.rates.statistics import Rate
from surveys.rates.told import Revised
from surveys.rates.totals import FaultyTotals, read_totals
from tests.counting import statements
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import text_of
from tests.rates.made import AT, make_ratings, roll_up_all

MARCH = Month(2026, 3)
PHONE, WEB = Channel.PHONE, Channel.WEB
D = Disposition
HEADER = "day,service,channel,total\n"


def outcomes(selected: Mapping[Disposition, int], **by_outcome: int) -> Outcomes:
    return Outcomes(by_outcome | {"selected": sum(selected.values())}, selected)


ASKED = {D.COMPLETE: 30, D.PARTIAL: 10, D.NON_CONTACT: 55, D.REFUSAL: 5, D.WAITING: 8, D.NOT_SENT: 2}


def test_each_step_of_the_funnel_is_a_part_of_the_one_before_and_nobody_is_lost() -> None:
    steps = funnel(outcomes(ASKED, not_drawn=200, unreachable=40, landline=20, opted_out=5, duplicate=9, waiting=3))
    assert [(step.name, step.count) for step in steps] == [
        ("Got in touch", 378),
        ("Could be reached", 318),
        ("Were eligible", 313),
        ("Were drawn", 110),
        ("Were asked", 108),
        ("Answered", 40),
        ("Answered to the end", 30),
    ]
    assert [step.left for step in steps][1:5] == [
        "40 left no address, 20 a landline only",
        "5 said stop before",
        "200 not drawn, 3 wait for the draw",
        "2 drawn and not sent",
    ]


def test_where_few_were_asked_no_response_rate_is_told_nor_can_it_be_worked_out() -> None:
    few = outcomes({D.COMPLETE: 1, D.NON_CONTACT: 2}, not_drawn=50)
    found = reaches({(1, PHONE): outcomes(ASKED), (1, WEB): few, (2, PHONE): outcomes(ASKED)})
    by_series = {line.series: line.rates for line in found}
    assert list(by_series) == [Series(), Series(1), Series(1, PHONE), Series(1, WEB), Series(2)]
    assert {series for series, rates in by_series.items() if rates is None} == {Series(1, PHONE), Series(1, WEB)}
    assert by_series[Series(2)] is not None
    assert by_series[Series(2)].rr1 == pytest.approx(0.3)


def test_the_mix_has_each_service_beside_its_contacts_and_hides_few_answers() -> None:
    rates = {(MARCH, 1, PHONE): Rate(50, 90, 0), (MARCH, 2, PHONE): Rate(0, 3, 0), (MARCH, 3, PHONE): Rate(4, 7, 0)}
    contacts = {(MARCH, n, PHONE): count for n, count in ((1, 500), (2, 400), (3, 100))}
    names = {1: "Bins", 2: "Parking", 3: "Libraries"}
    cube, places = Cube(rates, names), {n: Place(name, "") for n, name in names.items()}
    found = mix(cube, Population(contacts, places), shown_places(cube).services)
    assert list(found) == [
        Mix("Bins", 500, 90, 0.5, 0.9),
        Mix("Libraries", 100, None, 0.1, None),
        Mix("Parking", 400, None, 0.4, None),
    ]


def test_a_revision_tells_before_and_now_unless_so_few_came_that_it_tells_what_they_said() -> None:
    """Two late answers about bins: neither their own line nor the month beside parking's line tells what they said."""
    parking = Revised(AT, MARCH, 1, "Parking", PHONE, before=(71, 100), after=(81, 111))
    bins = Revised(AT, MARCH, 2, "Bins", PHONE, before=(40, 50), after=(41, 52))
    libraries = Revised(AT, MARCH, 3, "Libraries", PHONE, before=(40, 50), after=(43, 54))
    now = {MARCH: Rate(750, 1000, 0)}
    assert months_of([parking], now) == {MARCH: Changed((740, 989), (750, 1000))}
    assert months_of([parking], now)[MARCH].words("March") == "11 late answers changed March from 74.8% to 75.0%."
    assert Changed(bins.before, bins.after).cells == ("[c]",) * 4
    assert months_of([parking, bins], now)[MARCH].words("March") == (
        "13 late answers changed March; too few to show by how much."
    )
    assert months_of([parking, bins, libraries], now)[MARCH].cells == (74.9, 983, 75.0, 1000)


def write(folder: Path, words: str) -> Path:
    path = folder / "totals.csv"
    path.write_text(words, encoding="utf-8")
    return path


def faults_of(path: Path) -> list[tuple[int, str]]:
    with pytest.raises(FaultyTotals) as refusal:
        read_totals(path, inspect(path), date(2026, 11, 1))
    return [(fault.line, fault.column) for fault in refusal.value.faults]


def test_each_line_that_cannot_be_read_is_named_with_what_to_do(app: Flask, tmp_path: Path) -> None:
    make_service()
    good = "2026-03-02,parking,phone,120\n"
    lines = (
        good,
        "31/03/2026,Parking,Face to face,7\n",
        "soon,parking,phone,1\n",
        "2027-01-01,parking,phone,1\n",
        "\n",
        "2026-03-03,pigeons,phone,1\n",
        "2026-03-03,parking,pigeon,1\n",
        '2026-03-03,parking,phone,"1,200"\n',
        "2026-03-03,parking,phone,-1\n",
        "2026-03-03,parking\n",
        good,
    )
    assert faults_of(write(tmp_path, HEADER + "".join(lines))) == [
        (4, "day"),
        (5, "day"),
        (7, "service"),
        (8, "channel"),
        (9, "total"),
        (10, "total"),
        (11, "channel"),
        (12, "day"),
    ]
    for words, what in (("day,service,total\n1,2,3\n", "lacks channel"), (HEADER, "no rows")):
        path = write(tmp_path, words)
        with pytest.raises(Refused, match=what):
            read_totals(path, inspect(path), date(2026, 11, 1))


def upload(client: FlaskClient, path: Path) -> str:
    with path.open("rb") as file:
        typed = {"file": (file, "totals.csv"), "source": "telephony"}
        return text_of(client.post("/rates/totals", data=typed, follow_redirects=True))


def test_totals_are_loaded_whole_or_not_at_all_and_a_gap_shows(client: FlaskClient, tmp_path: Path) -> None:
    load_rows(tmp_path, [row(f"C{n}", occurred_at="2026-10-05 10:00:00") for n in range(3)])
    sign_in(client, make_user())
    bad = upload(client, write(tmp_path, HEADER + "2026-10-05,parking,phone,3\n2026-10-05,parking,phone,x\n"))
    assert "Nothing was loaded: 1 line needs to be put right" in bad
    assert "3 total Total must be a whole number" in bad
    assert db.session.scalar(sa.select(sa.func.count()).select_from(ControlTotal)) == 0
    upload(client, write(tmp_path, HEADER + "2026-10-05,parking,phone,3\n2026-10-06,parking,phone,0\n"))
    again = upload(client, write(tmp_path, HEADER + "2026-10-05,parking,phone,12\n"))
    assert "1 totals loaded; 1 of them took the place of older ones" in again
    words = text_of(client.get("/rates/coverage?from=2026-10&to=2026-10"))
    assert "3 contacts were loaded of 12 that other systems counted on the same days: 9 are missing" in words
    assert "Parking, phone 2 12 3 9 25.0" in words
    loads = sa.select(AuditEntry.details).where(AuditEntry.action == "control totals loaded").order_by(AuditEntry.id)
    details = db.session.scalars(loads).all()
    assert [(entry["rows"], entry["replaced"]) for entry in details] == [(2, 0), (1, 1)]


@pytest.fixture
def counted(app: Flask) -> list[int]:
    """Two services of March: contacts by outcome, answers, and a revision of each."""
    services = [make_service().id, make_service("bins", "Bins").id]
    with transaction():
        for service in services:
            where = {"month": MARCH.first, "service_id": service, "channel": PHONE}
            rows = [{**where, "outcome": "selected", "disposition": d, "count": n} for d, n in ASKED.items()]
            rows += [{**where, "outcome": "unreachable", "disposition": D.NOT_ASKED, "count": 90}]
            db.session.execute(insert_into(ContactFigure), rows)
            changed = {"satisfied_before": 20, "base_before": 30, "satisfied_after": 30, "base_after": 40}
            db.session.execute(insert_into(Revision), [{"at": AT, **where, **changed}])
        count_contact_totals()
    for service in services:
        make_ratings(service, [Satisfaction.VERY_SATISFIED] * 30 + [Satisfaction.NEITHER] * 10)
    roll_up_all()
    return services


def test_the_page_shows_only_what_was_granted(client: FlaskClient, counted: list[int]) -> None:
    sign_in(client, make_user(Role.MANAGER))
    words = text_of(client.get("/rates/coverage"))
    assert "Of 400 contacts, 60 were answered to the end; 45% could not be reached" in words
    assert "30% of those asked completed the survey" in words
    assert "Weighted to all 400 contacts, 75% were" in words
    one = text_of(client.get(f"/rates/coverage?service={counted[0]}"))
    assert "Of 200 contacts" in one
    client.post("/sign-out")
    sign_in(
        client, make_user(Role.MANAGER, email="bins@example.gov.uk", service=db.session.get_one(Service, counted[1]))
    )
    for path in ("coverage", f"coverage?service={counted[0]}", "revisions", "coverage?file=reach"):
        shown = client.get(f"/rates/{path}").get_data(as_text=True)
        assert "Parking" not in shown
    assert "Of 200 contacts" in text_of(client.get("/rates/coverage"))


def test_revisions_are_told_by_month_and_by_place(client: FlaskClient, counted: list[int]) -> None:
    sign_in(client, make_user(Role.MANAGER))
    words = text_of(client.get("/rates/revisions"))
    assert "20 late answers changed March 2026 from 66.7% to 75.0%." in words
    assert "March 2026 Bins Phone 66.7 30 75.0 40 10" in words
    file = client.get("/rates/revisions?file=revisions").get_data(as_text=True)
    assert "March 2026,Bins,Phone,66.7,30,75.0,40,10" in file


def test_the_pages_make_a_bounded_number_of_queries(client: FlaskClient, counted: list[int]) -> None:
    sign_in(client, make_user(Role.MANAGER))
    for page, most in (("coverage", 10), ("revisions", 7)):
        client.get(f"/rates/{page}")
        with statements() as seen:
            client.get(f"/rates/{page}")
        assert len(seen) <= most, seen
