"""What happened to a case, in plain words. Pure."""

from surveys.followups.cases.models import CaseEventKind, CaseState
from surveys.followups.cases.page import Happened
from surveys.followups.cases.words import OUTCOME_WORDS

KIND = CaseEventKind
MOVED_WORDS = {
    CaseState.NEW: "put it back among the new ones",
    CaseState.ACKNOWLEDGED: "acknowledged it",
    CaseState.WAITING: "let it wait",
    CaseState.ANSWERED: "marked it as answered",
    CaseState.HANDED_OVER: "handed it over",
    CaseState.CLOSED: "closed it",
}
DONE_WORDS = {
    KIND.NOTED: "wrote a note",
    KIND.CALLED: "logged a call",
    KIND.WRITTEN: "wrote to the resident",
    KIND.LOOKED: "looked up how to reach the resident",
    KIND.REOPENED: "opened it again",
    KIND.HANDED_OVER: "handed it over to the complaints system",
}
# What nobody did by hand.
BY_ITSELF_WORDS = {
    KIND.OPENED: "Opened",
    KIND.CONSENTED: "The resident asked to be contacted",
    KIND.TAKEN_BACK: "The resident no longer wants to be contacted",
    KIND.ESCALATED: "Ran past its deadline, and those who handle it were told",
    KIND.ERASED: "The resident had what was held on them erased",
}


def in_words(event: Happened) -> str:
    """One sentence without a full stop: "Ann Smith acknowledged it". The words somebody wrote stand apart from it."""
    if event.kind in BY_ITSELF_WORDS:
        return BY_ITSELF_WORDS[event.kind]
    return f"{event.by or 'The program'} {done(event)}"


def done(event: Happened) -> str:
    if event.kind is KIND.GIVEN:
        return given(event)
    if event.kind is KIND.MOVED and event.to_state is not None:
        outcome = f": {OUTCOME_WORDS[event.outcome].lower()}" if event.outcome else ""
        return MOVED_WORDS[event.to_state] + outcome
    return DONE_WORDS.get(event.kind, "changed it")


def given(event: Happened) -> str:
    if event.given_to_id is None:
        return "gave it back, so that nobody has it"
    return "took it" if event.given_to_id == event.by_id else f"gave it to {event.given_to or 'somebody'}"
