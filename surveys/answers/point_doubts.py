"""What speaks against an answer that nobody was drawn for: too many at once, too fast, one network too often.

Doubted answers are kept and counted apart; only a flood is refused.
"""

import hmac
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

import sqlalchemy as sa

from surveys.answers.models import NetworkMark, PointKind, Response
from surveys.answers.points import OpenedPoint
from surveys.core.clock import day_of
from surveys.core.db import db, insert_into, lock, table_of
from surveys.core.refusals import TooMany
from surveys.core.tokens import key_for

# The most that honest people give: one every 15 seconds at a screen, one every 5 seconds by a poster.
MOST_AT_ONCE = {PointKind.KIOSK: 40, PointKind.POSTER: 120}
AT_ONCE = timedelta(minutes=10)
TOO_FAST = timedelta(seconds=5)
MOST_FROM_A_NETWORK = 3
NETWORK_KEPT = timedelta(hours=1)
SLOT_MINUTES = 10
FAST, SAME_NETWORK = "fast", "same-network"


def doubt_about(point: OpenedPoint, once: bytes, rating: str, caller: str, moment: datetime) -> str | None:
    """Why a new answer here may not be one person's own, or None. Raises TooMany in a flood.

    A page that was sent before is no new answer. Holds the point's lock until the commit, so that answers given
    together see each other.
    """
    lock(f"collection point {point.id}")
    r = Response
    if db.session.scalar(sa.select(r.id).where(r.once == once)) is not None:
        return None
    fast = sa.and_(r.started_at > moment - TOO_FAST, r.satisfaction == rating)
    answers, alike = db.session.execute(
        sa.select(sa.func.count(), sa.func.sum(sa.case((fast, 1), else_=0))).where(
            r.point_id == point.id, r.started_at > moment - AT_ONCE
        )
    ).one()
    if answers >= MOST_AT_ONCE[point.kind]:
        raise TooMany("Too many answers came from here at once. Wait 10 minutes, then try again.")
    often = point.kind is PointKind.POSTER and answers_from(point.id, caller, moment) > MOST_FROM_A_NETWORK
    if alike:
        return FAST
    return SAME_NETWORK if often else None


def network_of(caller: str) -> str:
    """The caller's address; of an IPv6 address the half that names the network, for the rest changes at will."""
    try:
        address = ip_address(caller)
    except ValueError:
        return "unknown"
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))


def network_mark(point_id: int, caller: str, moment: datetime) -> bytes:
    """Two bytes of a keyed hash of the network, the point and the day."""
    words = f"{day_of(moment)}|{point_id}|{network_of(caller)}"
    return hmac.digest(key_for("network marks"), words.encode(), "sha256")[:2]


def answers_from(point_id: int, caller: str, moment: datetime) -> int:
    """Mark one more answer from the caller's network, and count those of the hour with it."""
    table = table_of(NetworkMark)
    mark = network_mark(point_id, caller, moment)
    slot = moment.replace(minute=moment.minute - moment.minute % SLOT_MINUTES, second=0, microsecond=0)
    noted = insert_into(NetworkMark).values(point_id=point_id, mark=mark, slot=slot, answers=1)
    db.session.execute(
        noted.on_conflict_do_update(index_elements=["point_id", "mark", "slot"], set_={"answers": table.c.answers + 1})
    )
    return (
        db.session.scalar(
            sa.select(sa.func.sum(table.c.answers)).where(
                table.c.point_id == point_id, table.c.mark == mark, table.c.slot > moment - NETWORK_KEPT
            )
        )
        or 0
    )


def forget_marks(moment: datetime) -> None:
    """Let go of marks once they count no longer."""
    db.session.execute(sa.delete(NetworkMark).where(NetworkMark.slot <= moment - NETWORK_KEPT))
