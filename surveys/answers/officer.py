"""The officer's door: only whom the draw selected may be answered for, found by an exact reference and no other way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Mode, Response
from surveys.answers.opening import Opened, opened_rows, sheet_of
from surveys.answers.take_in import ByOfficer, take_in
from surveys.contacts.models import Channel, Contact
from surveys.core.clock import day_in_words, day_of
from surveys.core.db import db, table_of
from surveys.core.refusals import Conflict, NotFound, TooMany
from surveys.core.tokens import seal, seal_holds
from surveys.invitations.models import Invitation, InvitationKind
from surveys.people.audit import record, whoever
from surveys.people.models import AuditEntry, Service
from surveys.questionnaires.kinds import Given
from surveys.questionnaires.queries import published_definition
from surveys.sampling.models import Draw, Outcome

LOOKED_UP = "contact looked up for an answer"
# Enough for a pile of paper forms; too few to find out by trying who was selected.
MOST_LOOKS = 30
WITHIN = timedelta(hours=1)
TICKET = "officer entry"
UNKNOWN = "There is no contact with this reference from this source. Check both, and whether the file was loaded."
# An ask in the last 90 days counts for both of a person's contacts, whichever door the second would come by.
LEFT_OUT = {"asked-recently": "The person was asked about another contact lately, so they are not asked again yet."}


@dataclass(frozen=True)
class Entry:
    """A contact, what the draw said of it, its invitation and how far that was answered."""

    contact_id: int
    external_ref: str
    service_id: int
    service: str
    channel: Channel
    day: date
    outcome: Outcome | None
    invitation_id: int | None
    reason: str | None
    expires_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None
    entered_by: int | None
    erased_at: datetime | None

    def refusal(self, moment: datetime) -> str | None:
        """Why nobody may answer for this contact now; None where an officer may."""
        if self.outcome is None:
            return "The contact has not been drawn yet. Try again in a few minutes."
        if self.outcome is not Outcome.SELECTED:
            return "The draw did not select this contact, so nobody can answer for it. Why asked? gives the reason."
        if self.invitation_id is None or self.expires_at is None:
            return "The contact was selected, but its invitation is not made yet. Try again in a few minutes."
        if self.erased_at is not None:
            return "This person had what we hold on them erased, so nothing more is kept."
        if self.reason in LEFT_OUT:
            return LEFT_OUT[self.reason]
        if self.completed_at is not None:
            return f"This survey was already answered on {day_in_words(day_of(self.completed_at))}."
        if self.started_at is not None:
            began = day_in_words(day_of(self.started_at))
            return f"The person began to answer by themselves on {began}. Only they can finish it, by their own link."
        if moment >= self.expires_at:
            return f"This survey ended on {day_in_words(day_of(self.expires_at))}."
        return None


@dataclass(frozen=True)
class Look:
    """What became of looking for a contact: an invitation to answer, or the words that refuse it."""

    invitation_id: int | None
    refusal: str | None


def entries() -> sa.Select[Any]:
    """The rows of `Entry`."""
    c, d, i, r, s = (table_of(model).c for model in (Contact, Draw, Invitation, Response, Service))
    first = sa.and_(i.contact_id == c.id, i.kind == InvitationKind.INVITATION)
    return (
        sa.select(
            *(c.id, c.external_ref, c.service_id, s.name, c.channel, c.day, d.outcome),
            *(i.id, i.reason, i.expires_at, r.started_at, r.completed_at, r.entered_by, i.erased_at),
        )
        .select_from(table_of(Contact).join(table_of(Service), s.id == c.service_id))
        .outerjoin(table_of(Draw), d.contact_id == c.id)
        .outerjoin(table_of(Invitation), first)
        .outerjoin(table_of(Response), r.invitation_id == i.id)
    )


def find_entry(which: sa.ColumnElement[bool], services: frozenset[int] | None) -> Entry | None:
    """The one contact for which it holds, if it is of these services; None means all of them."""
    row = db.session.execute(entries().where(which)).one_or_none()
    if row is None or (services is not None and row.service_id not in services):
        return None
    return Entry(*row)


def look_up(source: str, reference: str, services: frozenset[int] | None, moment: datetime) -> Look:
    """Look for one contact, leaving an audit entry. Raises TooMany once an officer has looked too often."""
    entry = find_entry(sa.and_(Contact.source == source, Contact.external_ref == reference), services)
    refusal = entry.refusal(moment) if entry else UNKNOWN
    subject = f"contact:{entry.contact_id}" if entry else "contact:unknown"
    record(LOOKED_UP, subject, at=moment, may_be_answered=refusal is None)
    refuse_trying(moment)
    return Look(entry.invitation_id if entry and refusal is None else None, refusal)


def refuse_trying(moment: datetime) -> None:
    """Counted after the entry is written, which holds the lock of the audit trail: two looks at once both count."""
    a = AuditEntry
    mine = (a.action == LOOKED_UP, a.actor == whoever(), a.at > moment - WITHIN)
    if (db.session.scalar(sa.select(sa.func.count()).where(*mine)) or 0) > MOST_LOOKS:
        raise TooMany(f"You have looked for {MOST_LOOKS} contacts within an hour. Wait, then go on.")


def ticket_for(user_id: int, invitation_id: int) -> str:
    """What lets the officer who looked a contact up, and nobody else, go on from its number."""
    return seal(TICKET, f"{user_id}.{invitation_id}")


def admitted(invitation_id: int, ticket: str, user_id: int, services: frozenset[int] | None) -> Entry:
    """The entry behind a ticket. Raises NotFound without a ticket of this officer's own."""
    entry = None
    if seal_holds(TICKET, f"{user_id}.{invitation_id}", ticket):
        entry = find_entry(Invitation.id == invitation_id, services)
    if entry is None:
        raise NotFound("There is nothing to enter at this address. Look for the contact by its reference.")
    return entry


def open_entry(entry: Entry, moment: datetime) -> Opened:
    """The survey that the officer may fill in. Raises Conflict, with the reason, where nobody may any more."""
    if refusal := entry.refusal(moment):
        raise Conflict(refusal)
    return Opened(*db.session.execute(opened_rows().where(table_of(Invitation).c.id == entry.invitation_id)).one())


def enter(opened: Opened, given: tuple[Given, ...], language: str, by_officer: ByOfficer, at: datetime) -> int:
    """Keep the whole answer at once, by the one way in; returns the response's id. Raises Conflict where it is late."""
    if opened.expired(at):
        raise Conflict("This survey has ended.")
    sheet = sheet_of(opened, given, language, at, completes=True, mode=Mode.OFFICER, by_officer=by_officer)
    response_id = take_in(sheet, published_definition(opened.version_id))
    # Without the response's number: beside the look, it would lead from an erased person to what they answered.
    record("answer entered", "answers", at=at, heard=by_officer.heard.value)
    return response_id
