"""Administrators are told by email that a provider refuses the council's account: one email each for each pause."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from surveys.core.clock import in_words
from surveys.core.db import db
from surveys.core.logs import log
from surveys.invitations.models import SendingSwitch
from surveys.invitations.switch import BY_PERSON, Pause
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, Message, Sender
from surveys.messaging.twilio_errors import meaning_of
from surveys.people.models import Grant, User
from surveys.people.roles import Role

# Only Twilio's refusals can be told of by email: where the email provider refuses, no email goes.
SUBJECT = "Surveys are not being sent: Twilio refuses the council's account"
BODY = """Twilio refuses this council's account (code {code}{meaning}).

No survey has been sent by text or email since {since}. Nothing is lost: what is due waits.

What to do:

1. Put the account right at Twilio, or the Twilio settings of this installation.
2. Select Resume sending at {link}

Every administrator gets this email once.
"""


@dataclass(frozen=True)
class Alert:
    """A pause to tell of, and the addresses of those who can put it right."""

    pause: Pause
    addresses: Sequence[str] = field(repr=False)


def take_alert(moment: datetime) -> Alert | None:
    """The pause by a provider that nobody was told of, marked as told; None where there is none.

    Commit before sending: a lost email is better than a storm of them, and the console says it too.
    """
    untold = (SendingSwitch.paused_at.is_not(None), SendingSwitch.told_at.is_(None), SendingSwitch.reason != BY_PERSON)
    taken = db.session.execute(
        sa.update(SendingSwitch)
        .where(*untold)
        .values(told_at=moment)
        .returning(SendingSwitch.paused_at, SendingSwitch.reason)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None or taken.paused_at is None:
        return None
    return Alert(Pause(taken.paused_at, taken.reason), administrators())


def administrators() -> Sequence[str]:
    """The addresses of those who may resume sending: active administrators of the whole council."""
    may_resume = sa.and_(Grant.role == Role.ADMINISTRATOR, Grant.service_id.is_(None))
    return db.session.scalars(
        sa.select(User.email).where(User.active, User.grants.any(may_resume)).order_by(User.id)
    ).all()


def send_alert(alert: Alert, senders: Mapping[Medium, Sender], link: str) -> int:
    """Send it at any hour, with no transaction open; returns how many emails were accepted. Nothing is tried again."""
    sender = senders.get(Medium.EMAIL)
    if sender is None or alert.pause.medium is not Medium.SMS:
        log.error("no email can tell administrators that sending is paused; only the console says so")
        return 0
    outcomes = [sender.send(message_for(address, alert.pause, link)) for address in alert.addresses]
    accepted = sum(isinstance(outcome, Accepted) for outcome in outcomes)
    if accepted < len(outcomes):
        log.error("not every administrator was told that sending is paused", accepted=accepted, asked=len(outcomes))
    return accepted


def message_for(address: str, pause: Pause, link: str) -> Message:
    meaning = meaning_of(pause.code)
    why = f": {meaning}" if meaning else ""
    body = BODY.format(code=pause.code, meaning=why, since=in_words(pause.since), link=link)
    # Not drawn from a row: a receipt for it must never find an invitation.
    correlation = f"staff-{secrets.token_hex(8)}"
    return Message(Medium.EMAIL, address, body, correlation, SUBJECT)
