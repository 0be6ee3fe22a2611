"""Assessors' accounts: open until an end day, and for the figures of some months. They change nothing.

An account is an assessor's where it has that role and no other, and it can have no other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask_login import current_user

from surveys.core.clock import day_in_words, today
from surveys.core.db import db
from surveys.core.refusals import NotFound, Refused
from surveys.people.audit import record
from surveys.people.models import AssessorAccess, User
from surveys.people.roles import Role

NO_PERIOD = "Your account has not been given a period yet. Ask an administrator of this council for one."
ONE_ROLE = "An assessor only reads, so their account can have no other role. Give this person a second account for it."


@dataclass(frozen=True)
class Access:
    """The account opens until the end of ends_on, in London; the months are named by their first days."""

    ends_on: date
    first_month: date
    last_month: date

    def over(self, day: date) -> bool:
        return day > self.ends_on


@dataclass(frozen=True)
class Assessor:
    """An assessor's account as the administrators' page shows it; access None where nobody gave it any yet."""

    id: int
    name: str
    active: bool
    access: Access | None
    last_seen_at: datetime | None


def is_assessor(user: User) -> bool:
    return bool(user.grants) and all(grant.role is Role.ASSESSOR for grant in user.grants)


def refuse_other_roles(roles: Iterable[Role]) -> None:
    wanted = set(roles)
    if Role.ASSESSOR in wanted and len(wanted) > 1:
        raise Refused(ONE_ROLE)


def access_of(user: User) -> Access | None:
    row = user.access
    return None if row is None else Access(row.ends_on, row.first_month, row.last_month)


def ended(user: User) -> date | None:
    """The last day of an assessor's access, where it is over."""
    access = access_of(user) if is_assessor(user) else None
    return access.ends_on if access is not None and access.over(today()) else None


def ended_words(day: date) -> str:
    return f"Your access ended on {day_in_words(day)}. Ask an administrator of this council if you need more time."


def waits_for_period(user: User) -> bool:
    """Whether this is an assessor to whom nobody gave a period: they see nothing yet."""
    return is_assessor(user) and user.access is None


def months_allowed() -> tuple[date, date] | None:
    """The first days of the first and the last month that the signed-in user may see; None where all of them."""
    if not current_user.is_authenticated or not is_assessor(current_user):
        return None
    access = access_of(current_user)
    return (date.max, date.min) if access is None else (access.first_month, access.last_month)


def assessors() -> Sequence[Assessor]:
    query = sa.select(User).where(User.grants.any(role=Role.ASSESSOR)).order_by(User.name, User.id)
    found = db.session.scalars(query.options(sa.orm.selectinload(User.access)))
    return [
        Assessor(one.id, one.name, one.active, access_of(one), one.last_seen_at) for one in found if is_assessor(one)
    ]


def find_assessor(user_id: int) -> Assessor:
    found = next((one for one in assessors() if one.id == user_id), None)
    if found is None:
        raise NotFound("There is no assessor with this account.")
    return found


def give_access(user_id: int, access: Access, by: int | None, moment: datetime) -> None:
    """In the place of what they had. Raises Refused where the months run backward. Runs in a transaction."""
    find_assessor(user_id)
    if access.last_month < access.first_month:
        raise Refused("Last month must be the first month or later")
    known = db.session.get(AssessorAccess, user_id)
    before = in_codes(known)
    row = known or AssessorAccess(user_id=user_id)
    row.ends_on, row.first_month, row.last_month = access.ends_on, access.first_month, access.last_month
    row.given_at, row.given_by = moment, by
    db.session.add(row)
    db.session.flush()
    record("assessor access given", f"user:{user_id}", at=moment, before=before, after=in_codes(row))


def in_codes(row: AssessorAccess | None) -> dict[str, str]:
    """What the audit trail keeps."""
    if row is None:
        return {}
    months = {"first_month": f"{row.first_month:%Y-%m}", "last_month": f"{row.last_month:%Y-%m}"}
    return {"ends_on": row.ends_on.isoformat()} | months
