"""The email about cases: of each its number, kind, service and deadlines, never a resident's words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from surveys.core.clock import day_in_words
from surveys.followups.cases.models import CaseKind
from surveys.followups.cases.words import KIND_WORDS
from surveys.followups.emails.letters import Letter, Line, Section
from surveys.followups.notices.models import AlertKind

MOST_LINES = 12
HEADINGS = {
    AlertKind.URGENT: "Urgent: look now",
    AlertKind.LATE: "Past a deadline",
    AlertKind.GIVEN: "Given to you",
    AlertKind.NEW_CASE: "New cases",
}
SUBJECTS = {
    AlertKind.URGENT: ("An urgent case to look at now", "urgent cases to look at now"),
    AlertKind.LATE: ("A case past its deadline", "cases past their deadline"),
    AlertKind.GIVEN: ("A case was given to you", "cases were given to you"),
    AlertKind.NEW_CASE: ("A new case", "new cases"),
}
OPENING = (
    "Hello. Somebody must act on what residents said in a survey. Sign in to see what: no words of theirs are here."
)
URGENT_OPENING = (
    "Somebody must look now: a resident’s words may tell of harm or a threat. Nothing has been passed on to "
    "anybody yet. If somebody is in danger, call 999."
)
WHY = "You get this email because your account may handle these cases, or see urgent ones."
TO_NOTICES = ("/notices", "See all you were told of")


@dataclass(frozen=True)
class News:
    """One case that one person is told of. handles: whether they may open it; else they see urgent comments only."""

    kind: AlertKind
    case: int
    about: CaseKind
    service: str
    acknowledge_by: date
    answer_by: date
    handles: bool


def letter_for(news: Sequence[News]) -> Letter:
    """The most pressing first; a long list ends with how many more there are."""
    by_kind = {kind: [one for one in news if one.kind is kind] for kind in HEADINGS}
    found = {kind: some for kind, some in by_kind.items() if some}
    sections = tuple(Section(HEADINGS[kind], lines_of(kind, some)) for kind, some in found.items())
    opening = URGENT_OPENING if AlertKind.URGENT in found else OPENING
    return Letter(subject_of(found), opening, sections, WHY)


def subject_of(found: dict[AlertKind, list[News]]) -> str:
    """About the first kind alone, for an urgent one must not be overlooked."""
    kind, some = next(iter(found.items()))
    one, several = SUBJECTS[kind]
    cases = {news.case for news in some}
    return one if len(cases) == 1 else f"{len(cases):,} {several}"


def lines_of(kind: AlertKind, some: Sequence[News]) -> tuple[Line, ...]:
    shown = list({one.case: one for one in some}.values())
    lines = [line_of(kind, one) for one in shown[:MOST_LINES]]
    more = len(shown) - MOST_LINES
    return (*lines, Line(f"And {more:,} more.", *TO_NOTICES)) if more > 0 else tuple(lines)


def line_of(kind: AlertKind, news: News) -> Line:
    days = f"Acknowledge by {day_in_words(news.acknowledge_by)}, answer by {day_in_words(news.answer_by)}."
    words = f"Case {news.case}, {news.service}: {KIND_WORDS[news.about].lower()}. {days}"
    if not news.handles:
        return Line(words, "/comments/urgent", "See urgent comments")
    return Line(words, f"/cases/{news.case}", f"Open case {news.case}")
