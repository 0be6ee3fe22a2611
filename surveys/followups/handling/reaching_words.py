"""What became of a message to a resident, in plain words. Pure."""

from datetime import datetime

from surveys.core.clock import in_words
from surveys.core.segments import segments
from surveys.invitations.direct import CONSENT_TAKEN_BACK
from surveys.invitations.models import InvitationState
from surveys.messaging.models import Medium

STATE = InvitationState
MEDIUM_WORDS = {Medium.SMS: "text", Medium.EMAIL: "email"}
STATE_WORDS = {
    STATE.CLAIMED: "It is on its way",
    STATE.SENT: "Sent. We do not know yet whether it arrived",
    STATE.DELIVERED: "Delivered",
    STATE.UNDELIVERED: "Sent, but it did not arrive",
    STATE.UNCERTAIN: "It may have been sent. It is not sent again: an administrator finds out",
    STATE.REJECTED: "Not sent: it was refused for this address",
    STATE.NOT_SENT: "Not sent",
}
REASON_WORDS = {
    "erased": "the resident had what was held on them erased",
    CONSENT_TAKEN_BACK: "the resident no longer wants to be contacted about it",
    "opted-out": "the resident asked for no more messages",
    "too-old": "it waited for too long, so it may not be true any more",
    "no-link": "there is no link to stop our messages by",
    "decided": "an administrator found out",
}


def state_in_words(state: InvitationState, reason: str | None, due_at: datetime) -> str:
    """One sentence without a full stop."""
    if state is STATE.DUE:
        return f"Waiting to go. It goes from {in_words(due_at)}, unless sending is paused"
    why = REASON_WORDS.get(reason or "") if state is STATE.NOT_SENT else None
    return f"{STATE_WORDS[state]}: {why}" if why else STATE_WORDS[state]


def goes_in_words(moment: datetime, goes_at: datetime) -> str:
    if goes_at <= moment:
        return "It goes within a minute, unless sending is paused."
    return f"It goes on {in_words(goes_at)}: not at night, on Sundays or on bank holidays."


def size_in_words(whole: str) -> str:
    """How long a text is for the air, and which letters make it dearer."""
    cut = segments(whole)
    parts = "1 part" if cut.parts == 1 else f"{cut.parts} parts"
    odd = f" Letters that make it dearer: {' '.join(cut.odd_characters)}" if cut.odd_characters else ""
    return f"{len(whole):,} characters, sent as {parts}.{odd}"
