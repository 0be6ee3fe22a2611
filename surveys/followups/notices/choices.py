"""How a person is told of cases: by email or not, and perhaps by a webhook too. The console always shows it.

Nobody may turn off email about urgent cases who would leave a service of theirs with nobody told of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from surveys.core.db import db, lock
from surveys.core.refusals import Refused
from surveys.followups.notices.models import AlertChoice, AlertKind
from surveys.followups.notices.telling import HANDLERS, SEES_URGENT, roles_for
from surveys.followups.webhooks.models import Webhook
from surveys.people.audit import record
from surveys.people.models import Grant, Service, User
from surveys.people.roles import Role

MOST_NAMED = 5


@dataclass(frozen=True)
class Choice:
    by_email: bool = True
    webhook_id: int | None = None


@dataclass(frozen=True)
class Duty:
    """That one person may be told of one service's urgent cases, and whether by email."""

    service_id: int
    service: str
    user_id: int
    role: Role
    by_email: bool


def kinds_for(roles: Collection[Role]) -> list[AlertKind]:
    """What somebody with these roles may be told of."""
    if HANDLERS.intersection(roles):
        return list(AlertKind)
    return [AlertKind.URGENT] if SEES_URGENT.intersection(roles) else []


def choices_of(user_id: int) -> dict[AlertKind, Choice]:
    """For each kind; where they never chose, by email and no webhook."""
    found = db.session.scalars(sa.select(AlertChoice).where(AlertChoice.user_id == user_id))
    chosen = {one.kind: Choice(one.by_email, one.webhook_id) for one in found}
    return {kind: chosen.get(kind, Choice()) for kind in AlertKind}


def webhooks_to_choose() -> list[tuple[int, str]]:
    query = sa.select(Webhook.id, Webhook.name).where(Webhook.active).order_by(Webhook.name)
    return [(row.id, row.name) for row in db.session.execute(query)]


def choose_alerts(user_id: int, wanted: Mapping[AlertKind, Choice]) -> None:
    """Runs in a transaction. Raises Refused where nobody else would be told by email of what is urgent."""
    lock("alert choices")
    urgent = wanted.get(AlertKind.URGENT)
    if urgent is not None and not urgent.by_email:
        refuse_to_leave(left_alone(duties(), user_id))
    before = choices_of(user_id)
    changed = {kind: choice for kind, choice in wanted.items() if choice != before[kind]}
    for kind, choice in changed.items():
        db.session.merge(
            AlertChoice(user_id=user_id, kind=kind, by_email=choice.by_email, webhook_id=choice.webhook_id)
        )
    db.session.flush()
    if changed:
        codes = {kind.value: [choice.by_email, choice.webhook_id] for kind, choice in changed.items()}
        record("alerts chosen", f"user:{user_id}", choices=codes)


def duties() -> Sequence[Duty]:
    """Of every service in use, in its order; one query."""
    choice = sa.and_(AlertChoice.user_id == User.id, AlertChoice.kind == AlertKind.URGENT)
    query = (
        sa.select(Service.id, Service.name, User.id, Grant.role, sa.func.coalesce(AlertChoice.by_email, sa.true()))
        .select_from(Service)
        .join(Grant, sa.or_(Grant.service_id.is_(None), Grant.service_id == Service.id))
        .join(User, User.id == Grant.user_id)
        .outerjoin(AlertChoice, choice)
        .where(Service.active, User.active, Grant.role.in_(roles_for(AlertKind.URGENT)))
        .order_by(Service.name, Service.id, User.id)
    )
    return [Duty(row[0], row[1], row[2], row[3], bool(row[4])) for row in db.session.execute(query)]


def left_alone(found: Sequence[Duty], user_id: int) -> list[str]:
    """The services for which this person is told, and nobody else would be by email. Administrators count where nobody
    else is on duty, for then they are told."""
    services = []
    for (_, service), all_of_it in groupby(found, key=lambda duty: (duty.service_id, duty.service)):
        there = list(all_of_it)
        told = [duty for duty in there if duty.role is not Role.ADMINISTRATOR] or there
        mine = any(duty.user_id == user_id for duty in told)
        if mine and not any(duty.by_email for duty in told if duty.user_id != user_id):
            services.append(service)
    return services


def refuse_to_leave(services: Sequence[str]) -> None:
    if not services:
        return
    shown = list(services[:MOST_NAMED])
    more = [f"{len(services) - MOST_NAMED} more"] if len(services) > MOST_NAMED else []
    raise Refused(
        "You cannot turn off emails about urgent cases: nobody else would get them for "
        f"{' and '.join([', '.join(shown), *more])}. First, another manager, officer or reviewer there must have them."
    )
