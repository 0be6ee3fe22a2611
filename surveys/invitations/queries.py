"""Where the invitations stand, and the one behind a link."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db
from surveys.core.tokens import token_digest
from surveys.invitations.models import Invitation, InvitationState


@dataclass(frozen=True)
class Invited:
    """What a survey page needs to know of the invitation behind its link."""

    id: int
    contact_id: int
    version_id: int
    language: str
    expires_at: datetime


def invitation_of(token: str) -> Invited | None:
    """The invitation whose link holds this token; None where there is none."""
    row = db.session.execute(
        sa.select(
            Invitation.id,
            Invitation.contact_id,
            Invitation.version_id,
            Invitation.language,
            Invitation.expires_at,
        ).where(Invitation.token_digest == token_digest(token))
    ).one_or_none()
    return Invited(*row) if row else None


def counts_by_state() -> dict[InvitationState, int]:
    counted = db.session.execute(
        sa.select(Invitation.state, sa.func.count()).group_by(Invitation.state).order_by(Invitation.state)
    )
    return dict(counted.all())


@dataclass(frozen=True)
class Row:
    id: int
    medium: str
    language: str
    state: InvitationState
    reason: str | None
    due_at: datetime
    sent_at: datetime | None


def latest(state: InvitationState | None, most: int = 50) -> list[Row]:
    """The newest invitations, without whom they went to."""
    query = sa.select(
        Invitation.id,
        Invitation.medium,
        Invitation.language,
        Invitation.state,
        Invitation.reason,
        Invitation.due_at,
        Invitation.sent_at,
    ).order_by(Invitation.id.desc())
    if state is not None:
        query = query.where(Invitation.state == state)
    return [Row(*row) for row in db.session.execute(query.limit(most))]
