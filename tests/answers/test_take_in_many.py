"""Many sheets at once are kept as take_in keeps each of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.models import Answer, Response
from surveys.answers.opening import Opened, open_link, sheet_of
from surveys.answers.take_in import AnswerSheet, take_in, take_in_many
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict
from surveys.questionnaires.kinds import Given
from tests.makers.answers import draw_and_send
from tests.makers.contacts import load_rows, row


@pytest.fixture
def opened(app: Flask, tmp_path: Path) -> list[Opened]:
    load_rows(tmp_path, [row(f"A{n}") for n in range(6)])
    return [open_link(token) for token in draw_and_send()]


def sheet(opened: Opened, completes: bool, minutes: int = 0, **codes: str) -> AnswerSheet:
    given = tuple(Given(key, code=code) for key, code in codes.items())
    return sheet_of(opened, given, "en", now() + timedelta(minutes=minutes), completes)


def kept(opened: Opened) -> tuple[Any, dict[str, str | None]]:
    response = db.session.execute(
        sa.select(
            Response.satisfaction, Response.started_at, Response.completed_at, Response.counted, Response.id
        ).where(Response.invitation_id == opened.invitation_id)
    ).one()
    answers = db.session.execute(sa.select(Answer.question, Answer.code).where(Answer.response_id == response.id))
    return tuple(response)[:4], {row.question: row.code for row in answers}


def one_by_one(sheets: list[AnswerSheet], opened: Opened) -> None:
    for each in sheets:
        take_in(each, opened.definition)


def together(sheets: list[AnswerSheet], opened: Opened) -> None:
    take_in_many(sheets, opened.definition)


@pytest.mark.parametrize("way", [one_by_one, together])
def test_both_ways_keep_the_same(way: Callable[[list[AnswerSheet], Opened], None], opened: list[Opened]) -> None:
    sheets = [
        sheet(opened[0], False, overall="neither"),
        sheet(opened[0], True, 1, resolved="no"),
        sheet(opened[1], False, overall="very_satisfied"),
        sheet(opened[2], False, overall="very_satisfied"),
        sheet(opened[2], False, 1, overall="fairly_satisfied"),
    ]
    with transaction():
        way(sheets, opened[0])
    at = sheets[0].at
    whole, answers = kept(opened[0])
    assert whole == ("neither", at, sheets[1].at, False)
    assert answers == {"overall": "neither", "resolved": "no"}
    assert kept(opened[1]) == (("very_satisfied", sheets[2].at, None, False), {"overall": "very_satisfied"})
    assert kept(opened[2]) == (("fairly_satisfied", sheets[3].at, None, False), {"overall": "fairly_satisfied"})


def test_a_response_begun_at_the_web_page_goes_on(opened: list[Opened]) -> None:
    with transaction():
        take_in(sheet(opened[0], False, overall="neither"), opened[0].definition)
    with transaction():
        together([sheet(opened[0], True, 1, resolved="no")], opened[0])
    (rating, _, completed_at, _), answers = kept(opened[0])
    assert rating == "neither"
    assert completed_at is not None
    assert answers == {"overall": "neither", "resolved": "no"}


def test_one_complete_response_refuses_all(opened: list[Opened]) -> None:
    with transaction():
        take_in(sheet(opened[0], True, overall="neither"), opened[0].definition)
    with pytest.raises(Conflict), transaction():
        together([sheet(each, True, overall="very_satisfied") for each in (opened[1], opened[0])], opened[0])
    with pytest.raises(Conflict), transaction():
        together([sheet(opened[2], True, overall="neither")] * 2, opened[2])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1


def test_no_sheets_change_nothing_and_a_sheet_without_invitation_is_refused(opened: list[Opened]) -> None:
    with transaction():
        together([], opened[0])
    with pytest.raises(ValueError, match="invitations"), transaction():
        together([replace(sheet(opened[0], True, overall="neither"), invitation_id=None)], opened[0])
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 0
