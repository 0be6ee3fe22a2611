"""What cases are called on screens, in files and in emails, and their deadlines in words. Pure."""

from dataclasses import dataclass
from datetime import date

from surveys.followups.cases.models import OPEN, CaseKind, CaseOutcome, CaseState
from surveys.questionnaires.kinds import Satisfaction

KIND_WORDS = {
    CaseKind.SAFEGUARDING: "Possible safeguarding or threat",
    CaseKind.COMPLAINT: "Complaint",
    CaseKind.CONTACT_BACK: "Asked to be contacted",
    CaseKind.NOT_RESOLVED: "Not resolved",
    CaseKind.OTHER: "Other",
}
STATE_WORDS = {
    CaseState.NEW: "New",
    CaseState.ACKNOWLEDGED: "Acknowledged",
    CaseState.WAITING: "Waiting",
    CaseState.ANSWERED: "Answered",
    CaseState.HANDED_OVER: "Handed over",
    CaseState.CLOSED: "Closed",
}
OUTCOME_WORDS = {
    CaseOutcome.PUT_RIGHT: "Put right",
    CaseOutcome.EXPLAINED: "Explained",
    CaseOutcome.PASSED_ON: "Passed on to those who deal with it",
    CaseOutcome.NOT_REACHED: "The resident could not be reached",
    CaseOutcome.NOTHING_TO_DO: "Nothing to do",
}
SATISFACTION_WORDS = {
    Satisfaction.VERY_SATISFIED: "Very satisfied",
    Satisfaction.FAIRLY_SATISFIED: "Fairly satisfied",
    Satisfaction.NEITHER: "Neither satisfied nor dissatisfied",
    Satisfaction.FAIRLY_DISSATISFIED: "Fairly dissatisfied",
    Satisfaction.VERY_DISSATISFIED: "Very dissatisfied",
    Satisfaction.DO_NOT_KNOW: "I do not know",
}


@dataclass(frozen=True)
class Due:
    """What is to be done by when. days_late: whole days past the last day in time, 0 where it is in time."""

    verb: str
    by: date
    days_late: int

    def in_words(self, today: date) -> str:
        """As "Answer by Thursday 3 December, 2 days late"."""
        words = f"{self.verb} by {weekday_in_words(self.by, today)}"
        return f"{words}, {self.late_words}" if self.days_late else words

    @property
    def late_words(self) -> str:
        return "" if not self.days_late else "1 day late" if self.days_late == 1 else f"{self.days_late:,} days late"


def due_of(state: CaseState, acknowledge_by: date, answer_by: date, today: date) -> Due | None:
    """The deadline that runs; None where none does, for it is answered, handed over or closed."""
    if state not in OPEN:
        return None
    new = state is CaseState.NEW
    by = acknowledge_by if new else answer_by
    return Due("Acknowledge" if new else "Answer", by, max((today - by).days, 0))


def weekday_in_words(day: date, today: date) -> str:
    """The year only where it is not this one."""
    words = f"{day:%A} {day.day} {day:%B}"
    return words if day.year == today.year else f"{words} {day.year}"


def counted(number: int, thing: str, most: int) -> str:
    """ "3 cases"; "more than 10,000 cases" where counting stopped after `most`."""
    if number > most:
        return f"more than {most:,} {thing}s"
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def next_words(state: CaseState, owned: bool, consent: bool) -> str:
    """The one thing to do next, for whoever opens the page."""
    if state is CaseState.NEW and not owned:
        return "Take it, or give it to somebody. Then acknowledge it: that says somebody has read it and will act."
    if state is CaseState.NEW:
        return "Read it, then acknowledge it: that says you will act."
    if state in OPEN and consent:
        return "Put it right, tell the resident what you did, and mark it as answered."
    if state in OPEN:
        return (
            "Put right what can be put right. The resident did not ask to be contacted, so this is about the service."
        )
    if state is CaseState.CLOSED:
        return "Nothing is left to do. Open it again if it was not put right after all."
    return "Close it with what came of it and what caused it."
