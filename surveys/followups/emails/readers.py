"""Who is told what by email: those who answer for services, as far as their grants reach and as they chose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import sqlalchemy as sa

from surveys.core.db import db
from surveys.followups.emails.models import DigestSent, EmailChoice
from surveys.people.models import Grant, User
from surveys.people.roles import ROLES, Permission, Role

# Reviewers and assessors may read rates too, but nobody asks them to act on them.
TOLD = (Role.MANAGER, Role.ADMINISTRATOR)
Granted = frozenset[int] | None


@dataclass(frozen=True)
class Reader:
    """Somebody to write to. grants: role and service of those for which they are told; the service None for all."""

    id: int
    address: str = field(repr=False)
    grants: tuple[tuple[Role, int | None], ...]

    def services(self, permission: Permission) -> Granted:
        """Those for which they may do this and are told; None means all of them."""
        found = [service for role, service in self.grants if permission in ROLES[role]]
        return None if None in found else frozenset(service for service in found if service is not None)

    def council_wide(self, permission: Permission) -> bool:
        return self.services(permission) is None


def readers_of_digest(week: date) -> Sequence[Reader]:
    """Who wants the weekly email and was not sent that of the week; one query."""
    sent = sa.exists().where(DigestSent.user_id == User.id, DigestSent.week == week)
    return readers(EmailChoice.weekly, ~sent)


def readers_of_signals() -> Sequence[Reader]:
    return readers(EmailChoice.signals)


def readers(wanted: sa.SQLColumnExpression[bool], *more: sa.ColumnElement[bool]) -> Sequence[Reader]:
    chosen = sa.or_(EmailChoice.user_id.is_(None), wanted)
    query = (
        sa.select(User.id, User.email, Grant.role, Grant.service_id)
        .join(Grant, Grant.user_id == User.id)
        .outerjoin(EmailChoice, EmailChoice.user_id == User.id)
        .where(User.active, Grant.role.in_(TOLD), chosen, *more)
        .order_by(User.id, Grant.id)
    )
    found = groupby(db.session.execute(query), key=lambda row: (row.id, row.email))
    return [Reader(*user, tuple((row.role, row.service_id) for row in rows)) for user, rows in found]
