"""Makers for rates: responses put straight into the tables, many at a time."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa

from surveys.answers.models import Answer, Mode, Response
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.queries import publish_default_if_none
from surveys.rates.models import DayFigure
from surveys.rates.queries import Scope
from surveys.rates.roll_up import check, roll_up

DAY = date(2026, 3, 10)
AT = datetime(2026, 3, 11, 9, tzinfo=UTC)
EVERYTHING = Scope(date(2000, 1, 1), date(2100, 1, 1), None, None)


def make_response(
    service: int,
    rating: Satisfaction | None = Satisfaction.VERY_SATISFIED,
    day: date = DAY,
    channel: Channel = Channel.PHONE,
    mode: Mode = Mode.WEB,
    **codes: str,
) -> int:
    """One response with its rating and other answers; returns its id. Runs inside the caller's transaction."""
    response = Response(
        version_id=publish_default_if_none().id,
        service_id=service,
        channel=channel,
        day=day,
        mode=mode,
        language="en",
        started_at=AT,
        completed_at=AT if rating else None,
        satisfaction=rating,
    )
    db.session.add(response)
    db.session.flush()
    given = codes | ({"overall": rating.value} if rating else {})
    db.session.add_all(Answer(response_id=response.id, question=q, code=c, given_at=AT) for q, c in given.items())
    db.session.flush()
    return response.id


def make_ratings(service: int, ratings: Iterable[Satisfaction], day: date = DAY) -> Sequence[int]:
    with transaction():
        return [make_response(service, rating, day) for rating in ratings]


def roll_up_all() -> int:
    with transaction():
        return roll_up()


def figures() -> dict[tuple[date, str, str], int]:
    """The count by day, question and code."""
    query = sa.select(DayFigure.day, DayFigure.question, DayFigure.code, sa.func.sum(DayFigure.count))
    found = db.session.execute(query.group_by(DayFigure.day, DayFigure.question, DayFigure.code))
    return {(day, question, code): int(count) for day, question, code, count in found}


def drifts() -> int:
    db.session.rollback()
    found = len(check().drifts)
    db.session.rollback()
    return found
