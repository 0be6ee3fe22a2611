"""One invitation moves from state to state only as the table of moves allows."""

from datetime import datetime

from surveys.invitations.models import HANDED_OVER, MOVES, Invitation, InvitationState


def may_move(invitation: Invitation, state: InvitationState) -> bool:
    return state in MOVES[invitation.state]


def move(invitation: Invitation, state: InvitationState, moment: datetime, reason: str | None = None) -> None:
    """Put the invitation in a state, with why. Raises ValueError for a move that the table does not have."""
    if not may_move(invitation, state):
        raise ValueError(f"an invitation cannot go from {invitation.state} to {state}")
    invitation.state, invitation.reason, invitation.settled_at = state, reason and reason[:60], moment
    if state in HANDED_OVER and invitation.sent_at is None:
        invitation.sent_at = invitation.claimed_at or moment
