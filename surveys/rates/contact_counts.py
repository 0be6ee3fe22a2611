"""What became of the contacts of a month: the draw's outcome, and for the selected where asking them ended.

Dispositions are those of AAPOR's Standard Definitions; response_rates.py says which is which. They move by time alone
too, as links expire, so they are counted by the clock: the months that may still move every few minutes, all of them
every night.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.answers.models import Response
from surveys.contacts.models import Contact, ContactPoint, ImportBatch
from surveys.core.clock import day_of
from surveys.core.db import db, lock
from surveys.invitations.invite import LOOK_BACK
from surveys.invitations.models import Invitation, InvitationKind, InvitationState
from surveys.messaging.twilio_errors import CODES, suppress_for
from surveys.rates.models import WAITING_FOR_THE_DRAW, ContactFigure, Disposition
from surveys.rates.months import Month, month_of, months_between
from surveys.rates.page_counts import count_contact_totals
from surveys.rates.recounts import Counted
from surveys.rates.replacing import replace
from surveys.rates.set_models import ControlTotal
from surveys.sampling.models import Draw, Outcome

STATE = InvitationState
# How long a contact may still be drawn, asked and answer.
MOVES_FOR = timedelta(days=60)
LATELY = timedelta(days=2)
# No such phone or mailbox: Twilio's codes, the words of SendGrid, and the status of mail servers (RFC 3463).
NO_SUCH_ADDRESS = (*(str(code) for code in CODES if suppress_for(code) == "unusable"), "bounced", "bounce", "invalid")
NO_SUCH_MAILBOX = "5.1.%"
# The provider knows that the person had told this sender to stop.
STOPPED_BEFORE = (*(str(code) for code in CODES if suppress_for(code) == "opted_out"), "spam-reporting", "unsubscribed")
Phone, Mailbox = aliased(ContactPoint), aliased(ContactPoint)


def count_contacts(moment: datetime, everything: bool = False) -> int:
    """Count the contacts of each month that may have moved; returns how many months, or 0 where all were counted."""
    lock("roll-up")
    months = None if everything or is_empty() else [month.first for month in months_to_count(moment)]
    f = ContactFigure
    which = sa.true() if months is None else f.month.in_(months)
    replace(f, which, recounted_contacts(moment, months))
    count_contact_totals(months)
    count_loaded(months)
    return len(months or ())


def count_loaded(months: Collection[date] | None = None) -> None:
    """Count the contacts that were loaded beside each control total, so that pages need not."""
    t, c = ControlTotal, Contact
    same = (c.day == t.day, c.service_id == t.service_id, c.channel == t.channel)
    loaded = sa.select(sa.func.count()).select_from(c).where(*same).correlate(t).scalar_subquery()
    change = sa.update(t).values(loaded=loaded).where(t.loaded != loaded)
    if months is not None:
        change = change.where(sa.or_(sa.false(), *(t.day.between(m, Month.of(m).last) for m in months)))
    db.session.execute(change.execution_options(synchronize_session=False))


def is_empty() -> bool:
    return not db.session.scalar(sa.select(sa.exists().select_from(ContactFigure)))


def months_to_count(moment: datetime) -> list[Month]:
    """The last two months, and those of contacts that were loaded, drawn, asked, settled or erased lately."""
    lately = moment - LATELY
    c, i, b = Contact, Invitation, ImportBatch
    moved = sa.or_(i.expires_at > lately, i.settled_at > lately, i.erased_at > lately)
    asked = sa.select(month_of(c.day)).join(i, i.contact_id == c.id).where(moved)
    batches = sa.select(b.id).where(sa.or_(b.finished_at > lately, b.drawn_at > lately))
    loaded = sa.select(month_of(c.day)).where(c.batch_id.in_(batches))
    found = {Month.of(day) for day in db.session.scalars(sa.union(asked, loaded))}
    today = day_of(moment)
    return sorted({*found, *months_between(Month.of(today - MOVES_FOR), Month.of(today))})


def recounted_contacts(moment: datetime, months: Collection[date] | None = None) -> Counted:
    """Every contact by month, service, channel, outcome and disposition, as it stands at the moment."""
    c, d, i, r = Contact, Draw, Invitation, Response
    selected = d.outcome == Outcome.SELECTED
    outcome = sa.func.coalesce(sa.type_coerce(d.outcome, sa.String(30)), WAITING_FOR_THE_DRAW)
    each = (
        sa.select(month_of(c.day).label("month"), c.service_id, c.channel, outcome.label("outcome"))
        .add_columns(disposition(moment).label("disposition"))
        .select_from(c)
        .outerjoin(d, d.contact_id == c.id)
        .outerjoin(i, sa.and_(i.contact_id == c.id, i.kind == InvitationKind.INVITATION, selected))
        .outerjoin(r, r.invitation_id == i.id)
        .outerjoin(Phone, sa.and_(Phone.address_hash == c.phone_hash, i.id.is_not(None)))
        .outerjoin(Mailbox, sa.and_(Mailbox.address_hash == c.email_hash, i.id.is_not(None)))
    )
    if months is not None:
        each = each.where(sa.or_(sa.false(), *(c.day.between(m, Month.of(m).last) for m in months)))
    keys = each.subquery().c
    return sa.select(*keys, sa.func.count().label("count")).group_by(*keys)


def disposition(moment: datetime) -> sa.Case[str]:
    """Where asking a contact ended. Of several things that hold the first one counts."""
    d, i, r = Draw, Invitation, Response
    at = sa.literal(moment, i.expires_at.type)
    over, failed = i.expires_at <= at, i.state.in_((STATE.UNDELIVERED, STATE.REJECTED))
    is_now = Disposition
    return sa.case(
        (sa.func.coalesce(d.outcome != Outcome.SELECTED, sa.true()), is_now.NOT_ASKED.value),
        (sa.and_(i.id.is_(None), d.drawn_at > at_before(moment, LOOK_BACK)), is_now.WAITING.value),
        (i.id.is_(None), is_now.NOT_SENT.value),
        (r.completed_at.is_not(None), is_now.COMPLETE.value),
        # Whoever had their answers cut loose answered, and nobody can tell any more whether to the end.
        (sa.or_(r.satisfaction.is_not(None), sa.and_(r.id.is_(None), answered())), is_now.PARTIAL.value),
        (sa.and_(r.id.is_not(None), over), is_now.REFUSAL.value),
        (sa.and_(failed, no_such_address()), is_now.NOT_ELIGIBLE.value),
        (sa.and_(failed, i.reason.in_(STOPPED_BEFORE)), is_now.REFUSAL.value),
        (failed, is_now.UNKNOWN.value),
        (i.state == STATE.NOT_SENT, is_now.NOT_SENT.value),
        (sa.and_(i.state != STATE.DUE, stopped()), is_now.REFUSAL.value),
        (sa.not_(over), is_now.WAITING.value),
        (i.state.in_((STATE.SENT, STATE.DELIVERED)), is_now.NON_CONTACT.value),
        (i.state == STATE.DUE, is_now.NOT_SENT.value),
        else_=is_now.UNKNOWN.value,
    )


def at_before(moment: datetime, ago: timedelta) -> sa.ColumnElement[datetime]:
    return sa.literal(moment - ago, Draw.drawn_at.type)


def answered() -> sa.ColumnElement[bool]:
    return Invitation.answered_at.is_not(None)


def no_such_address() -> sa.ColumnElement[bool]:
    return sa.or_(Invitation.reason.in_(NO_SUCH_ADDRESS), Invitation.reason.like(NO_SUCH_MAILBOX))


def stopped() -> sa.ColumnElement[bool]:
    """Said stop, by whatever path, between being asked and the end of the link: later it is about something else."""
    i = Invitation
    since = sa.func.coalesce(i.claimed_at, i.sent_at)
    said = (i.erased_at, Phone.opted_out_at, Mailbox.opted_out_at)
    return sa.or_(*(sa.and_(at >= since, at <= i.expires_at) for at in said))
