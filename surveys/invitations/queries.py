"""Where the invitations stand: by state with reasons, what is answered of what was delivered, the newest ones."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import HANDED_OVER, Invitation, InvitationKind, InvitationState
from surveys.messaging.models import Medium


def counts_by_state() -> dict[InvitationState, int]:
    counted = db.session.execute(
        sa.select(Invitation.state, sa.func.count()).group_by(Invitation.state).order_by(Invitation.state)
    )
    return dict(counted.all())


@dataclass(frozen=True)
class Standing:
    """So many invitations are in this state for this reason."""

    kind: InvitationKind
    state: InvitationState
    reason: str | None
    count: int


def standings() -> list[Standing]:
    i = Invitation
    counted = db.session.execute(
        sa.select(i.kind, i.state, i.reason, sa.func.count())
        .group_by(i.kind, i.state, i.reason)
        .order_by(i.kind, i.state, sa.func.count().desc())
    )
    return [Standing(*row) for row in counted]


@dataclass(frozen=True)
class Reached:
    """Of the people invited by a medium: handed to the provider, known to be delivered, and answered."""

    medium: Medium
    handed_over: int
    delivered: int
    answered: int

    @property
    def share(self) -> float | None:
        """Answered of delivered; None where no receipt has said that any was."""
        return self.answered / self.delivered if self.delivered else None


def reached() -> list[Reached]:
    i = Invitation
    delivered = i.state == InvitationState.DELIVERED
    counted = db.session.execute(
        sa.select(
            i.medium,
            sa.func.count(sa.case((i.state.in_(HANDED_OVER), 1))),
            sa.func.count(sa.case((delivered, 1))),
            sa.func.count(sa.case((sa.and_(delivered, i.answered_at.is_not(None)), 1))),
        )
        .where(i.kind == InvitationKind.INVITATION)
        .group_by(i.medium)
        .order_by(i.medium)
    )
    return [Reached(*row) for row in counted]


@dataclass(frozen=True)
class Row:
    id: int
    kind: InvitationKind
    medium: Medium
    language: str
    state: InvitationState
    reason: str | None
    due_at: datetime
    claimed_at: datetime | None
    sent_at: datetime | None
    looked_for_at: datetime | None


def uncertain_messages(most: int = 50) -> list[sa.Row[tuple[object, ...]]]:
    """The newest messages of staff of which nobody knows whether they went, without whom they were for."""
    d = DirectMessage
    columns = (d.id, d.medium, d.reason, d.claimed_at, d.looked_for_at)
    query = sa.select(*columns).where(d.state == InvitationState.UNCERTAIN).order_by(d.id.desc())
    return list(db.session.execute(query.limit(most)))


def latest(state: InvitationState | None, most: int = 50) -> list[Row]:
    """The newest invitations, without whom they went to."""
    i = Invitation
    query = sa.select(
        i.id, i.kind, i.medium, i.language, i.state, i.reason, i.due_at, i.claimed_at, i.sent_at, i.looked_for_at
    ).order_by(i.id.desc())
    if state is not None:
        query = query.where(i.state == state)
    return [Row(**row._asdict()) for row in db.session.execute(query.limit(most))]
