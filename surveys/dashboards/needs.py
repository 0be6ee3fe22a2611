"""What needs somebody today: signals, sending that stands still, figures that are behind.

Urgent comments have a notice of their own, above all of this.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.core.db import db
from surveys.dashboards.held import Held
from surveys.dashboards.trend import Drawn, newest_sentence
from surveys.invitations.models import Invitation, InvitationState, SendingSwitch
from surveys.rates.comparing import Attainment
from surveys.rates.months import Month
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
    """How things stand now. behind: answers wait to be counted that should have been."""

    paused: bool = False
    uncertain: int = 0
    behind: bool = False


def read_standing(moment: datetime, sending: bool) -> Standing:
    """One query, over indexes of what is open only. sending: whether its standing may be seen."""
    i, r = Invitation, Response
    behind = sa.exists().where(sa.not_(r.counted), r.started_at < moment - BEHIND_AFTER)
    columns: list[sa.Label[Any]] = [behind.label("behind")]
    if sending:
        columns.append(sa.exists().where(SendingSwitch.paused_at.is_not(None)).label("paused"))
        uncertain = sa.select(sa.func.count()).select_from(i).where(i.state == InvitationState.UNCERTAIN)
        columns.append(uncertain.scalar_subquery().label("uncertain"))
    return Standing(**db.session.execute(sa.select(*columns)).one()._asdict())


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
