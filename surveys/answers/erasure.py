"""Erasing, at a person's own word, what is held on them for one survey.

Words, equality answers, addresses and the link go. The chosen answers stay and lead to nobody; the stop stays under
the hash of the address; that the contact was drawn stays, for the draw to be checked by.
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from surveys.answers.conversation_models import TextConversation
from surveys.answers.models import Answer, EqualityAnswer, Response
from surveys.contacts.models import Contact, PointKind, Stop
from surveys.contacts.suppression import addresses_of
from surveys.core.clock import day_of, start_of
from surveys.core.db import db
from surveys.invitations.direct import let_go_of_messages
from surveys.invitations.models import DeliveryEvent, InboundReply, Invitation, InvitationState
from surveys.invitations.stops import stop
from surveys.people.audit import record


def erase(invitation_id: int, moment: datetime) -> bool:
    """Returns False where it was done before.

    Rows are held in the order in which answers are taken in. An answer that arrives meanwhile is erased with the
    rest or, if it comes after, refused.
    """
    db.session.execute(sa.select(Response.id).where(Response.invitation_id == invitation_id).with_for_update())
    held = sa.select(Invitation).where(Invitation.id == invitation_id).with_for_update()
    invitation = db.session.scalars(held.execution_options(populate_existing=True)).one()
    if invitation.erased_at is not None:
        return False
    let_go_of_messages([invitation.contact_id], moment)
    addresses = addresses_of(invitation.contact_id)
    stop(addresses, moment, Stop.PAGE)
    erase_answers(invitation_id)
    erase_replies(invitation.contact_id, [address for kind, address in addresses if kind is PointKind.PHONE], moment)
    end_invitations(invitation.contact_id, invitation.answered_at, moment)
    change(
        sa.update(Contact)
        .where(Contact.id == invitation.contact_id)
        .values(phone=None, phone_kind=None, phone_hash=None, email=None, email_hash=None)
    )
    record("personal data erased", f"invitation:{invitation_id}", at=moment)
    return True


def change(statement: sa.Update | sa.Delete) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))


def erase_answers(invitation_id: int) -> None:
    """Written words and equality answers go, and the last thing that leads from the chosen answers to a person.

    The roll-up takes the equality answers out of its figures too.
    """
    mine = sa.select(Response.id).where(Response.invitation_id == invitation_id)
    change(sa.delete(Answer).where(Answer.response_id.in_(mine), Answer.words.is_not(None)))
    change(sa.delete(EqualityAnswer).where(EqualityAnswer.response_id.in_(mine)))
    cut_loose = sa.update(Response).where(Response.invitation_id == invitation_id)
    change(cut_loose.values(invitation_id=None, counted=False))


def erase_replies(contact_id: int, phones: Sequence[bytes], moment: datetime) -> None:
    """The words of every text that came from this person's number, read or not, and how far they answered by text."""
    asked = sa.select(Invitation.id).where(Invitation.contact_id == contact_id)
    r = InboundReply
    theirs = sa.or_(r.invitation_id.in_(asked), r.from_hash.in_(phones))
    done = sa.func.coalesce(r.handled_at, sa.literal(moment, r.handled_at.type))
    change(sa.update(r).where(theirs, r.words.is_not(None)).values(words=None, handled_at=done))
    change(sa.delete(TextConversation).where(TextConversation.invitation_id.in_(asked)))


def end_invitations(contact_id: int, answered_at: datetime | None, moment: datetime) -> None:
    """Nothing more is sent, the link is dead, and receipts as they came go, for they name the address.

    Of when it was answered the day stays: the moment would lead to the answers.
    """
    i = Invitation
    mine = sa.select(i.id).where(i.contact_id == contact_id)
    day = start_of(day_of(answered_at)) if answered_at else None
    change(sa.update(i).where(i.contact_id == contact_id).values(erased_at=moment, token_digest=None))
    change(sa.update(i).where(i.contact_id == contact_id, i.answered_at.is_not(None)).values(answered_at=day))
    ended = {"state": InvitationState.NOT_SENT, "reason": "erased", "settled_at": moment}
    change(sa.update(i).where(i.contact_id == contact_id, i.state == InvitationState.DUE).values(ended))
    change(sa.update(DeliveryEvent).where(DeliveryEvent.invitation_id.in_(mine)).values(raw=""))
