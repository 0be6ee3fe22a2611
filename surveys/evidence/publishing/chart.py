"""The trend of a service as a drawing: where each point, line and word stands. Pure; the template draws it as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from surveys.evidence.publishing.quarters import Quarter
from surveys.evidence.publishing.wording import short_month_in
from surveys.rates.protection_tables import Shown

WIDTH, HEIGHT = 320, 210
LEFT, RIGHT, TOP, BOTTOM = 36, 314, 22, 168
GRID = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Point:
    """y, upper and lower are None where the figure is hidden. firm: on enough answers to be relied upon."""

    x: float
    y: float | None
    upper: float | None
    lower: float | None
    words: str
    month: str
    year: str
    firm: bool

    @property
    def words_at(self) -> float:
        """Above the interval, or in the middle where there is none."""
        return (TOP + BOTTOM) / 2 if self.upper is None else max(self.upper - 5, 10)


@dataclass(frozen=True)
class Chart:
    """grid: (height, words). lines: between neighbours of which both are shown."""

    points: tuple[Point, ...]
    lines: tuple[tuple[Point, Point], ...]
    grid: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def chart_of(trend: Sequence[tuple[Quarter, Shown]], language: str) -> Chart:
    """The oldest quarter first. What is hidden is a gap, never a guess."""
    step = (RIGHT - LEFT) / len(trend)
    points: list[Point] = []
    for place, (quarter, shown) in enumerate(trend):
        year = quarter.first.first.strftime("%Y") if place == 0 or quarter.first.month == 1 else ""
        points.append(point_of(LEFT + step * (place + 0.5), shown, short_month_in(language, quarter.first), year))
    lines = tuple((one, other) for one, other in pairwise(points) if one.y is not None and other.y is not None)
    return Chart(tuple(points), lines, tuple((height_of(part / 100), f"{part}%") for part in GRID))


def point_of(x: float, shown: Shown, month: str, year: str) -> Point:
    x = round(x, 1)
    if shown.share is None or shown.interval is None:
        return Point(x, None, None, None, "[c]", month, year, firm=False)
    upper, lower = height_of(shown.interval.upper), height_of(shown.interval.lower)
    words = f"{round(100 * shown.share)}%"
    return Point(x, height_of(shown.share), upper, lower, words, month, year, firm=shown.reliable)


def height_of(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)
