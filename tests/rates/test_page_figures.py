"""What pages read is what the figures say: added up, checked, renewed by each roll-up, and never beyond a scope."""

from collections import defaultdict
from datetime import date
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import Answer, Mode, Response
from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import db, is_sqlite, transaction
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.checking import answer_drifts, contact_drifts
from surveys.rates.codes import Codes, RateByCode, of_cells, read_codes, read_crosses
from surveys.rates.contact_counts import count_contacts
from surveys.rates.groups import read_groups_by_service
from surveys.rates.models import MonthFigure
from surveys.rates.modes import read_modes
from surveys.rates.months import Month, months_between
from surveys.rates.page_counts import DISPOSITION_COLUMNS, OUTCOME_COLUMNS
from surveys.rates.page_models import ContactTotal
from surveys.rates.recounts import RATING, UNCOUNTED
from surveys.rates.scope import Scope, within
from surveys.rates.series import Series
from surveys.rates.statistics import Rate, together
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import text_of
from tests.rates.made import make_ratings, make_response, roll_up_all

VERY, NEITHER = Satisfaction.VERY_SATISFIED, Satisfaction.NEITHER
MARCH, APRIL = Month(2026, 3), Month(2026, 4)


@pytest.fixture
def services(app: Flask) -> tuple[int, int]:
    """Each service and channel of two months has an answer of its own number of people."""
    parking, libraries = make_service("parking").id, make_service("libraries", "Libraries").id
    places = product((parking, libraries), (Channel.PHONE, Channel.WEB), (3, 4))
    with transaction():
        for count, (service, channel, month) in enumerate(places, start=1):
            for n in range(count):
                make_response(service, (VERY, NEITHER)[n % 2], date(2026, month, 10), channel, resolved="no")
    roll_up_all()
    return parking, libraries


def from_cells(scope: Scope) -> dict[str, RateByCode]:
    """The crosses of a scope added up cell by cell."""
    found: dict[str, dict[str, list[Rate]]] = defaultdict(lambda: defaultdict(list))
    for cell in db.session.execute(of_cells(scope)):
        found[cell.question][cell.code].append(Rate(cell.satisfied, cell.base, cell.do_not_know))
    return {question: {code: together(rates) for code, rates in by.items()} for question, by in found.items()}


def codes_from_cells(scope: Scope) -> dict[str, Codes]:
    """The answers of a scope added up cell by cell."""
    f, found = MonthFigure, defaultdict[str, Codes](dict)
    for cell in db.session.scalars(within(sa.select(f), f, scope)):
        found[cell.question][cell.code] = found[cell.question].get(cell.code, 0) + cell.count
    return dict(found)


@pytest.mark.parametrize("months", [(MARCH, APRIL), (APRIL, APRIL), (APRIL, MARCH)])
@pytest.mark.parametrize("channels", [None, {Channel.PHONE}, {Channel.PHONE, Channel.WEB}, set()])
@pytest.mark.parametrize("granted", [None, "one", "both", "none"])
def test_totals_say_of_every_scope_what_its_cells_say(
    services: tuple[int, int], months: tuple[Month, Month], channels: set[Channel] | None, granted: str | None
) -> None:
    chosen = {"one": services[:1], "both": services, "none": ()}
    scope = Scope(
        *months,
        None if granted is None else frozenset(chosen[granted]),
        None if channels is None else frozenset(channels),
    )
    assert read_crosses(scope, ["resolved"]) == from_cells(scope)
    answers = codes_from_cells(scope)
    assert read_codes(scope, ["resolved", RATING]) == answers
    by_month = {month: counts[Mode.WEB] for month, counts in read_modes(scope).items()}
    assert sum(by_month.values()) == sum(answers.get(RATING, {}).values())
    assert all(month in months_between(*months) for month in by_month)


def test_the_totals_of_a_scope_hold_none_that_was_not_granted() -> None:
    assert Scope(MARCH, APRIL, frozenset({3, 1})).series == [Series(1), Series(3)]
    assert Scope(MARCH, APRIL, frozenset()).series == []
    assert Scope(MARCH, APRIL, frozenset({3}), frozenset({Channel.WEB})).series is None
    assert Scope(MARCH, APRIL, None, frozenset({Channel.WEB})).series == [Series(None, Channel.WEB)]
    assert Scope(MARCH, APRIL).series == [Series()]


def test_groups_of_some_channels_are_refused_instead_of_being_told_over_all(app: Flask) -> None:
    with pytest.raises(ValueError, match="over all channels"):
        read_groups_by_service(Scope(MARCH, APRIL, None, frozenset({Channel.WEB})), ["age"])


@pytest.mark.parametrize(
    ("tampering", "kind"),
    [
        ("UPDATE rating_figures SET base = base + 1", "rating"),
        ("DELETE FROM rating_figures", "rating"),
        ("UPDATE cross_totals SET do_not_know = 9 WHERE series = 'all/all'", "cross total"),
        ("DELETE FROM cross_totals WHERE series = 'all/web'", "cross total"),
        ("UPDATE code_totals SET count = count + 1 WHERE series = 'all/all'", "code total"),
        ("DELETE FROM code_totals WHERE series = 'all/web'", "code total"),
    ],
)
def test_the_check_finds_what_differs_from_the_figures(services: tuple[int, int], tampering: str, kind: str) -> None:
    assert answer_drifts() == []
    db.session.rollback()
    with transaction():
        db.session.execute(sa.text(tampering))
    assert {drift.key[0] for drift in answer_drifts()} == {kind}


def test_the_check_finds_a_contact_total_that_differs_from_its_figures(app: Flask, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1"), row("A2")])
    with transaction():
        count_contacts(now())
    assert contact_drifts(now()) == []
    db.session.rollback()
    with transaction():
        db.session.execute(sa.update(ContactTotal).values(landline=ContactTotal.landline + 1))
    (drift,) = contact_drifts(now())
    assert (drift.key[0], drift.key[-1], drift.stored, drift.recount) == ("contact total", "landline", 1, 0)


def test_every_outcome_and_disposition_has_a_column_of_its_own() -> None:
    named = [*OUTCOME_COLUMNS.values(), *DISPOSITION_COLUMNS.values()]
    columns = [column.name for column in ContactTotal.__table__.columns]
    assert columns == ["month", "service_id", "channel", *named]


def test_a_page_shows_a_changed_rating_as_soon_as_it_is_rolled_up(client: FlaskClient) -> None:
    responses = make_ratings(make_service().id, [VERY] * 10)
    roll_up_all()
    sign_in(client, make_user(Role.MANAGER))
    assert "100% were very or fairly satisfied, from 10 answers" in text_of(client.get("/"))
    which = list(responses[:5])
    with transaction():
        changed = {"satisfaction": NEITHER, "counted": False}
        db.session.execute(sa.update(Response).where(Response.id.in_(which)).values(changed))
        db.session.execute(sa.update(Answer).where(Answer.response_id.in_(which)).values(code=NEITHER.value))
    roll_up_all()
    assert "50% were very or fairly satisfied, from 10 answers" in text_of(client.get("/"))


def test_what_is_not_counted_yet_is_found_by_its_index_and_not_by_a_look_at_every_response(app: Flask) -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL reads any index that fits by itself")
    waiting = sa.select(Response.service_id).where(UNCOUNTED).compile(db.engine)
    assert "USING INDEX ix_responses_uncounted" in str(
        db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {waiting}")).all()
    )
