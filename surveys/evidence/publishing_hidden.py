"""What a draft hides and why, in words for staff. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.evidence.publishing import Draft
from surveys.evidence.publishing_tables import name_of
from surveys.evidence.results import ALL
from surveys.evidence.results_page import STAGE_NAMES
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


def hidden_of(draft: Draft) -> list[Hidden]:
    figures, counted = draft.issue.figures, draft.counted
    rates = [
        Hidden(rate_name(draft, key), why(draft, counted.rates.cells.get(key)))
        for key, shown in figures.rates.shown.items()
        if shown.base is None
    ]
    contacts = [
        Hidden(contacts_name(draft, key), why(draft, counted.funnel.cells.get(key)))
        for key, shown in figures.funnel.shown.items()
        if shown.base is None
    ]
    return rates + contacts


def why(draft: Draft, counts: Counts | None) -> str:
    if counts is None or counts.base < SMALLEST_PUBLISHED:
        return FEW
    if too_small_to_publish(counts):
        return ALIKE
    return DIFFERENCE if draft.issue.version == 1 else BEFORE


def rate_name(draft: Draft, key: Key) -> str:
    return ", ".join(parts_of(draft, key))


def parts_of(draft: Draft, key: Key) -> Iterator[str]:
    service, channel, month = key
    yield name_of(draft.issue.figures, service)
    if channel != ALL:
        yield Channel(channel).label.lower()
    if month != ALL:
        yield Month.read(month).label


def contacts_name(draft: Draft, key: Key) -> str:
    service, stage = key
    told = "all contacts" if stage == ALL else STAGE_NAMES[stage]
    return f"{name_of(draft.issue.figures, service)}, contacts: {told}"
