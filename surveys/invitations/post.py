"""The two kinds of post that one outbox carries: surveys, and what staff write to one resident.

A Post says how its table differs. Claiming, handing over, settling, receipts and doubts are the same for both.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from surveys.contacts.models import Contact, ContactPoint
from surveys.core.db import db
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import Invitation, InvitationState
from surveys.invitations.pace import SendingRules
from surveys.messaging.outcomes import Message

STATE = InvitationState
# A row of the outbox, of whichever kind.
Outgoing = Invitation | DirectMessage


@dataclass(frozen=True)
class Claimed:
    """One row taken by a run, with its message ready; no row is held while it is sent.

    about: what the last look asks after, the survey whose link it brings or the contact it is for.
    """

    post: "Post" = field(repr=False)
    number: int
    message: Message
    about: int
    address_hashes: tuple[bytes, ...] = field(repr=False, default=())


@dataclass(frozen=True)
class Post:
    """One kind: its table, and what only it knows.

    called: its rows in the audit trail and the log. leave_out: end the due rows of these numbers that may not go.
    rows and ready: how the message of a row is made. keep: what else is stored with a claim. overtaken: a condition
    that holds where there is no more reason to send it, for the reason overtaken_by. unsearched: rows that nobody
    asks a provider about.
    """

    called: str
    table: type[Invitation] | type[DirectMessage]
    leave_out: Callable[[list[int], datetime, SendingRules], None]
    rows: Callable[[], sa.Select[*tuple[Any, ...]]]
    ready: Callable[[sa.Row[*tuple[Any, ...]]], Claimed]
    keep: Callable[[list[Claimed]], None]
    overtaken: Callable[[Claimed], sa.ColumnElement[bool]]
    overtaken_by: str
    unsearched: sa.ColumnElement[bool]


def held(post: Post, *which: sa.ColumnElement[bool]) -> list[Outgoing]:
    """The rows for which all of it holds, with nobody else changing them until the commit."""
    query = sa.select(post.table).where(*which).with_for_update().execution_options(populate_existing=True)
    # Of two tables select() can tell no more than what they have in common.
    return cast(list[Outgoing], db.session.scalars(query).all())


def leave_out(
    table: type[Invitation] | type[DirectMessage],
    ids: list[int],
    moment: datetime,
    which: sa.ColumnElement[bool],
    reason: str,
) -> None:
    """End those of these due rows for which it holds, with the reason kept."""
    db.session.execute(
        sa.update(table)
        .where(table.id.in_(ids), table.state == STATE.DUE, which)
        .values(state=STATE.NOT_SENT, reason=reason, settled_at=moment)
        .execution_options(synchronize_session=False)
    )


def leave_out_stopped(table: type[Invitation] | type[DirectMessage], ids: list[int], moment: datetime) -> None:
    """No message to a person who said stop, by any path and from any of the contact's addresses."""
    either = sa.or_(ContactPoint.address_hash == Contact.phone_hash, ContactPoint.address_hash == Contact.email_hash)
    stopped = sa.select(Contact.id).join(ContactPoint, either).where(ContactPoint.opted_out_at.is_not(None))
    mine = sa.select(table.contact_id).where(table.id.in_(ids)).scalar_subquery()
    leave_out(table, ids, moment, table.contact_id.in_(stopped.where(Contact.id.in_(mine))), "opted-out")


def hashes_of(row: sa.Row[*tuple[Any, ...]]) -> tuple[bytes, ...]:
    return tuple(address for address in (row.phone_hash, row.email_hash) if address is not None)
