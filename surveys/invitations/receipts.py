"""Receipts: what a provider tells of a message moves its row, in whatever order and how often it is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

import sqlalchemy as sa

from surveys.contacts.models import Contact, PointKind, Stop
from surveys.contacts.suppression import Address, addresses_of, mark_unusable
from surveys.core.db import db, insert_into, table_of
from surveys.core.logs import log
from surveys.invitations.claim import POSTS
from surveys.invitations.models import DeliveryEvent, Invitation, InvitationState
from surveys.invitations.moves import may_move, move
from surveys.invitations.post import Outgoing, held
from surveys.invitations.provider_events import TWILIO, Receipt
from surveys.invitations.stops import stop
from surveys.invitations.switch import pause_for_provider
from surveys.messaging.models import Medium
from surveys.messaging.twilio_errors import stops_sending

KEPT_FOR = timedelta(days=30)
# The network took it for spam, or Twilio for fraud: wording or sender need a person's eye.
ALARMS = ("30007", "30450")
STATE = InvitationState
# How far a message has come. A phone that has it proves more than a report that it has not; a mailbox may
# be reported as reached by a server that sends the email back later.
RANKS: dict[Medium, dict[InvitationState, int]] = {
    Medium.SMS: {STATE.SENT: 1, STATE.UNDELIVERED: 2, STATE.DELIVERED: 3},
    Medium.EMAIL: {STATE.SENT: 1, STATE.DELIVERED: 2, STATE.UNDELIVERED: 3},
}


@dataclass(frozen=True)
class Kept:
    """A receipt in our own keeping. before: it was told before."""

    id: int
    before: bool


def apply_receipt(receipt: Receipt, moment: datetime) -> bool:
    """Keep what was told, once, and let it move the message's row. Returns whether it was news."""
    kept = keep(receipt, moment)
    if kept is None:
        return False
    row = find_row(receipt)
    if row is None:
        log.warning("a receipt for no message that is known", provider=receipt.provider, receipt=kept.id)
        return True
    if isinstance(row, Invitation):
        db.session.execute(
            sa.update(DeliveryEvent).where(DeliveryEvent.id == kept.id).values(invitation_id=row.id),
            execution_options={"synchronize_session": False},
        )
    elif kept.before and receipt.correlation == row.correlation:
        return False  # A correlation is committed before its message leaves, so it was known the first time too.
    if adopt(row, receipt):
        advance(row, receipt, moment)
        suppress(row, receipt, moment)
    tell_alarms(receipt, moment)
    return True


def keep(receipt: Receipt, moment: datetime) -> Kept | None:
    """The kept receipt; None where it was kept before and the invitation it is about was known."""
    values = {
        "provider": receipt.provider,
        "dedupe_key": receipt.dedupe_key,
        "provider_ref": receipt.provider_ref,
        "event": receipt.event,
        "error_code": receipt.error_code,
        "happened_at": receipt.happened_at,
        "received_at": moment,
        "raw": receipt.raw,
    }
    e = table_of(DeliveryEvent).c
    again = insert_into(DeliveryEvent).values(values)
    # Writing a column as it stands gives back the row that is there, unless its message was found already.
    again = again.on_conflict_do_update(
        index_elements=["dedupe_key"], set_={"event": e.event}, where=e.invitation_id.is_(None)
    )
    row = db.session.execute(again.returning(e.id, e.received_at)).one_or_none()
    return None if row is None else Kept(row.id, before=row.received_at != moment)


def find_row(receipt: Receipt) -> Outgoing | None:
    """The row of the message, held: by the provider's name for it, else by what we gave it to bring back."""
    named = (held(post, post.table.provider_ref.in_(receipt.references)) for post in POSTS)
    brought = (held(post, post.table.correlation == receipt.correlation) for post in POSTS if receipt.correlation)
    return next((row for rows in chain(named, brought) for row in rows), None)


def adopt(row: Outgoing, receipt: Receipt) -> bool:
    """Give a row without one its provider's reference. False where the receipt is of another message than the row's."""
    if row.provider_ref in (None, row.correlation):
        row.provider_ref = receipt.references[0][:80]
    if row.provider_ref in receipt.references:
        return True
    log.error(
        "a provider has two messages for one invitation, or one of ours",
        row=row.id,
        table=row.__tablename__,
        provider=receipt.provider,
    )
    return False


def advance(row: Outgoing, receipt: Receipt, moment: datetime) -> None:
    """Move forward only, by rank. A row that was to be tried again, or is in doubt, was sent after all."""
    ranks = RANKS[row.medium]
    if receipt.state is None or ranks[receipt.state] <= ranks.get(row.state, 0):
        return
    if row.state is STATE.DUE:
        row.claimed_at = row.claimed_at or moment
        move(row, STATE.CLAIMED, moment)
    if may_move(row, receipt.state):
        reason = receipt.error_code if receipt.state is STATE.UNDELIVERED else None
        move(row, receipt.state, moment, reason)
    else:
        log.error(
            "a receipt contradicts its invitation or message",
            row=row.id,
            table=row.__tablename__,
            state=row.state.value,
        )


def suppress(row: Outgoing, receipt: Receipt, moment: datetime) -> None:
    """A stop counts for every address of the person; a dead phone or mailbox for itself alone."""
    if receipt.stops is not None:
        stop(addresses_of(row.contact_id), moment, receipt.stops)
    elif receipt.unusable:
        how = Stop.PROVIDER if receipt.provider == TWILIO else Stop.BOUNCE
        mark_unusable(address_asked(row), moment, how)


def address_asked(row: Outgoing) -> list[Address]:
    by_text = row.medium is Medium.SMS
    column = Contact.phone_hash if by_text else Contact.email_hash
    address = db.session.scalars(sa.select(column).where(Contact.id == row.contact_id)).one()
    return [] if address is None else [(PointKind.PHONE if by_text else PointKind.EMAIL, address)]


def tell_alarms(receipt: Receipt, moment: datetime) -> None:
    """A fault of the account pauses all sending; a text held back as spam is told."""
    if receipt.provider != TWILIO:
        return
    if receipt.error_code and stops_sending(receipt.error_code):
        pause_for_provider(moment, Medium.SMS, receipt.error_code)
    if receipt.error_code in ALARMS:
        log.error("a text was held back: look at its wording and sender", code=receipt.error_code)


def let_go(moment: datetime) -> int:
    """Delete receipts older than 30 days; returns how many."""
    old = sa.delete(DeliveryEvent).where(DeliveryEvent.received_at < moment - KEPT_FOR)
    gone = db.session.execute(old.execution_options(synchronize_session=False))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a CursorResult, as every DELETE gives
