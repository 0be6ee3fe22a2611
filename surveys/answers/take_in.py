"""The one way in: every door makes an AnswerSheet, and take_in keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from surveys.answers.models import Answer, Heard, Mode, Response
from surveys.contacts.models import Channel
from surveys.core.db import db, insert_into, is_sqlite, table_of
from surveys.core.refusals import Conflict
from surveys.invitations.direct import END_WITHOUT_CONSENT
from surveys.invitations.remind import note_answer, note_answers
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.kinds import CONTACT_YES, ContactBackKind, Given, Question, Unreadable

ALREADY = "Your answers were received before. Thank you: there is nothing more to do."
ERASED = "What was held for this survey has been erased, as the person asked. Nobody can answer it any more."
BEGUN = "The person has begun to answer by themselves, so nobody else can answer for them."
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
class AtPoint:
    """Where somebody answered whom nobody drew: once is the digest of the page's own number."""

    point_id: int
    once: bytes
    doubt: str | None = None


@dataclass(frozen=True)
class ByOfficer:
    """Who entered the answer, and how they heard it."""

    user_id: int
    heard: Heard


@dataclass(frozen=True)
class AnswerSheet:
    """What one resident gave in one go, by whatever door. completes: nothing more will follow.

    One of invitation_id and at_point says whose answer it is; giving a sheet again for the same one adds to it.
    withdrawn: questions whose kept answer the resident saw and took away.
    """

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
    allotted: tuple[str, ...] | None = None
    at_point: AtPoint | None = None
    by_officer: ByOfficer | None = None
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadSheet:
    """Raw text read by the questions: what was given, and the words for each question that could not be read."""

    given: tuple[Given, ...]
    errors: dict[str, str]


def read_answers(questions: Iterable[Question], raw: Mapping[str, Sequence[str]], language: str) -> ReadSheet:
    """Let each question read its own raw texts."""
    given: list[Given] = []
    errors: dict[str, str] = {}
    for question in questions:
        try:
            given += question.handler.read(question, raw.get(question.key, ()), language)
        except Unreadable as refusal:
            errors[question.key] = refusal.words
    return ReadSheet(tuple(given), errors)


def take_in(sheet: AnswerSheet, definition: Definition) -> int:
    """Keep what was given; returns the response's id. Raises Conflict where the response is complete or erased already.

    An officer's sheet is whole: it is refused too where the person has begun to answer by themselves.

    Giving the same sheet twice changes nothing; a question answered again before the end keeps the later answer.
    """
    connection = db.session.connection()
    response_id, new = open_response(connection, sheet, rating_of(sheet, definition))
    if new and sheet.invitation_id is not None and not note_answer(connection, sheet.invitation_id, sheet.at):
        # Nothing new is kept of a person who had it erased, though the page was open before.
        raise Conflict(ERASED)
    keep_answers(connection, answer_rows(response_id, sheet))
    take_away(response_id, sheet.withdrawn)
    if takes_back(sheet, definition):
        connection.execute(END_WITHOUT_CONSENT, {"row": sheet.invitation_id, "moment": sheet.at})
    return response_id


def take_in_many(sheets: Sequence[AnswerSheet], definition: Definition) -> None:
    """take_in for some thousands of invitations' sheets at once, in their order; all are kept or none."""
    if any(sheet.invitation_id is None or sheet.withdrawn for sheet in sheets):
        raise ValueError("only sheets of invitations that take nothing away are taken in together")
    connection = db.session.connection()
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
    keep_answers(connection, answers)
    no_longer = [{"row": one.invitation_id, "moment": one.at} for one in sheets if takes_back(one, definition)]
    if no_longer:
        connection.execute(END_WITHOUT_CONSENT, no_longer)
    if changes:
        connection.execute(CHANGE_RESPONSE, changes)
        note_answers([(sheet.invitation_id, sheet.at) for sheet in sheets if sheet.invitation_id is not None])


def takes_back(sheet: AnswerSheet, definition: Definition) -> bool:
    """Whether it says that we may not contact the person, or no longer that we may; perhaps nobody ever said so."""
    keys = {question.key for question in definition.questions if isinstance(question.handler, ContactBackKind)}
    said_no = any(given.question in keys and given.code != CONTACT_YES for given in sheet.given)
    return sheet.invitation_id is not None and (said_no or not keys.isdisjoint(sheet.withdrawn))


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
        "allotted": list(sheet.allotted) if sheet.allotted is not None else None,
        "point_id": sheet.at_point.point_id if sheet.at_point else None,
        "once": sheet.at_point.once if sheet.at_point else None,
        "doubt": sheet.at_point.doubt if sheet.at_point else None,
        "entered_by": sheet.by_officer.user_id if sheet.by_officer else None,
        "heard": sheet.by_officer.heard if sheet.by_officer else None,
    }


