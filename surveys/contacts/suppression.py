"""Stop: whichever way it was said, one row for each address's keyed hash, looked at before every send."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from surveys.contacts.models import Contact, ContactPoint, PointKind, Stop
from surveys.core.db import db, insert_into, table_of
from surveys.people.audit import record

Address = tuple[PointKind, bytes]
# A text that says START takes these back. A mailbox that complained or unsubscribed by itself has not said START.
START_UNDOES = (Stop.PAGE, Stop.REPLY, Stop.PROVIDER, Stop.OFFICER)


def opt_out(addresses: Iterable[Address], moment: datetime, how: Stop) -> int:
    """Keep a stop under each address. The first moment and way stand. Returns how many are new."""
    return mark("surveys stopped", addresses, moment, how, opted_out_at=moment, opted_out_by=how)


def mark_unusable(addresses: Iterable[Address], moment: datetime, how: Stop = Stop.PROVIDER) -> int:
    """Keep that nothing arrives there; the first moment stands. Returns how many are new."""
    return mark("address marked unusable", addresses, moment, how, unusable_at=moment)


def mark_usable(addresses: Iterable[Address], moment: datetime, how: Stop) -> int:
    """Take back that nothing arrives there, because a person knows better. Returns how many were taken back."""
    hashes = sorted({address for _, address in addresses})
    undone = db.session.scalars(
        sa.update(ContactPoint)
        .where(ContactPoint.address_hash.in_(hashes), ContactPoint.unusable_at.is_not(None))
        .values(unusable_at=None)
        .returning(ContactPoint.id)
        .execution_options(synchronize_session=False)
    )
    return tell("address usable again", undone.all(), moment, how)


def mark(action: str, addresses: Iterable[Address], moment: datetime, how: Stop, **values: datetime | Stop) -> int:
    """Write these values where the first of them is not written yet, in one statement and in one order of rows."""
    kinds = {address: kind for kind, address in addresses}
    points = [{"address_hash": address, "kind": kinds[address]} | values for address in sorted(kinds)]
    if not points:
        return 0
    unset = table_of(ContactPoint).c[next(iter(values))].is_(None)
    statement = insert_into(ContactPoint).values(points)
    statement = statement.on_conflict_do_update(index_elements=["address_hash"], set_=values, where=unset)
    return tell(action, db.session.scalars(statement.returning(table_of(ContactPoint).c.id)).all(), moment, how)


def opt_in(addresses: Iterable[Address], moment: datetime, how: Stop) -> int:
    """Take a stop back, because the person said START. Returns how many were taken back."""
    hashes = sorted({address for _, address in addresses})
    undone = db.session.scalars(
        sa.update(ContactPoint)
        .where(ContactPoint.address_hash.in_(hashes), ContactPoint.opted_out_by.in_(START_UNDOES))
        .values(opted_out_at=None, opted_out_by=None)
        .returning(ContactPoint.id)
        .execution_options(synchronize_session=False)
    )
    return tell("surveys allowed again", undone.all(), moment, how)


def tell(action: str, points: Sequence[int], moment: datetime, how: Stop) -> int:
    """Into the audit trail, by the numbers of the rows and never by an address."""
    if points:
        record(action, "points:" + ",".join(map(str, sorted(points))), at=moment, how=how.value)
    return len(points)


def addresses_of(contact_id: int) -> list[Address]:
    """Every address of a contact: a person who says stop says it for all of them."""
    row = db.session.execute(sa.select(Contact.phone_hash, Contact.email_hash).where(Contact.id == contact_id)).one()
    both = ((PointKind.PHONE, row.phone_hash), (PointKind.EMAIL, row.email_hash))
    return [(kind, address) for kind, address in both if address is not None]


def has_stopped(addresses: Iterable[Address]) -> bool:
    hashes = [address for _, address in addresses]
    stopped = sa.exists().where(ContactPoint.address_hash.in_(hashes), ContactPoint.opted_out_at.is_not(None))
    return bool(db.session.scalar(sa.select(stopped)))
