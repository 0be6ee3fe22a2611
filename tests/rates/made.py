"""Makers for rates: responses put straight into the tables, many at a time."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN, Answer, CollectionPoint, Heard, Mode, PointKind, Response
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.people.models import User
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.queries import publish_default_if_none
from surveys.rates.checking import check
from surveys.rates.models import DayFigure
from surveys.rates.months import Month
from surveys.rates.roll_up import roll_up
from surveys.rates.scope import Scope

DAY = date(2026, 3, 10)
AT = datetime(2026, 3, 11, 9, tzinfo=UTC)
EVERYTHING = Scope(Month(2000, 1), Month(2100, 1))


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
        **told_by(mode, service, channel),
    )
    db.session.add(response)
    db.session.flush()
    given = codes | ({"overall": rating.value} if rating else {})
    db.session.add_all(Answer(response_id=response.id, question=q, code=c, given_at=AT) for q, c in given.items())
    db.session.flush()
    return response.id


def told_by(mode: Mode, service: int, channel: Channel) -> dict[str, object]:
    """What a door leaves with its answers: an officer signs, and a place that nobody was drawn for is named."""
    if mode in UNDRAWN:
        kind = PointKind.KIOSK if mode is Mode.KIOSK else PointKind.POSTER
        point = CollectionPoint(kind=kind, place="Library", service_id=service, channel=channel, made_at=AT)
        db.session.add(point)
        db.session.flush()
        return {"point_id": point.id, "once": secrets.token_bytes(32)}
    if mode is Mode.OFFICER:
        email = f"{secrets.token_hex(4)}@example.gov.uk"
        officer = User(email=email, name="An Officer", password_hash="none", created_at=AT)
        db.session.add(officer)
        db.session.flush()
        return {"entered_by": officer.id, "heard": Heard.PHONE}
    return {}


def make_ratings(service: int, ratings: Iterable[Satisfaction], day: date = DAY) -> Sequence[int]:
    with transaction():
        return [make_response(service, rating, day) for rating in ratings]


def roll_up_all(moment: datetime | None = None) -> int:
    with transaction():
        return roll_up(moment)


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
