"""The page of one case. A form that was refused comes back with what was typed in it and what changed meanwhile."""

from typing import Any

from flask import render_template
from flask_login import current_user

from nlp.urgency.types import Urgency
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.texts.pieces import pieces_of
from surveys.comments.texts.wording import LANGUAGE_WORDS, label_words, sentiment_words
from surveys.comments.urgent.words import GUIDANCE
from surveys.core.clock import today
from surveys.followups.cases.causes import cause_words, causes
from surveys.followups.cases.history_words import in_words
from surveys.followups.cases.models import CaseKind, CaseState
from surveys.followups.cases.moves import MOST_CHARACTERS, Act, acts_now
from surveys.followups.cases.owners import owners_for
from surveys.followups.cases.page import Shown, case_numbered, happened_to, said_in, since, was_reached
from surveys.followups.cases.words import KIND_WORDS, OUTCOME_WORDS, SATISFACTION_WORDS, STATE_WORDS, due_of, next_words
from surveys.followups.handling.forms import NOBODY, Typed, new_number
from surveys.followups.handling.handing_over import handing_of
from surveys.followups.handling.reaching import reach_of
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission


def granted() -> frozenset[int] | None:
    return services_allowed(Permission.HANDLE_CASES)


def page(
    number: int, typed: Typed | None = None, error: str = "", error_field: str = "", conflict: bool = False
) -> str:
    """typed: the form that was refused, with what is wrong with it; error_field is "" where it is no field's."""
    case = case_numbered(number, granted())
    return render_template(
        "followups/case.html",
        case=case,
        typed=typed or Typed(),
        error=error,
        error_field=error_field,
        conflict=conflict,
        most=MOST_CHARACTERS,
        **what_it_is(case),
        **what_to_do(case),
        **what_happened(case, typed),
        reach=reach_of(number, granted()),
        handing=handing_of(number, granted()),
    )


def what_it_is(case: Shown) -> dict[str, Any]:
    frame = frame_in_force()
    known = causes(frame)
    return {
        "kind": KIND_WORDS[case.kind],
        "state": STATE_WORDS[case.state],
        "rating": SATISFACTION_WORDS[case.satisfaction] if case.satisfaction else "",
        "due": due_of(case.state, case.acknowledge_by, case.answer_by, today()),
        "today": today(),
        "comments": said_in(case.response_id) if case.response_id else (),
        "pieces": pieces_of,
        "languages": LANGUAGE_WORDS,
        "sentiment_words": sentiment_words,
        "name_of": lambda of, label: label_words(frame, of, label),
        "causes": known,
        "cause": cause_words(case.cause, known),
        "outcomes": OUTCOME_WORDS,
    }


def what_to_do(case: Shown) -> dict[str, Any]:
    """Only what would not be refused is offered."""
    return {
        "next_words": next_words(case.state, case.owner_id is not None, case.consent),
        "guidance": GUIDANCE[Urgency.safeguarding] if case.kind is CaseKind.SAFEGUARDING else (),
        "acts": acts_now(case.state),
        "Act": Act,
        "owners": owners_for(case.service_id),
        "nobody": NOBODY,
        "may_be_given": case.state is not CaseState.CLOSED,
        "form_number": new_number(),
        "me": current_user.id,
    }


def what_happened(case: Shown, typed: Typed | None) -> dict[str, Any]:
    events = happened_to(case.id)
    return {
        "events": events,
        "in_words": in_words,
        "meanwhile": since(events, typed.last_seen) if typed else (),
        "last_seen": events[-1].id if events else 0,
        "reached": was_reached(events),
    }
