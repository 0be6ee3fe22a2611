"""What gives rise to an improvement, and what its form begins with: some cases, a theme, a signal, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.texts.reach import Reach
from surveys.comments.themes.queries import read_themes
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.core.refusals import NotFound, Refused
from surveys.followups.cases.causes import cause_words, causes
from surveys.followups.cases.models import Case
from surveys.followups.cases.moves import OTHER_CAUSE
from surveys.followups.emails.models import SignalTold
from surveys.followups.improvements.models import CameFrom
from surveys.rates.months import Month
from surveys.rates.protection_rules import too_small_for_managers
from surveys.rates.protection_tables import Counts
from surveys.rates.series import Series, words_of
from surveys.rates.signals import Rule
from surveys.rates.words import percent

MOST_CASES = 100
# A theme's share is of the last so many months that are over.
SHARE_MONTHS = 3
SIGNAL_MONTHS, MOST_SIGNALS = 6, 10
# Which way a signal went is not kept; its chart shows it.
RULE_WORDS = {
    Rule.BEYOND_LIMITS: "outside its usual range",
    Rule.SHIFT: "on one side of its middle for 8 months or more",
    Rule.TREND: "rising or falling for 6 months or more",
    Rule.TWO_OF_THREE: "near a limit again",
}
Granted = frozenset[int] | None
One = TypeVar("One")


@dataclass(frozen=True)
class Source:
    """Where an improvement comes from. words: about it, above the form."""

    came_from: CameFrom
    words: str
    series: Series
    title: str = ""
    theme: str | None = None
    signal_id: int | None = None
    cases: tuple[int, ...] = ()


@dataclass(frozen=True)
class Named:
    """What an address names."""

    cases: Sequence[int] = ()
    theme: str = ""
    service: int | None = None
    signal: int | None = None


def source_of(named: Named, granted: Granted, today: date) -> Source:
    """What the form begins with. Raises NotFound for what there is not, or is outside what was granted."""
    cases, theme, service, signal = named.cases, named.theme, named.service, named.signal
    if cases:
        return from_cases(cases, granted)
    if signal is not None:
        return from_signal(signal, granted)
    if service is not None and not Series(service).within(granted):
        raise NotFound("There is no such service, or it is one that your account does not cover.")
    if theme:
        return from_theme(theme, Series(service), today)
    return Source(CameFrom.OTHER, "", Series(service))


def from_cases(numbers: Sequence[int], granted: Granted) -> Source:
    wanted = sorted(set(numbers))
    if len(wanted) > MOST_CASES:
        raise Refused(f"Choose {MOST_CASES} cases or fewer.")
    query = sa.select(Case.id, Case.service_id, Case.channel, Case.cause).where(Case.id.in_(wanted))
    rows = db.session.execute(query).all()
    if len(rows) < len(wanted) or not all(Series(row.service_id).within(granted) for row in rows):
        raise NotFound("One of these cases does not exist, or is about a service that your account does not cover.")
    service, channel = common([row.service_id for row in rows]), common([row.channel for row in rows])
    return Source(
        CameFrom.CASES,
        "From case " + str(wanted[0]) if len(wanted) == 1 else "From cases " + ", ".join(map(str, wanted)),
        Series(service, channel),
        title=cause_title(common([row.cause for row in rows])),
        cases=tuple(wanted),
    )


def common(values: Sequence[One]) -> One | None:
    """What they all are, where they are all the same."""
    return values[0] if len(set(values)) == 1 else None


@dataclass(frozen=True)
class ToldSignal:
    """A signal of a control chart that was told: its number and what it says."""

    id: int
    words: str


def recent_signals(granted: Granted, names: Mapping[int, str], today: date) -> list[ToldSignal]:
    """Those of the last months, the newest first, that an improvement may start from."""
    s = SignalTold
    query = sa.select(s).where(s.month >= Month.of(today).plus(-SIGNAL_MONTHS).first)
    if granted is not None:
        query = query.where(s.service_id.in_(granted))
    rows = db.session.scalars(query.order_by(s.month.desc(), s.id.desc()).limit(MOST_SIGNALS))
    return [ToldSignal(row.id, told_words(row, names)) for row in rows]


def told_words(row: SignalTold, names: Mapping[int, str]) -> str:
    about = words_of(Series(row.service_id, row.channel), dict(names))
    return f"{about}: {RULE_WORDS[Rule(row.rule)]} in {Month.of(row.month).label}"


def cause_title(cause: str | None) -> str:
    """ "" where nobody said a cause, or one that says nothing."""
    return "" if cause == OTHER_CAUSE else cause_words(cause, causes(frame_in_force()))


def from_signal(number: int, granted: Granted) -> Source:
    found = db.session.get(SignalTold, number)
    if found is None or not Series(found.service_id, found.channel).within(granted):
        raise NotFound("There is no such signal, or it is about a service that your account does not cover.")
    series, month = Series(found.service_id, found.channel), Month.of(found.month)
    return Source(CameFrom.SIGNAL, f"From a signal of the control chart in {month.label}", series, signal_id=found.id)


def from_theme(theme: str, series: Series, today: date) -> Source:
    """The share that is kept is read again, for the service that is chosen in the form."""
    label = label_of(theme)
    found = share_of_comments(theme, series, today) if series.service is not None else None
    share = f": {percent(found[0] / found[1])} of {found[1]:,} in the last {SHARE_MONTHS} whole months" if found else ""
    return Source(CameFrom.THEME, f"From comments about {label.lower()}{share}", series, title=label, theme=theme)


def label_of(theme: str) -> str:
    """What people read for a topic. Raises NotFound where there is none of this name."""
    label = next((one.label for one in frame_in_force().labels if one.name == theme), None)
    if label is None:
        raise NotFound("There is no such theme.")
    return label


def share_of_comments(theme: str, series: Series, today: date) -> tuple[int, int] | None:
    """(comments about it, of all that were classified) in the last three months that are over.

    None where so few wrote that the share is of one or two of them.
    """
    last = Month.of(today).plus(-1)
    first = last.plus(1 - SHARE_MONTHS)
    services = None if series.service is None else frozenset({series.service})
    channels: frozenset[Channel] | None = None if series.channel is None else frozenset({series.channel})
    themes, _ = read_themes(Reach(first.first, last.last, services, channels), first.first)
    count, base = themes.of(theme), themes.base
    return None if not base or too_small_for_managers(Counts(count, base, base)) else (count, base)
