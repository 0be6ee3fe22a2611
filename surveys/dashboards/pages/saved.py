"""Saved views: a page of rates with its filters under a name of its user's own; one of them may open at home."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa

from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.rates.months import Month
from surveys.rates.scope import NEWEST_MONTH
from surveys.rates.set_models import SavedView

# The view of this name opens at home.
USUAL = "My usual view"
LONGEST_NAME = 60
LONGEST_PAGE = 60
LONGEST_ADDRESS = 1000
MOST_VIEWS = 50
PAGE = re.compile(r"/|/rates(/[a-z0-9_-]+)+")
# What a view may hold: a period and places, never words that somebody typed.
KEPT = ("from", "to", "before_from", "before_to", "service", "channel", "item")


def usual_and_newest() -> sa.Select[str | None, str | None, date | None]:
    """Of :user, in one row whether or not they have a usual view."""
    v = SavedView
    mine = sa.and_(v.user_id == sa.bindparam("user"), v.name == USUAL)
    page, address = (sa.select(column).where(mine).scalar_subquery() for column in (v.page, v.address))
    newest = NEWEST_MONTH.scalar_subquery()
    return sa.select(page.label("page"), address.label("address"), newest.label("newest"))


# Put together once: for so small a query that takes longer than to ask it.
USUAL_AND_NEWEST = usual_and_newest()


@dataclass(frozen=True)
class View:
    id: int
    name: str
    address: str
    saved_at: datetime

    @property
    def usual(self) -> bool:
        return self.name == USUAL


def saved_views(user_id: int) -> Sequence[View]:
    """The usual one first, then by name."""
    v = SavedView
    found = db.session.scalars(sa.select(v).where(v.user_id == user_id).order_by(v.name != USUAL, v.name))
    return [View(one.id, one.name, address_of(one.page, one.address), one.saved_at) for one in found]


def usual_view(user_id: int) -> tuple[str | None, Month | None]:
    """Where home leads for this user, None where they have not chosen; and the newest month, in the same query."""
    row = db.session.execute(USUAL_AND_NEWEST, {"user": user_id}).one()
    return (
        None if row.page is None else address_of(row.page, row.address),
        None if row.newest is None else Month.of(row.newest),
    )


def address_of(page: str, address: str) -> str:
    """With words after the question mark always, so that home does not lead to itself."""
    return f"{page}?{address or 'all'}"


def save_view(user_id: int, name: str, page: str, address: str, moment: datetime) -> None:
    """Keep a view, in the place of one of the same name. Runs in a transaction."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused(f"Enter a name of {LONGEST_NAME} characters or less")
    if not PAGE.fullmatch(page) or len(page) > LONGEST_PAGE:
        raise Refused("This page cannot be saved as a view")
    kept = urlencode([(key, value) for key, value in parse_qsl(address) if key in KEPT])
    if len(kept) > LONGEST_ADDRESS:
        raise Refused("Too many services are ticked for a saved view. Choose fewer.")
    v = SavedView
    known = db.session.scalar(sa.select(v).where(v.user_id == user_id, v.name == name))
    if known is None:
        count = db.session.scalar(sa.select(sa.func.count()).select_from(v).where(v.user_id == user_id)) or 0
        if count >= MOST_VIEWS:
            raise Conflict(f"You have {MOST_VIEWS} saved views. Delete one first.")
        known = SavedView(user_id=user_id, name=name, page=page, address=kept, saved_at=moment)
        db.session.add(known)
    known.page, known.address, known.saved_at = page, kept, moment
    db.session.flush()


def delete_view(user_id: int, view_id: int) -> None:
    """Only one's own. Runs in a transaction."""
    view = db.session.get(SavedView, view_id)
    if view is None or view.user_id != user_id:
        raise NotFound("There is no such saved view.")
    db.session.delete(view)
    db.session.flush()
