"""One row of the outbox moves from state to state only as the table of moves allows."""

from datetime import datetime

from surveys.invitations.models import HANDED_OVER, MOVES, InvitationState
from surveys.invitations.post import Outgoing


def may_move(row: Outgoing, state: InvitationState) -> bool:
    return state in MOVES[row.state]


def move(row: Outgoing, state: InvitationState, moment: datetime, reason: str | None = None) -> None:
    """Put the row in a state, with why. Raises ValueError for a move that the table does not have."""
    if not may_move(row, state):
        raise ValueError(f"a message cannot go from {row.state} to {state}")
    row.state, row.reason, row.settled_at = state, reason and reason[:60], moment
    if state in HANDED_OVER and row.sent_at is None:
        row.sent_at = row.claimed_at or moment
