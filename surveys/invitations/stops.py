"""A person says stop, by whatever way: no more surveys, and what staff wrote to them does not leave."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from surveys.contacts.models import Contact, Stop
from surveys.contacts.suppression import Address, opt_out
from surveys.invitations.direct import end_waiting


def stop(addresses: Iterable[Address], moment: datetime, how: Stop) -> int:
    """Keep the stop, and end the messages that wait, in one transaction. Returns how many addresses are new.

    Invitations that wait are left out when their turn comes, as whoever stopped before is.
    """
    said = list(addresses)
    hashes = [address for _, address in said]
    if hashes:
        theirs = sa.or_(Contact.phone_hash.in_(hashes), Contact.email_hash.in_(hashes))
        end_waiting(sa.select(Contact.id).where(theirs), "opted-out", moment)
    return opt_out(said, moment, how)
