"""The one way in: every door makes an AnswerSheet, and take_in keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Answer, Mode, Response
from surveys.contacts.models import Channel
from surveys.core.db import db, insert_into, table_of
from surveys.core.refusals import Conflict
from surveys.invitations.remind import note_answers
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.kinds import Given, Question, Unreadable

ALREADY = "Your answers were received before. Thank you: there is nothing more to do."
TABLE = table_of(Response)
CHANGE_RESPONSE = (
    sa.update(TABLE)
    .where(TABLE.c.id == sa.bindparam("row"))
    .values(
        counted=False,
        satisfaction=sa.func.coalesce(sa.bindparam("rating", type_=TABLE.c.satisfaction.type), TABLE.c.satisfaction),
        completed_at=sa.func.coalesce(sa.bindparam("completed", type_=TABLE.c.completed_at.type), TABLE.c.completed_at),
    )
)


@dataclass(frozen=True)
class AnswerSheet:
    """What one resident gave in one go, by whatever door. completes: nothing more will follow."""

    version_id: int
    invitation_id: int | None
    service_id: int
    channel: Channel
    day: date
    mode: Mode
    language: str
    at: datetime
    given: tuple[Given, ...] = field(repr=False)
    completes: bool


@dataclass(frozen=True)
class ReadSheet:
    """Raw text read by the questions: what was given, and the words for each question that could not be read."""

    given: tuple[Given, ...]
    errors: dict[str, str]


def read_answers(questions: tuple[Question, ...], raw: Mapping[str, str], language: str) -> ReadSheet:
    """Let each question read its own raw text."""
    given, errors = [], {}
    for question in questions:
        try:
            answer = question.handler.read(question, raw.get(question.key, ""), language)
        except Unreadable as refusal:
            errors[question.key] = refusal.words
        else:
            if answer is not None:
                given.append(answer)
    return ReadSheet(tuple(given), errors)


def take_in(sheet: AnswerSheet, definition: Definition) -> int:
    """Keep what was given; returns the response's id. Raises Conflict where the response is complete already.

    Giving the same sheet twice changes nothing; a question answered again before the end keeps the later answer.
    """
    response_id, completed = open_response(sheet)
    if completed:
        raise Conflict(ALREADY)
    keep_answers(answer_rows(response_id, sheet))
    changes: dict[str, Any] = {"counted": False}
    if (rating := rating_of(sheet, definition)) is not None:
        changes["satisfaction"] = rating
    if sheet.completes:
        changes["completed_at"] = sheet.at
    db.session.execute(sa.update(TABLE).where(TABLE.c.id == response_id).values(changes))
    if sheet.invitation_id is not None:
        note_answers([(sheet.invitation_id, sheet.at)])
    return response_id


def take_in_many(sheets: Sequence[AnswerSheet], definition: Definition) -> None:
    """take_in for some thousands of invitations' sheets at once, in their order; all are kept or none."""
    if any(sheet.invitation_id is None for sheet in sheets):
        raise ValueError("only sheets of invitations are taken in together")
    ids, complete = open_responses(sheets)
    answers: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for sheet in sheets:
        if sheet.invitation_id in complete:
            raise Conflict(ALREADY)
        if sheet.completes:
            complete.add(sheet.invitation_id)
        response_id = ids[sheet.invitation_id]
        answers += answer_rows(response_id, sheet)
        completed_at = sheet.at if sheet.completes else None
        changes.append({"row": response_id, "rating": rating_of(sheet, definition), "completed": completed_at})
    keep_answers(answers)
    if changes:
        db.session.connection().execute(CHANGE_RESPONSE, changes)
        note_answers([(sheet.invitation_id, sheet.at) for sheet in sheets if sheet.invitation_id is not None])


def rating_of(sheet: AnswerSheet, definition: Definition) -> str | None:
    return next((g.code for g in sheet.given if g.question == definition.rating.key), None)


def response_row(sheet: AnswerSheet) -> dict[str, Any]:
    return {
        "invitation_id": sheet.invitation_id,
        "version_id": sheet.version_id,
        "service_id": sheet.service_id,
        "channel": sheet.channel,
        "day": sheet.day,
        "mode": sheet.mode,
        "language": sheet.language,
        "started_at": sheet.at,
        "counted": False,
    }


def open_response(sheet: AnswerSheet) -> tuple[int, bool]:
    """(id, complete) of the invitation's response, made now if there is none; held until the commit."""
    made = db.session.execute(
        insert_into(Response)
        .values(response_row(sheet))
        .on_conflict_do_nothing(index_elements=["invitation_id"])
        .returning(TABLE.c.id)
    ).scalar_one_or_none()
    if made is not None:
        return made, False
    found = db.session.execute(
        sa.select(TABLE.c.id, TABLE.c.completed_at)
        .where(TABLE.c.invitation_id == sheet.invitation_id)
        .with_for_update()
    ).one()
    return found.id, found.completed_at is not None


def open_responses(sheets: Sequence[AnswerSheet]) -> tuple[dict[int | None, int], set[int | None]]:
    """(response's id by invitation, invitations whose response is complete), made now where there is none."""
    first: dict[int | None, AnswerSheet] = {}
    for sheet in sheets:
        first.setdefault(sheet.invitation_id, sheet)
    if not first:
        return {}, set()
    statement = insert_into(Response).on_conflict_do_nothing(index_elements=["invitation_id"])
    db.session.connection().execute(statement, [response_row(sheet) for sheet in first.values()])
    found = db.session.execute(
        sa.select(TABLE.c.invitation_id, TABLE.c.id, TABLE.c.completed_at)
        .where(TABLE.c.invitation_id.in_(first))
        .with_for_update()
    ).all()
    return {row.invitation_id: row.id for row in found}, {row.invitation_id for row in found if row.completed_at}


def answer_rows(response_id: int, sheet: AnswerSheet) -> list[dict[str, Any]]:
    return [
        {"response_id": response_id, "question": g.question, "code": g.code, "words": g.words, "given_at": sheet.at}
        for g in sheet.given
    ]


def keep_answers(rows: Sequence[Mapping[str, Any]]) -> None:
    """Store answers in their order; a later one to the same question takes the place of the earlier."""
    if not rows:
        return
    statement = insert_into(Answer)
    later = {name: statement.excluded[name] for name in ("code", "words", "given_at")}
    kept = statement.on_conflict_do_update(index_elements=["response_id", "question"], set_=later)
    db.session.connection().execute(kept, list(rows))
