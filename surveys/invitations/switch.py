"""The switch that pauses all sending, by a person or because a provider refuses the account."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db, insert_into
from surveys.invitations.models import SendingSwitch
from surveys.people.audit import record


@dataclass(frozen=True)
class Pause:
    """Since when nothing is sent, and why: "person", or what a provider said."""

    since: datetime
    reason: str

    @property
    def by_provider(self) -> bool:
        return self.reason != "person"


def pause_now() -> Pause | None:
    """The pause that is on, if one is."""
    row = db.session.execute(
        sa.select(SendingSwitch.paused_at, SendingSwitch.reason).where(SendingSwitch.paused_at.is_not(None))
    ).one_or_none()
    return Pause(row.paused_at, row.reason) if row and row.paused_at else None


def pause(moment: datetime, reason: str = "person") -> None:
    """Stop all sending until somebody resumes it. The first reason stands."""
    if pause_now() is not None:
        return
    turn(moment, reason)
    record("sending paused", "sending", reason=reason)


def resume() -> None:
    if pause_now() is None:
        return
    turn(None, "resumed")
    record("sending resumed", "sending")


def turn(paused_at: datetime | None, reason: str) -> None:
    values = {"paused_at": paused_at, "reason": reason[:60]}
    db.session.execute(
        insert_into(SendingSwitch).values(id=1, **values).on_conflict_do_update(index_elements=["id"], set_=values)
    )
