"""What needs somebody today: cases, signals, sending that stands still, figures that are behind.

Urgent comments have a notice of their own, above all of this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.dashboards.satisfaction.held import Held
from surveys.dashboards.trends.trend import Drawn, newest_sentence
from surveys.followups.cases.lists import MOST_COUNTED, waiting_columns
from surveys.followups.cases.words import counted
from surveys.invitations.models import Invitation, InvitationState, SendingSwitch
from surveys.people.guards import allowed, services_allowed
from surveys.people.roles import Permission
from surveys.rates.comparing import Attainment
from surveys.rates.months import Month
from surveys.rates.recounts import UNCOUNTED
from surveys.rates.words import target_sentence

# The roll-up runs every few minutes; an answer that waits longer says that the worker stands still.
BEHIND_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Need:
    """One thing to look at, and where; "" where no page can help."""

    words: str
    address: str


@dataclass(frozen=True)
class Standing:
    """How things stand now. behind: answers wait to be counted that should have been. cases: of one's services."""

    paused: bool = False
    uncertain: int = 0
    behind: bool = False
    late_cases: int = 0
    new_cases: int = 0


def read_standing(moment: datetime, sending: bool) -> Standing:
    """One query, over indexes of what is open only. sending: whether its standing may be seen."""
    services = services_allowed(Permission.HANDLE_CASES) if allowed(Permission.HANDLE_CASES) else frozenset[int]()
    query = standing_query(sending, services)
    values = {"moment": moment, "long_ago": moment - BEHIND_AFTER, "day": day_of(moment)}
    return Standing(**db.session.execute(query, values).one()._asdict())


@lru_cache(maxsize=256)
def standing_query(sending: bool, services: frozenset[int] | None) -> sa.Select[*tuple[Any, ...]]:
    """Put together once: that takes longer than to ask it. services: whose cases are counted; without any, none are."""
    i, r = Invitation, Response
    moment, long_ago = (sa.bindparam(name, type_=r.started_at.type) for name in ("moment", "long_ago"))
    # Wrapped, so that no index of all that ever started is read where hardly any response is uncounted.
    behind = sa.exists().where(UNCOUNTED, sa.func.coalesce(r.started_at, moment) < long_ago)
    columns: list[sa.Label[Any]] = [behind.label("behind")]
    if sending:
        columns.append(sa.exists().where(SendingSwitch.paused_at.is_not(None)).label("paused"))
        uncertain = sa.select(sa.func.count()).select_from(i).where(i.state == InvitationState.UNCERTAIN)
        columns.append(uncertain.scalar_subquery().label("uncertain"))
    if services is None or services:
        day: Any = sa.bindparam("day", type_=sa.Date())
        columns.extend(waiting_columns(services, day))
    return sa.select(*columns)


def case_needs(standing: Standing) -> list[Need]:
    """What is late, and what nobody has taken yet."""
    found = []
    if standing.late_cases:
        words = counted(standing.late_cases, "case", MOST_COUNTED).capitalize()
        found.append(Need(f"{words} past the deadline", "/cases?view=late"))
    if standing.new_cases:
        words = counted(standing.new_cases, "new case", MOST_COUNTED).capitalize()
        found.append(Need(f"{words} that nobody has taken", "/cases"))
    return found


def sending_needs(standing: Standing) -> list[Need]:
    found = []
    if standing.paused:
        found.append(Need("Sending is paused: nobody is being asked", "/invitations"))
    if standing.uncertain:
        messages = "message" if standing.uncertain == 1 else "messages"
        found.append(Need(f"{standing.uncertain} {messages} may or may not have been sent", "/invitations/uncertain"))
    if standing.behind:
        found.append(Need("These figures are behind: answers of more than an hour ago are not counted yet", ""))
    return found


def target_needs(held: Iterable[tuple[str, Held | None, str]]) -> list[Need]:
    """(name, held, address) of each service: those whose whole interval is below the target."""
    return [
        Need(f"{one.period}: {target_sentence(name, one.attained)}", address)
        for name, one, address in held
        if one is not None and one.attained.attainment is Attainment.NOT_MET
    ]


def signal_needs(trends: Iterable[tuple[Drawn, str]], newest: Month) -> list[Need]:
    """A service whose newest month is a signal, with the address of its page."""
    return [
        Need(newest_sentence(found), address)
        for found, address in trends
        if found.signals and found.newest and found.months(found.newest.period)[-1] == newest
    ]
