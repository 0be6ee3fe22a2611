"""Messages of staff to one resident in the outbox: who is left out at the last, and the message itself."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app

from surveys.contacts.models import Contact
from surveys.core.db import db, table_of
from surveys.core.settings import Settings
from surveys.core.tokens import TOKEN_LENGTH, token_digest, token_for
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.direct_words import Around, whole
from surveys.invitations.models import Invitation, InvitationKind
from surveys.invitations.pace import SendingRules
from surveys.invitations.post import Claimed, Post, hashes_of, leave_out, leave_out_stopped
from surveys.invitations.survey_post import TOKEN_PURPOSE
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Message

# Another purpose than a survey's: what comes back of one can never name the other.
RECEIPTS = "receipts of direct messages"
# What was written for one day makes no sense long after it. Longer than any run of closed days.
LATEST = timedelta(days=7)


def first_invitation() -> sa.ColumnElement[bool]:
    """The survey of the message's contact, whose link stops our messages too."""
    return sa.and_(
        Invitation.contact_id == DirectMessage.contact_id, Invitation.kind == InvitationKind.INVITATION.value
    )


def leave_out_messages(ids: list[int], moment: datetime, _rules: SendingRules) -> None:
    d = DirectMessage
    address = sa.case((d.medium == Medium.SMS, Contact.phone), else_=Contact.email)
    gone = sa.exists().where(Contact.id == d.contact_id, address.is_(None))
    leave_out(d, ids, moment, gone, "erased")
    leave_out(d, ids, moment, ~sa.exists().where(first_invitation()), "no-link")
    leave_out(d, ids, moment, d.written_at <= moment - LATEST, "too-old")
    leave_out_stopped(d, ids, moment)


def direct_rows() -> sa.Select[*tuple[Any, ...]]:
    d, c, i = DirectMessage, Contact, Invitation
    columns = (d.id, d.contact_id, d.medium, d.subject, d.words, c.language, c.phone, c.email, c.phone_hash)
    query = sa.select(*columns, c.email_hash, i.id.label("link_id")).join(c, c.id == d.contact_id)
    return query.join(i, first_invitation())


def direct_ready(row: sa.Row[*tuple[Any, ...]]) -> Claimed:
    around = around_for(token_for(TOKEN_PURPOSE, row.link_id))
    message = Message(
        medium=row.medium,
        recipient=(row.phone if row.medium is Medium.SMS else row.email) or "",
        body=whole(row.medium, row.words or "", row.language, around),
        correlation=token_for(RECEIPTS, row.id),
        subject=row.subject or "",
        unsubscribe_url=around.stop,
        known_by_words=True,
    )
    return Claimed(DIRECT, row.id, message, row.contact_id, hashes_of(row))


def around_for(token: str = "x" * TOKEN_LENGTH) -> Around:
    """What stands round a message. Without a token the link is as long as a real one and leads nowhere.

    So whoever previews a message never sees a resident's own link.
    """
    s: Settings = current_app.extensions["settings"]
    websites = (s.public_url, s.complaints_url, s.privacy_url)
    return Around(
        council=s.council_name,
        contact_us=s.contact_us,
        replies=s.sms_replies,
        stop=s.survey_url(f"/stop/{token}"),
        own_hosts=frozenset((urlsplit(site).hostname or "").removeprefix("www.") for site in websites if site),
        own_domain=parseaddr(s.email_from)[1].rpartition("@")[2].lower(),
    )


def keep_correlations(claimed: list[Claimed]) -> None:
    """Keep what comes back in each message's receipts, and make its link work where the survey itself never went."""
    d, i = table_of(DirectMessage), table_of(Invitation)
    returns = sa.update(d).where(d.c.id == sa.bindparam("row")).values(correlation=sa.bindparam("returns"))
    rows = [{"row": c.number, "returns": c.message.correlation} for c in claimed]
    db.session.connection().execute(returns, rows)
    contacts = {c.about for c in claimed}
    unlinked = sa.select(i.c.id).where(i.c.contact_id.in_(contacts), i.c.kind == InvitationKind.INVITATION)
    unlinked = unlinked.where(i.c.token_digest.is_(None), i.c.erased_at.is_(None))
    links = [
        {"row": number, "digest": token_digest(token_for(TOKEN_PURPOSE, number))}
        for number in db.session.scalars(unlinked)
    ]
    if links:
        link = sa.update(i).where(i.c.id == sa.bindparam("row")).values(token_digest=sa.bindparam("digest"))
        db.session.connection().execute(link, links)


DIRECT = Post(
    called="message",
    table=DirectMessage,
    leave_out=leave_out_messages,
    rows=direct_rows,
    ready=direct_ready,
    keep=keep_correlations,
    overtaken=lambda item: sa.exists().where(
        Contact.id == item.about, Contact.phone_hash.is_(None), Contact.email_hash.is_(None)
    ),
    overtaken_by="erased",
    unsearched=DirectMessage.words.is_(None) | (Contact.phone_hash.is_(None) & Contact.email_hash.is_(None)),
)
