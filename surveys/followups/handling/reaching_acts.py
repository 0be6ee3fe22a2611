"""Reaching the resident behind a case: writing, looking up how, logging a call. Each in the caller's transaction.

The case is held meanwhile, and whether it may be is looked at again under that. None of it changes the case's edition:
it only adds to its history.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from surveys.answers.models import Response
from surveys.contacts.models import Contact, PointKind, Stop
from surveys.contacts.suppression import mark_unusable, mark_usable
from surveys.core.clock import in_words
from surveys.core.db import db
from surveys.core.refusals import Conflict
from surveys.followups.cases.history import add_event, held_case, was_sent_before
from surveys.followups.cases.models import Case, CaseEventKind
from surveys.followups.cases.moves import NotFilledIn, check_length, says_something
from surveys.followups.handling.reaching import NO_CONSENT, may_reach, standing
from surveys.followups.rules.conditions import said_yes
from surveys.invitations.direct import put_into_outbox
from surveys.messaging.hours import Hours
from surveys.messaging.models import Medium
from surveys.people.audit import record

Granted = frozenset[int] | None
NOT_MARKED = "Nobody has logged that this number is wrong, or somebody has taken it back meanwhile."
TAKEN_BACK = "The number is right after all, and may be texted again."
NOT_BY_THIS = "The resident cannot be reached that way any more. Open the case again to see how."


class CallOutcome(StrEnum):
    SPOKE = "spoke"
    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"


CALL_WORDS = {
    CallOutcome.SPOKE: "Spoke to them",
    CallOutcome.NO_ANSWER: "No answer",
    CallOutcome.LEFT_MESSAGE: "Left a message",
    CallOutcome.WRONG_NUMBER: "Wrong number",
}


@dataclass(frozen=True)
class Letter:
    """A message as somebody wrote it and the previewed whole was seen. subject is "" for a text."""

    medium: Medium
    subject: str = field(repr=False)
    words: str = field(repr=False)
    once: bytes = field(repr=False)


@dataclass(frozen=True)
class Address:
    """How to reach them, for one look."""

    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)


@dataclass(frozen=True)
class Call:
    """A call that somebody made. outcome is checked here, so it comes as it was selected."""

    at: datetime
    outcome: str
    words: str = field(repr=False)
    once: bytes = field(repr=False)


def write_to(
    number: int, services: Granted, letter: Letter, hours: Hours | None, user_id: int, moment: datetime
) -> None:
    """Put it into the outbox, and its number into the history. The same form sent twice is one message."""
    case = held_case(number, services)
    if was_sent_before(letter.once):
        return
    allowed = may_reach(standing(number, services))
    if allowed.why_not or case.contact_id is None:
        raise Conflict(allowed.why_not)
    if not says_yes(case):
        raise Conflict(NO_CONSENT)
    if letter.medium not in allowed.media:
        raise Conflict(NOT_BY_THIS)
    message = put_into_outbox(
        case.contact_id, letter.medium, letter.subject, letter.words, letter.once, user_id, moment, hours
    )
    add_event(case, CaseEventKind.WRITTEN, moment, user_id, message_id=message, once=letter.once)
    tell("resident written to", case, user_id, moment, medium=letter.medium.value, message=message)


def says_yes(case: Case) -> bool:
    """Whether the answer still is that we may: a case follows its answer within the hour, and a message would leave."""
    return bool(db.session.scalar(sa.select(said_yes()).select_from(Response).where(Response.id == case.response_id)))


def look_up(number: int, services: Granted, user_id: int, moment: datetime) -> Address:
    """The address, once, and who looked at it in the history and the audit trail."""
    case = held_reachable(number, services)
    query = sa.select(Contact.phone, Contact.email).where(Contact.id == case.contact_id)
    address = Address(*db.session.execute(query).one())
    add_event(case, CaseEventKind.LOOKED, moment, user_id)
    tell("resident's address looked up", case, user_id, moment)
    return address


def log_call(number: int, services: Granted, call: Call, user_id: int, moment: datetime) -> None:
    """Keep when it was and what came of it. A number that is somebody else's is texted no more."""
    held_case(number, services)
    if was_sent_before(call.once):
        return
    case = held_reachable(number, services)
    outcome, words = checked(call, case.opened_at, moment)
    told = f"{CALL_WORDS[outcome]}, {in_words(call.at)}."
    kept = {"words": f"{told}\n{words}".strip(), "reached": outcome is CallOutcome.SPOKE, "once": call.once}
    add_event(case, CaseEventKind.CALLED, moment, user_id, **kept)
    if outcome is CallOutcome.WRONG_NUMBER:
        phone = db.session.scalar(sa.select(Contact.phone_hash).where(Contact.id == case.contact_id))
        mark_unusable([(PointKind.PHONE, phone)] if phone else [], moment, Stop.OFFICER)
    tell("resident called", case, user_id, moment, outcome=outcome.value)


def take_back_wrong_number(
    number: int, services: Granted, reason: str, once: bytes, user_id: int, moment: datetime
) -> None:
    """The number is the resident's after all, and may be texted again. Why stands in the case's history alone."""
    held_case(number, services)
    if was_sent_before(once):
        return
    case = held_reachable(number, services)
    if standing(number, services).wrong_since is None:
        raise Conflict(NOT_MARKED)
    if not says_something(reason):
        raise NotFilledIn("words", "Enter how you know that the number is right")
    check_length(reason)
    phone = db.session.scalars(sa.select(Contact.phone_hash).where(Contact.id == case.contact_id)).one()
    add_event(case, CaseEventKind.NOTED, moment, user_id, words=f"{TAKEN_BACK}\n{reason.strip()}", once=once)
    mark_usable([(PointKind.PHONE, phone)] if phone else [], moment, Stop.OFFICER)
    tell("wrong number taken back", case, user_id, moment)


def held_reachable(number: int, services: Granted) -> Case:
    case = held_case(number, services)
    allowed = may_reach(standing(number, services))
    if not allowed.may_look:
        raise Conflict(allowed.why_not)
    return case


def checked(call: Call, opened_at: datetime, moment: datetime) -> tuple[CallOutcome, str]:
    if not opened_at.replace(second=0, microsecond=0) <= call.at <= moment:
        raise NotFilledIn("day", "Enter a day and time since this case was opened, and not in the future")
    if call.outcome not in list(CallOutcome):
        raise NotFilledIn("outcome", "Select what came of the call")
    if call.outcome == CallOutcome.SPOKE and not says_something(call.words):
        raise NotFilledIn("words", "Enter what you said and what you agreed")
    check_length(call.words)
    return CallOutcome(call.outcome), call.words.strip()


def tell(action: str, case: Case, user_id: int, moment: datetime, **codes: str | int) -> None:
    record(action, f"case:{case.id}", actor=f"user:{user_id}", at=moment, **codes)
