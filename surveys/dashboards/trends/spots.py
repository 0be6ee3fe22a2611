"""The points of a control chart as they are drawn and listed, with what stands beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from surveys.dashboards.trends.trend import Drawn, said
from surveys.rates.control import Point
from surveys.rates.months import Month
from surveys.rates.notes import Note
from surveys.rates.protection_tables import Shown

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Beside:
    """What stands beside the points: notes of people, months whose answers still come in, and ways down.

    unit: what shares are shares of.
    """

    notes: Sequence[Note] = ()
    provisional_from: Month | None = None
    link: Callable[[Month, Month], str] | None = None
    unit: str = "answers"


@dataclass(frozen=True)
class Spot:
    """One point as it is drawn and listed. months: those of its period, several where few answered in each."""

    point: Point
    months: Sequence[Month]
    shown: Shown
    link: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def day(self) -> str:
        return self.months[-1].first.isoformat()

    @property
    def label(self) -> str:
        first, last = self.months[0].label, self.months[-1].label
        return first if first == last else f"{first} to {last}"


def spots_of(found: Drawn, beside: Beside) -> list[list[Spot]]:
    """The points of each stretch, each with what may be shown of it."""
    return [[spot_of(found, point, beside) for point in chart.points] for chart in found.charts]


def spot_of(found: Drawn, point: Point, beside: Beside) -> Spot:
    months, shown = found.months(point.period), found.shown[point.period.labels]
    notes = [said(signal) for signal in point.signals] if shown.base is not None else []
    notes += sorted({found.trend.marks[month] for month in months if month in found.trend.marks})
    if beside.provisional_from and months[-1] >= beside.provisional_from:
        notes.append("[p] answers still come in")
    notes += [f"note {letter}" for letter, note in lettered(beside.notes) if note.month in months]
    link = beside.link(months[0], months[-1]) if beside.link and shown.base is not None else ""
    return Spot(point, months, shown, link, tuple(notes))


def lettered(notes: Sequence[Note]) -> list[tuple[str, Note]]:
    return [(LETTERS[place % len(LETTERS)], note) for place, note in enumerate(notes)]
