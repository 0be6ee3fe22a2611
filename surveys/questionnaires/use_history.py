"""When contacts were given another questionnaire, as the audit trail has it: the rules themselves know only today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db
from surveys.people.models import AuditEntry
from surveys.questionnaires.default import DEFAULT_SLUG
from surveys.questionnaires.uses import ANY, REMOVED, SET

Scope = tuple[int | None, str | None]
# A service or channel that no rule names.
OTHER_SERVICE, OTHER_CHANNEL = 0, ""


@dataclass(frozen=True)
class UseChange:
    """From this moment on contacts of the scope get this questionnaire; None: the rule for them was removed."""

    at: datetime
    service: int | None
    channel: str | None
    questionnaire: str | None


def read_use_changes() -> list[UseChange]:
    """In their order. One query, which an index answers."""
    e = AuditEntry
    query = sa.select(e.at, e.action, e.subject, e.details).where(e.action.in_([SET, REMOVED])).order_by(e.id)
    return [change_of(*row) for row in db.session.execute(query)]


def change_of(at: datetime, action: str, subject: str, details: Mapping[str, str]) -> UseChange:
    service, _, channel = details["scope"].partition("/")
    given = subject.partition(":")[2] if action == SET else None
    return UseChange(at, None if service == ANY else int(service), None if channel == ANY else channel, given)


def switches(changes: Iterable[UseChange], service: int | None, channel: str | None) -> Iterator[datetime]:
    """The moments at which some of these contacts were given another questionnaire; None stands for all of them."""
    known = list(changes)
    services = {service} if service is not None else {one.service for one in known if one.service} | {OTHER_SERVICE}
    channels = {channel} if channel is not None else {one.channel for one in known if one.channel} | {OTHER_CHANNEL}
    cells = [(one, by) for one in services for by in channels]
    rules: dict[Scope, str] = {}
    got = dict.fromkeys(cells, DEFAULT_SLUG)
    for change in known:
        scope = (change.service, change.channel)
        if change.questionnaire is None:
            rules.pop(scope, None)
        else:
            rules[scope] = change.questionnaire
        gets = {cell: questionnaire_for(rules, *cell) for cell in cells}
        if gets != got:
            yield change.at
        got = gets


def questionnaire_for(rules: Mapping[Scope, str], service: int, channel: str) -> str:
    """By the most particular rule, as an invitation finds it."""
    scopes: tuple[Scope, ...] = ((service, channel), (service, None), (None, channel))
    return next((rules[scope] for scope in scopes if scope in rules), DEFAULT_SLUG)
