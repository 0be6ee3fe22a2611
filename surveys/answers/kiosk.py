"""One visit to a kiosk or poster: which questions it gets, how far it has come, and the sheet of its answers."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from surveys.answers.models import Answer, Mode, PointKind, Response
from surveys.answers.points import OpenedPoint
from surveys.answers.take_in import AnswerSheet, AtPoint
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.tokens import key_for, token_digest
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.flow import Codes, allot, codes_of
from surveys.questionnaires.kinds import Given
from surveys.questionnaires.queries import published_definition, version_for

MODES = {PointKind.KIOSK: Mode.KIOSK, PointKind.POSTER: Mode.QR}


@dataclass(frozen=True)
class Visit:
    """A number at a point, the questions it gets, and its response as far as there is one."""

    point: OpenedPoint
    number: str
    version_id: int
    definition: Definition
    allotted: tuple[str, ...] | None
    response_id: int | None = None
    completed: bool = False


def once_of(number: str) -> bytes:
    """What the database keeps of a page's number."""
    return token_digest(number)


def questions_at(kind: PointKind, definition: Definition) -> Definition:
    """Nobody is known here who could be contacted. A shared screen asks for no words of one's own either: they would
    stand there for the next person to read.
    """
    asked = (q for q in definition.questions if not q.handler.of_the_known)
    if kind is PointKind.KIOSK:
        asked = (q for q in asked if q.handler.counted)
    return replace(definition, questions=tuple(asked))


def begin_visit(point: OpenedPoint, number: str) -> Visit | None:
    """A visit that gave no answer yet gets the version in force; None where none is published."""
    version = version_for(point.service_id, point.channel.value)
    if version is None:
        return None
    definition = questions_at(point.kind, published_definition(version.id))
    seed = hmac.digest(key_for("rotation"), number.encode(), "sha256")
    return Visit(point, number, version.id, definition, allot(definition, seed))


def find_visit(point: OpenedPoint, number: str) -> Visit | None:
    """The visit whose rating was kept, with the version it was given to; None where there is none."""
    r = Response
    row = db.session.execute(
        sa.select(r.id, r.version_id, r.completed_at, r.allotted).where(
            r.once == once_of(number), r.point_id == point.id
        )
    ).one_or_none()
    if row is None:
        return None
    definition = questions_at(point.kind, published_definition(row.version_id))
    allotted = tuple(row.allotted) if row.allotted is not None else None
    return Visit(point, number, row.version_id, definition, allotted, row.id, row.completed_at is not None)


def codes_so_far(visit: Visit) -> Codes:
    """The codes given so far, by question; none where no question depends on them."""
    if visit.response_id is None or not any(question.show_if for question in visit.definition.questions):
        return {}
    a = Answer
    rows = db.session.execute(
        sa.select(a.question, a.code).where(a.response_id == visit.response_id, a.code.is_not(None))
    )
    return codes_of(Given(row.question, code=row.code) for row in rows)


def sheet_of_visit(
    visit: Visit, given: tuple[Given, ...], language: str, at: datetime, completes: bool, doubt: str | None = None
) -> AnswerSheet:
    """A sheet whose day is the day it is given: nobody knows of a contact before it."""
    return AnswerSheet(
        version_id=visit.version_id,
        invitation_id=None,
        service_id=visit.point.service_id,
        channel=visit.point.channel,
        day=day_of(at),
        mode=MODES[visit.point.kind],
        language=language,
        at=at,
        given=given,
        completes=completes,
        allotted=visit.allotted,
        at_point=AtPoint(visit.point.id, once_of(visit.number), doubt),
    )
