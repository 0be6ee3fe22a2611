"""The number of one visit to a kiosk or poster, sealed into its pages: nothing is kept in the browser.

A page, a link and a form each carry the number with the moment they were written, so that each has its own
time to live. A link lives shortly on a shared screen: whoever goes back finds a fresh start.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from surveys.answers.models import PointKind
from surveys.core.tokens import seal, seal_holds


class Carrier(StrEnum):
    """What carries a number: the first page's form, a later page's form, or the address of a page."""

    FIRST = "first page"
    LATER = "later page"
    LINK = "link"


# A screen stands on its first page from opening to closing time, so that one lives for a day.
LIFETIMES = {
    (PointKind.KIOSK, Carrier.FIRST): timedelta(days=1),
    (PointKind.KIOSK, Carrier.LATER): timedelta(minutes=10),
    (PointKind.KIOSK, Carrier.LINK): timedelta(seconds=30),
    (PointKind.POSTER, Carrier.FIRST): timedelta(days=1),
    (PointKind.POSTER, Carrier.LATER): timedelta(days=1),
    (PointKind.POSTER, Carrier.LINK): timedelta(hours=1),
}


def fresh_number() -> str:
    return secrets.token_urlsafe(16)


def sealed(carrier: Carrier, point_id: int, number: str, moment: datetime) -> str:
    """The number and the moment, with the proof that this installation wrote them for this point."""
    written = f"{number}.{int(moment.timestamp())}"
    return f"{written}.{seal(f'point {carrier.value}', f'{point_id}.{written}')}"


def unsealed(carrier: Carrier, kind: PointKind, point_id: int, given: str, moment: datetime) -> str | None:
    """The number that was sealed; None where it was written elsewhere, for another point, or too long ago."""
    written, _, proof = given.rpartition(".")
    if not seal_holds(f"point {carrier.value}", f"{point_id}.{written}", proof):
        return None
    number, _, at = written.rpartition(".")
    return number if moment.timestamp() - int(at) <= LIFETIMES[kind, carrier].total_seconds() else None
