"""What may be done to a case in which state, and what each act asks for. Pure: values in, value out."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from surveys.core.refusals import Conflict, Refused
from surveys.followups.cases.models import MOVES, OPEN, CaseOutcome, CaseState

MOST_CHARACTERS = 2000
# A cause that is no topic of the code frame.
OTHER_CAUSE = "other"
NOT_NOW = "This cannot be done to the case as it stands now."


class NotFilledIn(Refused):
    """Something the form asks for is missing: field says where."""

    def __init__(self, field_name: str, words: str) -> None:
        super().__init__(words)
        self.field = field_name


class Act(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    WAIT = "wait"
    ANSWER = "answer"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    REOPEN = "reopen"


LEADS_TO = {
    Act.ACKNOWLEDGE: CaseState.ACKNOWLEDGED,
    Act.WAIT: CaseState.WAITING,
    Act.ANSWER: CaseState.ANSWERED,
    Act.HAND_OVER: CaseState.HANDED_OVER,
    Act.CLOSE: CaseState.CLOSED,
    Act.REOPEN: CaseState.ACKNOWLEDGED,
}
# What an act in words asks for; the others say enough by themselves.
ASKS_FOR_WORDS = {
    Act.WAIT: "Enter what you wait for, and whom",
    Act.ANSWER: "Enter how it was answered, or write to the resident or log a call first",
    Act.CLOSE: "Enter what came of it",
    Act.REOPEN: "Enter why it is opened again",
}


@dataclass(frozen=True)
class Standing:
    """What of a case its next move depends on. reached: somebody wrote or spoke to them since it was (re)opened.

    reference: the complaints system's number; delivered: it went there by webhook.
    """

    state: CaseState = CaseState.NEW
    outcome: CaseOutcome | None = None
    cause: str | None = None
    reached: bool = False
    reference: str | None = None
    delivered: bool = False


@dataclass(frozen=True)
class Step:
    """One act as somebody asks for it; outcome is checked here, so it comes as it was typed."""

    act: Act
    words: str = field(default="", repr=False)
    outcome: str = ""
    cause: str = ""
    reference: str = ""
    delivered: bool = False


def acts_now(state: CaseState) -> list[Act]:
    """What the table of moves allows: back to acknowledged is to reopen, once nothing was left to do."""
    reopens = state not in OPEN
    return [
        act
        for act in Act
        if LEADS_TO[act] in MOVES[state]
        and (act is Act.REOPEN) == (reopens and LEADS_TO[act] is CaseState.ACKNOWLEDGED)
    ]


def after(standing: Standing, step: Step) -> Standing:
    """How the case stands after the act. Raises Conflict where it is not possible now, NotFilledIn where it lacks
    something."""
    if step.act not in acts_now(standing.state):
        raise Conflict(NOT_NOW)
    done = replace(standing, state=LEADS_TO[step.act])
    if step.act is Act.REOPEN:
        done = replace(done, outcome=None, reached=False)
    elif step.act is Act.CLOSE:
        done = replace(done, outcome=outcome_of(step), cause=cause_of(step))
    elif step.act is Act.HAND_OVER:
        done = handed_over(done, step)
    # Last, as on the page: what is missing is told in the order of the form.
    check_words(standing, step)
    return done


def check_words(standing: Standing, step: Step) -> None:
    asked = ASKS_FOR_WORDS.get(step.act)
    if asked and not says_something(step.words) and not (step.act is Act.ANSWER and standing.reached):
        raise NotFilledIn("words", asked)
    check_length(step.words)


def says_something(words: str) -> bool:
    return any(character.isalnum() for character in words)


def check_length(words: str) -> None:
    if len(words) > MOST_CHARACTERS:
        raise NotFilledIn("words", f"Words must be {MOST_CHARACTERS:,} characters or less")


def outcome_of(step: Step) -> CaseOutcome:
    if step.outcome not in list(CaseOutcome):
        raise NotFilledIn("outcome", "Select what came of it")
    return CaseOutcome(step.outcome)


def cause_of(step: Step) -> str:
    if not step.cause:
        raise NotFilledIn("cause", "Select what caused it")
    return step.cause


def handed_over(standing: Standing, step: Step) -> Standing:
    """The complaints system must have it: by its number there, or by a delivery."""
    reference = step.reference.strip()
    if not reference and not step.delivered:
        raise NotFilledIn("reference", "Enter the number that the case has in the complaints system")
    delivered = standing.delivered or step.delivered
    return replace(standing, reference=reference or standing.reference, delivered=delivered)