class Opening(NamedTuple):
    """The statements that open a response, by what says whose it is. Built once: building costs more than running.

    begin makes one where there is none; rate makes one or goes on with it; go_on wants one. Each holds the row until
    the commit, and returns nothing where it may not touch it: there is one already, or it is complete.
    """

    begin: sa.Insert
    rate: sa.Insert
    go_on: sa.Update


@cache
def opening(whose: str, sqlite: bool) -> Opening:
    """sqlite is for the cache: a process that has seen both databases keeps both."""
    c, insert = TABLE.c, insert_into(Response)
    given = insert.excluded
    changes = {
        "counted": sa.false(),
        "satisfaction": sa.func.coalesce(given.satisfaction, c.satisfaction),
        "completed_at": not_before(given.completed_at),
    }
    rate = insert.on_conflict_do_update(index_elements=[whose], set_=changes, where=c.completed_at.is_(None))
    go_on = sa.update(TABLE).where(c[whose] == sa.bindparam("belongs_to"), c.completed_at.is_(None))
    completed = not_before(sa.bindparam("completed", type_=c.completed_at.type))
    return Opening(
        begin=insert.on_conflict_do_nothing(index_elements=[whose]).returning(c.id, c.started_at),
        rate=rate.returning(c.id, c.started_at),
        go_on=go_on.values(counted=sa.false(), completed_at=completed).returning(c.id, c.started_at),
    )


def not_before(moment: sa.ColumnElement[datetime]) -> sa.ColumnElement[Any]:
    """This moment, or the beginning where that was kept later: two devices take the time before they wait in turn."""
    return sa.case((moment < TABLE.c.started_at, TABLE.c.started_at), else_=moment)


def open_response(connection: Connection, sheet: AnswerSheet, rating: str | None) -> tuple[int, bool]:
    """(id, whether it is new) of the sheet's response, held until the commit. Raises Conflict where it is complete."""
    if (sheet.invitation_id is None) == (sheet.at_point is None):
        raise ValueError("a sheet belongs to an invitation or to a collection point")
    whose = "once" if sheet.at_point else "invitation_id"
    statements, run = opening(whose, is_sqlite()), connection.execute
    completed_at = sheet.at if sheet.completes else None
    # The database checks a row before it finds that there is one already: without its rating none is complete.
    row = response_row(sheet) | {"satisfaction": rating, "completed_at": completed_at if rating else None}
    rates = rating is not None and not sheet.by_officer
    found = None
    if not (rates or sheet.by_officer):
        found = run(statements.go_on, {"belongs_to": row[whose], "completed": completed_at}).one_or_none()
    if found is None:
        found = run(statements.rate if rates else statements.begin, row).one_or_none()
    if found is None:
        raise Conflict(why_not(TABLE.c[whose] == row[whose]))
    return found.id, found.started_at == sheet.at


def why_not(which: sa.ColumnElement[bool]) -> str:
    begun = db.session.execute(sa.select(TABLE.c.completed_at.is_(None)).where(which)).scalar_one_or_none()
    return BEGUN if begun else ALREADY


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
        {
            "response_id": response_id,
            "question": g.question,
            "code": g.code,
            "words": g.words,
            "unread": g.words is not None,
            "given_at": sheet.at,
        }
        for g in sheet.given
    ]


def take_away(response_id: int, keys: Iterable[str]) -> None:
    """Let go of what was kept of these questions, and of each option where there were several."""
    of_them = [sa.or_(Answer.question == key, Answer.question.startswith(f"{key}.", autoescape=True)) for key in keys]
    if of_them:
        db.session.execute(sa.delete(Answer).where(Answer.response_id == response_id, sa.or_(*of_them)))


@cache
def keeping(sqlite: bool) -> sa.Insert:
    statement = insert_into(Answer)
    later = {name: statement.excluded[name] for name in ("code", "words", "unread", "given_at")}
    return statement.on_conflict_do_update(index_elements=["response_id", "question"], set_=later)


def keep_answers(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store answers in their order; a later one to the same question takes the place of the earlier."""
    if rows:
        # One row goes as it is: as a list of one, the driver would make a batch of it.
        connection.execute(keeping(is_sqlite()), rows[0] if len(rows) == 1 else rows)
