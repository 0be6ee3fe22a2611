"""The switch that pauses all sending, by a person or because a provider refuses the account."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db, insert_into, table_of
from surveys.core.logs import log
from surveys.core.queue import ask
from surveys.invitations.models import SendingSwitch
from surveys.messaging.models import Medium
from surveys.people.audit import record

BY_PERSON = "person"


@dataclass(frozen=True)
class Pause:
    """Since when nothing is sent, and why: "person", or the medium and the code of the provider that refuses."""

    since: datetime
    reason: str

    @property
    def by_provider(self) -> bool:
        return self.reason != BY_PERSON

    @property
    def medium(self) -> Medium | None:
        """What the provider that refuses carries; None where a person paused."""
        name = self.reason.partition(":")[0]
        return Medium(name) if name in set(Medium) else None

    @property
    def code(self) -> str:
        return self.reason.partition(":")[2]


def pause_now() -> Pause | None:
    """The pause that is on, if one is."""
    row = db.session.execute(
        sa.select(SendingSwitch.paused_at, SendingSwitch.reason).where(SendingSwitch.paused_at.is_not(None))
    ).one_or_none()
    return Pause(row.paused_at, row.reason) if row and row.paused_at else None


def pause(moment: datetime, reason: str = BY_PERSON) -> bool:
    """Stop all sending until somebody resumes it. The first reason stands. Returns whether it was not paused yet."""
    s = table_of(SendingSwitch).c
    values = {"paused_at": moment, "reason": reason[:60], "told_at": None}
    # One statement: of two workers that are refused at once only one pauses, and administrators hear of it once.
    turned = insert_into(SendingSwitch).values(id=1, **values)
    turned = turned.on_conflict_do_update(index_elements=["id"], set_=values, where=s.paused_at.is_(None))
    if db.session.scalars(turned.returning(s.id)).one_or_none() is None:
        return False
    record("sending paused", "sending", reason=reason)
    return True


def pause_for_provider(moment: datetime, medium: Medium, code: str) -> None:
    """The account or its sender is refused: nothing else goes until a person, who is told, has put it right."""
    if pause(moment, f"{medium.value}:{code}"):
        log.error("a provider refuses this account; sending is paused", medium=medium.value, code=code)
        ask("invitations.tell_administrators")


def resume() -> None:
    if pause_now() is None:
        return
    db.session.execute(sa.update(SendingSwitch).values(paused_at=None, reason="resumed", told_at=None))
    record("sending resumed", "sending")
