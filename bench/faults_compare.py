"""At the end of a fault campaign: what our database says, beside what the stub's ledger has."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from bench.faults_stops import Stopped
from bench.measures import tell
from surveys.core.db import db
from surveys.core.tokens import token_for
from surveys.invitations.models import HANDED_OVER, Invitation, InvitationState
from surveys.invitations.survey_post import TOKEN_PURPOSE
from surveys.messaging.hours import Hours, may_send
from surveys.messaging.links import survey_link
from tests.stubs.ledger import Entry, Kind

# A message is on its way for as long as this after the last look at stops and hours; such are counted apart.
TOLERANCE = timedelta(seconds=1)
MOST_TOLD = 5
STATE = InvitationState
NEVER_HANDED_OVER = (STATE.DUE, STATE.NOT_SENT, STATE.REJECTED)
UNDECIDED = (STATE.DUE, STATE.CLAIMED, STATE.UNCERTAIN)
ENDS = {
    "delivered": STATE.DELIVERED,
    "undelivered": STATE.UNDELIVERED,
    "failed": STATE.UNDELIVERED,
    "bounce bounce": STATE.UNDELIVERED,
    "bounce blocked": STATE.UNDELIVERED,
    "dropped": STATE.UNDELIVERED,
}


@dataclass(frozen=True)
class Row:
    """One invitation as it stands. link: the survey's address that its message has to carry."""

    number: int
    contact: int
    state: InvitationState
    reason: str | None
    looked_for: bool
    correlation: str
    link: str


@dataclass
class Found:
    """Whatever is wrong, in words with the numbers of the rows, and never an address."""

    twice: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    after_stop: list[str] = field(default_factory=list)
    just_after_stop: list[str] = field(default_factory=list)
    in_quiet_hours: list[str] = field(default_factory=list)
    just_after_closing: list[str] = field(default_factory=list)

    def tell(self) -> None:
        for name, wrong in vars(self).items():
            for words in wrong[:MOST_TOLD]:
                tell(f"    {name.replace('_', ' ')}: {words}")


def rows(public_url: str) -> list[Row]:
    i = Invitation
    query = sa.select(i.id, i.contact_id, i.reminder_of, i.state, i.reason, i.looked_for_at).order_by(i.id)
    return [
        Row(
            row.id,
            row.contact_id,
            row.state,
            row.reason,
            row.looked_for_at is not None,
            token_for("receipts", row.id),
            f"{public_url}/s/{token_for(TOKEN_PURPOSE, row.reminder_of or row.id)}",
        )
        for row in db.session.execute(query)
    ]


def compare(all_rows: list[Row], ledger: list[Entry], stops: list[Stopped], hours: Hours) -> Found:
    """Hold each row against the messages that carry its correlation, and each message against stops and hours."""
    found = Found()
    messages = defaultdict(list)
    for entry in ledger:
        if entry.kind is Kind.MESSAGE:
            messages[entry.correlation].append(entry)
    ends = {entry.id: entry.state for entry in ledger if entry.kind is Kind.STATE}
    for row in all_rows:
        hold(row, messages.pop(row.correlation, []), ends, found)
    found.contradictions += [f"{len(strays)} messages of no invitation" for strays in messages.values()]
    after_stops(ledger, stops, found)
    in_quiet_hours(ledger, hours, found)
    return found


def hold(row: Row, taken: list[Entry], ends: dict[str, str], found: Found) -> None:
    what = f"invitation {row.number} is {row.state} ({row.reason})"
    if len(taken) > 1:
        found.twice.append(f"{what}, taken at {', '.join(entry.at for entry in taken)}")
    if row.state in UNDECIDED:
        found.lost.append(what)
    found.contradictions += [f"{what}, {words}" for words in contradictions(row, taken, ends)]


def contradictions(row: Row, taken: list[Entry], ends: dict[str, str]) -> Iterator[str]:
    if row.state in HANDED_OVER and not taken:
        yield "the ledger has no message"
    if row.state in NEVER_HANDED_OVER and taken:
        yield f"the ledger has it since {taken[0].at}"
    if any(survey_link(entry.body) != row.link for entry in taken):
        yield "its message has another's link"
    if taken and row.state in (STATE.DELIVERED, STATE.UNDELIVERED) and ENDS[ends[taken[-1].id]] is not row.state:
        yield f"in the ledger it is {ends[taken[-1].id]}"


def after_stops(ledger: list[Entry], stops: list[Stopped], found: Found) -> None:
    """Only what came after our application had answered the stop counts; a stop that nobody answered does not."""
    told = {entry.of: datetime.fromisoformat(entry.at) for entry in ledger if entry.kind is Kind.TOLD}
    first: dict[str, datetime] = {}
    for stop in stops:
        moment = stop.answered_at or told.get(stop.order)
        if moment is not None:
            first[stop.person.address] = min(moment, first.get(stop.person.address, moment))
    for entry in ledger:
        if entry.kind is Kind.MESSAGE and entry.address in first:
            late = datetime.fromisoformat(entry.at) - first[entry.address]
            if late > timedelta():
                words = f"entry {entry.order}, {late.total_seconds():.3f} s after the stop was answered"
                (found.after_stop if late > TOLERANCE else found.just_after_stop).append(words)


def in_quiet_hours(ledger: list[Entry], hours: Hours, found: Found) -> None:
    for entry in ledger:
        moment = datetime.fromisoformat(entry.at)
        if entry.kind is Kind.MESSAGE and not may_send(moment, hours):
            begun = may_send(moment - TOLERANCE, hours)
            (found.just_after_closing if begun else found.in_quiet_hours).append(f"entry {entry.order} at {entry.at}")


def answered(ledger: list[Entry], stops: list[Stopped]) -> Counter[str]:
    """How many stops our application answered, by their way."""
    told = {entry.of for entry in ledger if entry.kind is Kind.TOLD}
    return Counter(stop.way for stop in stops if stop.answered_at or stop.order in told)
