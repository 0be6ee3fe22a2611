"""What people do to a case: note, give, move on, close, reopen. Each runs inside the caller's transaction.

Each but a note says which edition of the case its form showed: over a change that they have not seen nobody acts. A
note only ever adds. A form that is sent twice acts once.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.comments.labels.code_frames import frame_in_force
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.refusals import Conflict
from surveys.followups.cases.causes import causes
from surveys.followups.cases.history import add_event, held_case, was_sent_before
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseRule, CaseState
from surveys.followups.cases.moves import Act, NotFilledIn, Standing, Step, after, check_length, says_something
from surveys.followups.cases.owners import may_own
from surveys.followups.cases.working_days import add_working_days
from surveys.followups.notices.models import AlertKind
from surveys.followups.notices.telling import notify
from surveys.followups.webhooks.models import WebhookEvent
from surveys.followups.webhooks.queueing import queue_event
from surveys.messaging.hours import Nation
from surveys.people.audit import record

CHANGED = "Somebody changed this case while you had it open. Look at what changed, then decide again."
# Where the rule that opened it has gone: the days of a complaint.
USUAL_DAYS = 10
Granted = frozenset[int] | None


@dataclass(frozen=True)
class Form:
    """Where an act came from: the digest of the form it was typed in, and the edition of the case that it showed."""

    once: bytes
    edition: int


def note(number: int, services: Granted, words: str, once: bytes, user_id: int, moment: datetime) -> None:
    """Add words to the case in whatever state it is; they never stand against anybody's change."""
    case = held_case(number, services)
    if was_sent_before(once):
        return
    if not says_something(words):
        raise NotFilledIn("words", "Enter a note")
    check_length(words)
    add_event(case, CaseEventKind.NOTED, moment, user_id, words=words.strip(), once=once)
    record_act("case noted", case, user_id, moment)


def give(number: int, services: Granted, to: int | None, form: Form, user_id: int, moment: datetime) -> None:
    """Make somebody its owner, or nobody. Only who may handle cases of its service can be."""
    case = held_as_seen(number, services, form)
    if case is None:
        return
    if case.state is CaseState.CLOSED:
        raise Conflict("This case is closed. Open it again before you give it to somebody.")
    if to == case.owner_id:
        raise NotFilledIn("owner", "Select somebody else: this is how it is already")
    if to is not None and not may_own(to, case.service_id):
        raise NotFilledIn("owner", "Select somebody who may handle cases of this service")
    case.owner_id = to
    changed(case)
    add_event(case, CaseEventKind.GIVEN, moment, user_id, given_to=to, once=form.once)
    record_act("case given", case, user_id, moment, to=to)
    if to is not None and to != user_id:
        notify(AlertKind.GIVEN, [case.id], moment)


def move(number: int, services: Granted, step: Step, form: Form, user_id: int, moment: datetime) -> None:
    """Acknowledge it, let it wait, or say that it is answered."""
    case = held_as_seen(number, services, form)
    if case is None:
        return
    before, standing = case.state, after(standing_of(case), step)
    if before is CaseState.NEW and day_of(moment) <= case.answer_by:
        # What was told as late is done; of the next deadline people are told anew.
        case.escalation = 0
    case.state = standing.state
    if case.state is CaseState.ANSWERED:
        case.answered_at = moment
    changed(case)
    told = {"from_state": before, "to_state": case.state, "words": step.words.strip() or None}
    add_event(case, CaseEventKind.MOVED, moment, user_id, once=form.once, **told)
    record_act("case moved", case, user_id, moment, before=before.value, after=case.state.value)


def close(number: int, services: Granted, step: Step, form: Form, user_id: int, moment: datetime) -> None:
    """End it, with what came of it, what caused it, and a word."""
    case = held_as_seen(number, services, form)
    if case is None:
        return
    before, standing = case.state, after(standing_of(case), step)
    if standing.cause not in causes(frame_in_force()):
        raise NotFilledIn("cause", "Select what caused it")
    case.state, case.outcome, case.cause, case.closed_at = standing.state, standing.outcome, standing.cause, moment
    changed(case)
    told = {"from_state": before, "to_state": case.state, "outcome": case.outcome, "words": step.words.strip()}
    add_event(case, CaseEventKind.MOVED, moment, user_id, once=form.once, **told)
    record_act("case closed", case, user_id, moment, before=before.value, outcome=step.outcome, cause=step.cause)
    queue_event(WebhookEvent.CASE_CLOSED, [case.id], moment)


def reopen(
    number: int, services: Granted, words: str, nation: Nation, form: Form, user_id: int, moment: datetime
) -> None:
    """Begin again, with the days of its rule to answer in; what came of it before stands in its history."""
    case = held_as_seen(number, services, form)
    if case is None:
        return
    before, standing = case.state, after(standing_of(case), Step(Act.REOPEN, words))
    case.state, case.outcome, case.closed_at, case.answered_at = standing.state, None, None, None
    case.answer_by = add_working_days(day_of(moment), days_to_answer(case), nation)
    case.reopened, case.escalation = case.reopened + 1, 0
    changed(case)
    told = {"from_state": before, "to_state": case.state, "words": words.strip()}
    add_event(case, CaseEventKind.REOPENED, moment, user_id, once=form.once, **told)
    record_act("case reopened", case, user_id, moment, before=before.value, times=case.reopened)


def held_as_seen(number: int, services: Granted, form: Form) -> Case | None:
    """The case, held; None where this very form has acted already. Raises Conflict where somebody changed it since."""
    case = held_case(number, services)
    if was_sent_before(form.once):
        return None
    if case.edition != form.edition:
        raise Conflict(CHANGED)
    return case


def changed(case: Case) -> None:
    case.edition += 1


def standing_of(case: Case) -> Standing:
    """What its next move depends on. One query, over its events."""
    e = CaseEvent
    opened_again = sa.select(sa.func.max(e.id)).where(e.case_id == case.id, e.kind == CaseEventKind.REOPENED)
    since = e.id > sa.func.coalesce(opened_again.scalar_subquery(), 0)
    reaching = sa.or_(e.kind == CaseEventKind.WRITTEN, e.reached.is_(True))
    reached = db.session.scalar(sa.select(sa.exists().where(e.case_id == case.id, reaching, since)))
    return Standing(case.state, case.outcome, case.cause, bool(reached), case.complaint_reference)


def days_to_answer(case: Case) -> int:
    rule = db.session.get(CaseRule, case.rule_id) if case.rule_id else None
    return rule.answer_days if rule else USUAL_DAYS


def record_act(action: str, case: Case, user_id: int, moment: datetime, **codes: str | int | None) -> None:
    """Numbers and codes only; the words stand in the case's history, sealed."""
    record(action, f"case:{case.id}", actor=f"user:{user_id}", at=moment, **codes)
