"""A page taken in by lone statements: the same rows as by the ordinary way, or nothing at all."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.at_once import take_in_at_once
from surveys.answers.erasure import erase
from surveys.answers.models import Answer, Response
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import AnswerSheet, take_in
from surveys.core.clock import now
from surveys.core.db import db, is_sqlite, table_of, transaction
from surveys.core.refusals import Conflict
from surveys.invitations.models import Invitation
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.kinds import Given
from tests.answers.racing import assert_sound, invited, kept
from tests.counting import statements

RATING = (Given("overall", code="neither"),)
REST = (Given("resolved", code="no"), Given("why", words="Nobody rang back"))
OWN = ("id", "invitation_id", "response_id", "words")


@pytest.fixture
def tokens(app: Flask, tmp_path: Path) -> list[str]:
    return invited(tmp_path, 2)


def sheet(
    token: str, given: tuple[Given, ...], at: datetime, completes: bool = False
) -> tuple[AnswerSheet, Definition]:
    opened = open_link(token)
    return sheet_of(opened, given, "en", at, completes), opened.definition


def ordinarily(token: str, given: tuple[Given, ...], at: datetime, completes: bool = False) -> None:
    with transaction():
        take_in(*sheet(token, given, at, completes))


def left(invitation_id: int) -> list[Any]:
    """All columns that do not differ by the row itself, and the words unsealed."""
    db.session.rollback()
    rows: list[Any] = []
    number = db.session.scalar(sa.select(Response.id).where(Response.invitation_id == invitation_id))
    mine = Answer.response_id == number
    for table, which, order in ((Response, Response.id == number, Response.id), (Answer, mine, Answer.question)):
        names = [column.name for column in table_of(table).columns if column.name not in OWN]
        found = sa.select(*(table_of(table).c[name] for name in names)).where(which).order_by(order)
        rows += db.session.execute(found).all()
    rows += db.session.scalars(sa.select(Answer.words).where(mine).order_by(Answer.question)).all()
    rows.append(db.session.scalar(sa.select(Invitation.answered_at).where(Invitation.id == invitation_id)))
    return rows


def nothing_kept() -> bool:
    db.session.rollback()
    return not any(db.session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in (Response, Answer))


def test_it_leaves_the_rows_that_the_ordinary_way_leaves(tokens: list[str]) -> None:
    one, other = tokens
    at, later = now(), now() + timedelta(seconds=20)
    assert take_in_at_once(*sheet(one, RATING, at))
    ordinarily(other, RATING, at)
    assert left(open_link(one).invitation_id) == left(open_link(other).invitation_id)
    assert take_in_at_once(*sheet(one, REST, later, completes=True))
    ordinarily(other, REST, later, completes=True)
    mine = left(open_link(one).invitation_id)
    assert mine == left(open_link(other).invitation_id)
    assert "Nobody rang back" in mine
    assert_sound(2)


def test_it_is_one_statement_where_each_goes_over_a_network(tokens: list[str]) -> None:
    given = sheet(tokens[0], RATING + REST, now(), completes=True)
    with statements() as seen:
        assert take_in_at_once(*given)
    assert len(seen) == (3 if is_sqlite() else 1)


def test_a_question_answered_twice_in_one_sheet_keeps_the_later_answer(tokens: list[str]) -> None:
    given = sheet(tokens[0], (*RATING, Given("resolved", code="no"), Given("resolved", code="first_time")), now())
    if not take_in_at_once(*given):
        assert nothing_kept()
        with transaction():
            take_in(*given)
    assert kept() == {"overall": "neither", "resolved": "first_time"}


def test_what_is_complete_stays_as_it_is(tokens: list[str]) -> None:
    ordinarily(tokens[0], RATING, now(), completes=True)
    before = left(open_link(tokens[0]).invitation_id)
    for given in ((Given("overall", code="very_satisfied"),), REST):
        assert not take_in_at_once(*sheet(tokens[0], given, now(), completes=True))
    assert left(open_link(tokens[0]).invitation_id) == before


def test_a_page_that_was_open_when_all_was_erased_keeps_nothing(tokens: list[str]) -> None:
    given = sheet(tokens[0], RATING, now())
    with transaction():
        erase(open_link(tokens[0]).invitation_id, now())
    assert not take_in_at_once(*given)
    assert nothing_kept()
    with pytest.raises(Conflict, match="erased"), transaction():
        take_in(*given)


@pytest.mark.parametrize(
    ("given", "withdrawn"),
    [
        pytest.param(RATING, ("why",), id="an answer taken away"),
        pytest.param((), (), id="no answer"),
        pytest.param(tuple(Given(f"extra{n}", code="a") for n in range(40)), (), id="more answers than pages have"),
    ],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_ordinary_way(
    tokens: list[str], given: tuple[Given, ...], withdrawn: tuple[str, ...]
) -> None:
    asked, definition = sheet(tokens[0], given, now())
    assert not take_in_at_once(replace(asked, withdrawn=withdrawn), definition)
    assert nothing_kept()


def test_the_rest_without_a_rating_before_it_keeps_nothing(tokens: list[str]) -> None:
    assert not take_in_at_once(*sheet(tokens[0], REST, now()))
    assert nothing_kept()
