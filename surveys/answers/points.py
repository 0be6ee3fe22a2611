"""Kiosks and posters: places where anybody may answer about one service, and the addresses that lead there."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from surveys.answers.models import CollectionPoint, PointKind, Response
from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.core.settings import Settings
from surveys.core.tokens import ALPHABET, TOKEN_LENGTH, base58, key_for, token_digest
from surveys.people.audit import record
from surveys.people.models import Service

# A poster's code is typed by hand: small letters only, none like another, and no vowels, so that none is a word.
POSTER_LETTERS = "bcdfghjkmnpqrstvwxz"
POSTER_LENGTH = 8
DOORS = {PointKind.KIOSK: "kiosk", PointKind.POSTER: "q"}
TOKENS = {
    PointKind.KIOSK: re.compile(f"[{ALPHABET}]{{{TOKEN_LENGTH}}}"),
    PointKind.POSTER: re.compile(f"[{POSTER_LETTERS}]{{{POSTER_LENGTH}}}"),
}
NO_POINT = (
    "There is no survey at this address. If you typed it, check it is correct. "
    "If it is on a poster or a screen of ours, tell a member of staff."
)


@dataclass(frozen=True)
class OpenedPoint:
    """What stands behind the address of a kiosk or a poster. ended: it takes no more answers."""

    id: int
    kind: PointKind
    place: str
    service_id: int
    service: str
    channel: Channel
    ended: bool


@dataclass(frozen=True)
class Standing:
    """A point with its service and how often it was answered at; doubted are among answers."""

    point: CollectionPoint
    service: str
    answers: int
    doubted: int
    last_at: datetime | None


def token_of(point: CollectionPoint) -> str:
    """The token of the point's present address, made from its number: nothing but its digest is stored."""
    words = f"{point.id}/{point.address_number}"
    number = hmac.digest(key_for("collection points"), words.encode(), "sha256")
    return base58(number, TOKEN_LENGTH) if point.kind is PointKind.KIOSK else poster_code(number)


def poster_code(number: bytes) -> str:
    left, letters = int.from_bytes(number, "big"), []
    for _ in range(POSTER_LENGTH):
        left, place = divmod(left, len(POSTER_LETTERS))
        letters.append(POSTER_LETTERS[place])
    return "".join(letters)


def address_of(point: CollectionPoint) -> str:
    """The whole address that a device opens or a poster shows."""
    settings: Settings = current_app.extensions["settings"]
    return settings.survey_url(f"/{DOORS[point.kind]}/{token_of(point)}")


def open_point(kind: PointKind, token: str) -> OpenedPoint:
    """Look behind an address without changing anything. Raises NotFound for an unknown or misspelt one."""
    token = token.lower() if kind is PointKind.POSTER else token
    if not TOKENS[kind].fullmatch(token):
        raise NotFound(NO_POINT)
    p = CollectionPoint
    query = (
        sa.select(p.id, p.kind, p.place, p.service_id, Service.name, p.channel, p.closed_at, Service.active)
        .join(Service, Service.id == p.service_id)
        .where(p.token_digest == token_digest(token), p.kind == kind)
    )
    with db.engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(NO_POINT)
    ended = row.closed_at is not None or not row.active
    return OpenedPoint(row.id, row.kind, row.place, row.service_id, row.name, row.channel, ended)


def add_point(kind: PointKind, place: str, service_id: int, channel: Channel) -> CollectionPoint:
    place = " ".join(place.split())
    if not 1 <= len(place) <= 80:
        raise Refused("Enter a place of 80 characters or less")
    point = CollectionPoint(kind=kind, place=place, service_id=service_id, channel=channel, made_at=now())
    point.address_number = 1
    db.session.add(point)
    db.session.flush()
    point.token_digest = token_digest(token_of(point))
    db.session.flush()
    record("collection point added", f"point:{point.id}", kind=kind.value, service=service_id, channel=channel.value)
    return point


def change_address(point: CollectionPoint) -> None:
    """Give the point a new address. The old one, and whatever device or poster has it, stops working at once."""
    if point.closed_at is not None:
        raise Conflict("This was closed before. Add another instead.")
    point.address_number += 1
    point.token_digest = token_digest(token_of(point))
    db.session.flush()
    record("collection point given a new address", f"point:{point.id}", number=point.address_number)


def close_point(point: CollectionPoint) -> None:
    """End it for good. Closing it twice changes nothing."""
    if point.closed_at is None:
        point.closed_at = now()
        db.session.flush()
        record("collection point closed", f"point:{point.id}")


def find_point(point_id: int) -> CollectionPoint:
    point = db.session.get(CollectionPoint, point_id)
    if point is None:
        raise NotFound("There is no such kiosk or poster.")
    return point


def standings() -> Sequence[Standing]:
    """Every point, the open ones first, then by place."""
    answered = (
        sa.select(
            Response.point_id,
            sa.func.count().label("answers"),
            sa.func.count(Response.doubt).label("doubted"),
            sa.func.max(Response.started_at).label("last_at"),
        )
        .where(Response.point_id.is_not(None))
        .group_by(Response.point_id)
        .subquery()
    )
    query = (
        sa.select(CollectionPoint, Service.name, answered.c.answers, answered.c.doubted, answered.c.last_at)
        .join(Service, Service.id == CollectionPoint.service_id)
        .outerjoin(answered, answered.c.point_id == CollectionPoint.id)
        .order_by(CollectionPoint.closed_at.is_not(None), CollectionPoint.place, CollectionPoint.id)
    )
    return [Standing(p, name, n or 0, doubted or 0, last) for p, name, n, doubted, last in db.session.execute(query)]
