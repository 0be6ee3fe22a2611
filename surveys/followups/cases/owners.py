"""Who may handle the cases of a service, and so may be given one."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from surveys.core.db import db
from surveys.people.models import Grant, User
from surveys.people.roles import ROLES, Permission

HANDLING = [role for role, permissions in ROLES.items() if Permission.HANDLE_CASES in permissions]


def owners_for(service_id: int) -> Mapping[int, str]:
    """Number and name of everybody active who may, by name. One query."""
    query = handlers_of(service_id).order_by(User.name, User.id)
    return {row.id: row.name for row in db.session.execute(query)}


def may_own(user_id: int, service_id: int) -> bool:
    return db.session.execute(handlers_of(service_id).where(User.id == user_id)).first() is not None


def handlers_of(service_id: int) -> sa.Select[int, str]:
    reaches = sa.or_(Grant.service_id.is_(None), Grant.service_id == service_id)
    granted = sa.exists().where(Grant.user_id == User.id, Grant.role.in_(HANDLING), reaches)
    return sa.select(User.id, User.name).where(User.active, granted)


def names_of(numbers: Iterable[int]) -> Mapping[int, str]:
    """The names of these users, whatever they may do now. One query."""
    found = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(set(numbers))))
    return {row.id: row.name for row in found}
