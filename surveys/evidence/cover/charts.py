"""Charts of the cover page as numbers that a template draws: dots with intervals, and months. Pure.

Colours and rules are those of the Government Analysis Function; all axes run from 0% to 100%.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from surveys.evidence.cover.cells import Line
from surveys.rates.statistics import LOW_BASE

LEFT, PLOT, RIGHT = 200, 360, 110
ROW, TOP, FOOT = 30, 12, 34
# Of months: the height, where the first begins, and how wide all are, so that a figure fits beside the last.
HEIGHT, BEGINS, BAND = 220, 50, 585
TICKS = (0, 20, 40, 60, 80, 100)


@dataclass(frozen=True)
class Mark:
    """One dot or point with its interval, in units of the drawing. hollow: too few answers to be relied upon."""

    name: str
    x: float
    y: float
    low: float
    high: float
    line: Line
    hollow: bool
    signal: bool = False


@dataclass(frozen=True)
class Axis:
    place: float
    words: str


@dataclass(frozen=True)
class Chart:
    """title says what it shows, words what is to be seen in it."""

    key: str
    title: str
    words: str
    width: int
    height: int
    ticks: tuple[Axis, ...]
    marks: tuple[Mark, ...]
    middles: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def drawable(line: Line) -> bool:
    return all(line.number(name) is not None for name in ("share", "lower", "upper"))


def at(share: float) -> float:
    return round(LEFT + share * PLOT, 1)


def dots(key: str, title: str, words: str, lines: Iterable[Line], name: Callable[[Line], str]) -> Chart | None:
    """One row a line, in their order; None where fewer than two can be drawn."""
    found = list(lines)
    marks = [line for line in found if drawable(line)]
    if len(marks) < 2:
        return None
    return Chart(
        key=key,
        title=title,
        words=words,
        width=LEFT + PLOT + RIGHT,
        height=TOP + ROW * len(marks) + FOOT,
        ticks=tuple(Axis(at(tick / 100), f"{tick}%") for tick in TICKS),
        marks=tuple(dot(line, name(line), TOP + ROW * number + ROW / 2) for number, line in enumerate(marks)),
        missing=tuple(name(line) for line in found if not drawable(line)),
    )


def dot(line: Line, name: str, y: float) -> Mark:
    share, lower, upper = (line.number(column) or 0.0 for column in ("share", "lower", "upper"))
    return Mark(name, at(share), y, at(lower), at(upper), line, is_thin(line))


def is_thin(line: Line) -> bool:
    base = line.number("base")
    return base is not None and base < LOW_BASE


@dataclass(frozen=True)
class Columns:
    """What a table of months calls its cells; those it does not have are empty."""

    middle: str = ""
    lower: str = ""
    upper: str = ""
    signal: str = ""


def months(
    key: str, title: str, words: str, lines: Sequence[Line], name: Callable[[Line], str], columns: Columns
) -> Chart | None:
    """Points from left to right. A month without a figure is a gap, never bridged."""
    drawn = [line for line in lines if line.number("share") is not None]
    if len(drawn) < 2:
        return None
    step = BAND / len(lines)
    marks = tuple(
        point(line, name(line), round(BEGINS + step * (number + 0.5), 1), columns)
        for number, line in enumerate(lines)
        if line.number("share") is not None
    )
    places = {mark.line.value("month"): mark.x for mark in marks}
    return Chart(
        key=key,
        title=title,
        words=words,
        width=LEFT + PLOT + RIGHT,
        height=TOP + HEIGHT + 52,
        ticks=tuple(Axis(up(tick / 100), f"{tick}%") for tick in TICKS),
        marks=marks,
        middles=paths(drawn, columns.middle, places, step),
        limits=limits(drawn, columns, places, step),
        missing=tuple(name(line) for line in lines if line.number("share") is None),
    )


def up(share: float) -> float:
    return round(TOP + (1 - share) * HEIGHT, 1)


def point(line: Line, name: str, x: float, columns: Columns) -> Mark:
    """Of a control chart without an interval of its own: its limits are drawn as paths."""
    share = line.number("share") or 0.0
    ends = (share, share) if columns.middle else (line.number(columns.lower), line.number(columns.upper))
    low, high = (up(share if end is None else end) for end in ends)
    told = bool(columns.signal and line.value(columns.signal))
    return Mark(name, x, up(share), low, high, line, hollow=False, signal=told)


def limits(lines: Sequence[Line], columns: Columns, places: dict[str, float], step: float) -> tuple[str, ...]:
    if not columns.middle:
        return ()
    return (*paths(lines, columns.lower, places, step), *paths(lines, columns.upper, places, step))


def paths(lines: Sequence[Line], column: str, places: dict[str, float], step: float) -> tuple[str, ...]:
    """A level stroke over each month that has this limit."""
    if not column:
        return ()
    found = ((places[line.value("month")], line.number(column)) for line in lines)
    half = step / 2
    return tuple(f"M{round(x - half, 1)} {up(level)}H{round(x + half, 1)}" for x, level in found if level is not None)
