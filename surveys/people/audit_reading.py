"""A page of the audit trail: the newest acts first, of what was asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from surveys.core.clock import start_of
from surveys.core.db import db
from surveys.core.row_numbers import row_number
from surveys.people.models import AuditEntry

A_PAGE = 50
LONGEST = 120
ANY_DAY = (date(2000, 1, 1), date(2100, 1, 1))


@dataclass(frozen=True)
class Wanted:
    """what: how the act's words begin; about: a subject, or its kind alone; who: an actor. day is London's."""

    what: str = ""
    about: str = ""
    who: str = ""
    day: date | None = None
    before: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def kept(self) -> Mapping[str, str]:
        """The filters, for the address of the next page."""
        named = {"what": self.what, "about": self.about, "who": self.who, "day": str(self.day or "")}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True)
class Page:
    entries: Sequence[AuditEntry]
    older: int | None


def read_wanted(args: MultiDict[str, str]) -> Wanted:
    """As the address asks; a day that is none narrows nothing, and is told."""
    what, about, who, typed = (args.get(name, "").strip()[:LONGEST] for name in ("what", "about", "who", "day"))
    day = read_day(typed)
    notes = ("Day must be a day like 2026-03-31. All days are shown.",) if typed and day is None else ()
    return Wanted(what, about, who, day, args.get("before", type=row_number), notes)


def read_day(typed: str) -> date | None:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if ANY_DAY[0] <= day <= ANY_DAY[1] else None


def read_page(wanted: Wanted) -> Page:
    e = AuditEntry
    query = sa.select(e).order_by(e.id.desc()).limit(A_PAGE)
    if wanted.before:
        query = query.where(e.id < wanted.before)
    if wanted.what:
        query = query.where(e.action.istartswith(wanted.what, autoescape=True))
    if wanted.about:
        whole = wanted.about.removesuffix(":")
        query = query.where(sa.or_(e.subject == whole, e.subject.startswith(f"{whole}:", autoescape=True)))
    if wanted.who:
        query = query.where(e.actor == wanted.who)
    if wanted.day:
        query = query.where(e.at >= start_of(wanted.day), e.at < start_of(wanted.day + timedelta(days=1)))
    entries = list(db.session.scalars(query))
    return Page(entries, entries[-1].id if len(entries) == A_PAGE and entries[-1].id > 1 else None)
