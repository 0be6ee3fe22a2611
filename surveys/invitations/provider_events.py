"""What a provider tells of a message, read from its own words into one shape. Pure; no address is kept."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from surveys.contacts.models import Stop
from surveys.invitations.models import InvitationState
from surveys.messaging.twilio_errors import suppress_for

STATE = InvitationState
TWILIO, SENDGRID = "twilio", "sendgrid"
# The name under which an email carries its correlation to SendGrid and back.
CORRELATION = "correlation"
REFERENCE = re.compile(r"[A-Za-z0-9_.:@<>=+-]{1,120}")
EVENT = re.compile(r"[a-z_]{1,40}")
CODE = re.compile(r"[A-Za-z0-9.-]{1,20}")
# SendGrid's message id begins with what it called the message when it took it.
OF_THE_FILTER = re.compile(r"\.(?:filter|recvd)")

TWILIO_STATES = {
    "scheduled": STATE.SENT,
    "accepted": STATE.SENT,
    "queued": STATE.SENT,
    "sending": STATE.SENT,
    "sent": STATE.SENT,
    "partially_delivered": STATE.SENT,
    "delivered": STATE.DELIVERED,
    "read": STATE.DELIVERED,
    "undelivered": STATE.UNDELIVERED,
    "failed": STATE.UNDELIVERED,
    "canceled": STATE.UNDELIVERED,
}
# A complaint or an unsubscribing proves that the email came.
SENDGRID_STATES = {
    "processed": STATE.SENT,
    "deferred": STATE.SENT,
    "delivered": STATE.DELIVERED,
    "open": STATE.DELIVERED,
    "click": STATE.DELIVERED,
    "spamreport": STATE.DELIVERED,
    "unsubscribe": STATE.DELIVERED,
    "group_unsubscribe": STATE.DELIVERED,
    "bounce": STATE.UNDELIVERED,
    "dropped": STATE.UNDELIVERED,
}
SENDGRID_STOPS = {
    "spamreport": Stop.SPAM_REPORT,
    "unsubscribe": Stop.UNSUBSCRIBE_HEADER,
    "group_unsubscribe": Stop.UNSUBSCRIBE_HEADER,
}
DROPPED_STOPS = {"spam-reporting": Stop.SPAM_REPORT, "unsubscribed": Stop.PROVIDER}
DROPPED_UNUSABLE = ("bounced", "invalid")
TWILIO_KEPT = ("MessageSid", "MessageStatus", "ErrorCode", "MessagingServiceSid", "RawDlrDoneDate", "ApiVersion")
SENDGRID_KEPT = ("event", "type", "timestamp", "sg_event_id", "sg_message_id", "status", "attempt", CORRELATION)


@dataclass(frozen=True)
class Receipt:
    """One thing told of one message. references: what it may be called in our rows, the likeliest first.

    state: how far the message has come by this alone. stops: the person wants no more; unusable: nothing arrives there.
    """

    provider: str
    dedupe_key: str
    provider_ref: str
    references: tuple[str, ...]
    event: str
    happened_at: datetime
    raw: str = field(repr=False)
    error_code: str | None = None
    correlation: str | None = None
    state: InvitationState | None = None
    stops: Stop | None = None
    unusable: bool = False


def read_twilio(form: Mapping[str, str], correlation: str | None, moment: datetime) -> Receipt | None:
    """A status callback; None where it is none. Twilio gives no time, so it happened when it came."""
    sid, status = form.get("MessageSid", ""), form.get("MessageStatus", "")
    if not (REFERENCE.fullmatch(sid) and EVENT.fullmatch(status)):
        return None
    code = plain_code(form.get("ErrorCode"))
    suppress = suppress_for(code)
    return Receipt(
        provider=TWILIO,
        dedupe_key=f"{TWILIO}:{sid}:{status}"[:160],
        provider_ref=sid,
        references=(sid,),
        event=status,
        happened_at=moment,
        raw=kept(form, TWILIO_KEPT),
        error_code=code,
        correlation=plain_reference(correlation),
        state=TWILIO_STATES.get(status),
        stops=Stop.PROVIDER if suppress == "opted_out" else None,
        unusable=suppress == "unusable",
    )


def read_sendgrid(item: object, moment: datetime) -> Receipt | None:
    """One event of an array; None where it is none or tells of no message."""
    if not isinstance(item, dict):
        return None
    own_id, reference, event = (str(item.get(name, "")) for name in ("sg_event_id", "sg_message_id", "event"))
    if not (REFERENCE.fullmatch(own_id) and REFERENCE.fullmatch(reference) and EVENT.fullmatch(event)):
        return None
    code = sendgrid_code(item, event)
    return Receipt(
        provider=SENDGRID,
        dedupe_key=f"{SENDGRID}:{own_id}"[:160],
        provider_ref=reference,
        references=names_of(reference),
        event=event,
        happened_at=moment_of(item.get("timestamp"), moment),
        raw=kept(item, SENDGRID_KEPT),
        error_code=code,
        correlation=plain_reference(item.get(CORRELATION)),
        state=SENDGRID_STATES.get(event),
        stops=DROPPED_STOPS.get(code or "") if event == "dropped" else SENDGRID_STOPS.get(event),
        unusable=is_hard_bounce(item, event) or (event == "dropped" and code in DROPPED_UNUSABLE),
    )


def is_hard_bounce(item: Mapping[str, Any], event: str) -> bool:
    """A block is passing: a full mailbox, a wary server. Only a bounce says that there is no such mailbox."""
    return event == "bounce" and item.get("type", "bounce") == "bounce"


def sendgrid_code(item: Mapping[str, Any], event: str) -> str | None:
    """The mail server's status of a bounce; the reason of a drop as one word. The server's sentence is not kept."""
    if event == "dropped":
        return plain_code("-".join(str(item.get("reason", "")).lower().removesuffix(" address").split()))
    if event not in ("bounce", "deferred"):
        return None
    return plain_code(item.get("status")) or plain_code(item.get("type"))


def names_of(reference: str) -> tuple[str, ...]:
    """What SendGrid may have called the message when it took it: the id as far as some dot."""
    likeliest = OF_THE_FILTER.split(reference)[0]
    if likeliest == reference:
        likeliest = reference.split(".")[0]
    parts = reference.split(".")[:10]
    others = (".".join(parts[: n + 1]) for n in range(len(parts)))
    return tuple(dict.fromkeys((likeliest, reference, *others)))


def plain_reference(told: object) -> str | None:
    return told if isinstance(told, str) and REFERENCE.fullmatch(told) else None


def plain_code(told: object) -> str | None:
    code = str(told or "")[:20]
    return code if CODE.fullmatch(code) else None


def moment_of(told: object, moment: datetime) -> datetime:
    """Seconds since 1970, not in the future; this moment where they are none."""
    if isinstance(told, int) and not isinstance(told, bool) and 0 < told <= moment.timestamp():
        return datetime.fromtimestamp(told, UTC)
    return moment


def kept(told: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """What was told, by the names that cannot hold a person's address or words."""
    return json.dumps({name: str(told[name])[:200] for name in names if name in told})
