"""What a draft hides and why, in words for staff. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.evidence.figures.results import ALL
from surveys.evidence.publishing.counts import Counted
from surveys.evidence.publishing.published import Figures, Issue
from surveys.evidence.publishing.tables import name_of
from surveys.evidence.publishing.wording import OWN_WORDS
from surveys.questionnaires.languages import DEFAULT
from surveys.rates.months import Month
from surveys.rates.protection_rules import SMALLEST_PUBLISHED, too_small_to_publish
from surveys.rates.protection_tables import Counts, Key

FEW = f"fewer than {SMALLEST_PUBLISHED} people"
ALIKE = "fewer than 30 people, and all said alike"
DIFFERENCE = "a hidden figure could be worked out from it"
BEFORE = "hidden, or not there, in an earlier version"


@dataclass(frozen=True)
class Hidden:
    """One figure that nobody outside will see."""

    what: str
    why: str


def hidden_of(issue: Issue, counted: Counted) -> list[Hidden]:
    """counted: what stands behind the version."""
    figures, version = issue.figures, issue.version
    rates = [
        Hidden(rate_name(figures, key), why(version, counted.rates.cells.get(key)))
        for key, shown in figures.rates.shown.items()
        if shown.base is None
    ]
    contacts = [
        Hidden(contacts_name(figures, key), why(version, counted.funnel.cells.get(key)))
        for key, shown in figures.funnel.shown.items()
        if shown.base is None
    ]
    return rates + contacts


def why(version: int, counts: Counts | None) -> str:
    if counts is None or counts.base < SMALLEST_PUBLISHED:
        return FEW
    if too_small_to_publish(counts):
        return ALIKE
    return DIFFERENCE if version == 1 else BEFORE


def rate_name(figures: Figures, key: Key) -> str:
    return ", ".join(parts_of(figures, key))


def parts_of(figures: Figures, key: Key) -> Iterator[str]:
    service, channel, month = key
    yield name_of(figures, service)
    if channel != ALL:
        yield Channel(channel).label.lower()
    if month != ALL:
        yield Month.read(month).label


def contacts_name(figures: Figures, key: Key) -> str:
    service, stage = key
    told = "all contacts" if stage == ALL else OWN_WORDS[DEFAULT][stage]
    return f"{name_of(figures, service)}, contacts: {told}"
