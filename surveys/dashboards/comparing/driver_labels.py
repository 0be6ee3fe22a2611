"""Where the names of points stand on a chart, so that on a phone's narrow screen too none covers another."""

from collections.abc import Sequence
from typing import NamedTuple

# On a screen of 320 pixels, in percent of the width and in points of the height of the chart of drivers.
LETTER = 4.8
HALF_LINE = 2.2
RAISED = 4.5
GAP = 4.0
LEFT_END, RIGHT_END = -6.0, 112.0
PLACES = ("middle left", "middle right", "top left", "bottom left", "top right", "bottom right")
HEIGHTS = {"middle": 0.0, "top": RAISED, "bottom": -RAISED}


class Box(NamedTuple):
    left: float
    right: float
    low: float
    high: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.low < other.high and other.low < self.high


def label_places(points: Sequence[tuple[str, float, float]]) -> list[str]:
    """A place for each (name, x, y), both from 0 to 100: all free where that can be, else each where it meets least."""
    boxes = [{place: box_of(place, len(name), x, y) for place in PLACES} for name, x, y in points]
    for reach in (RAISED, HALF_LINE / 2):
        around = others_of([Box(x - GAP / 2, x + GAP / 2, y - reach, y + reach) for _, x, y in points])
        free = [[p for p in PLACES if not crowding(own[p], o)] for own, o in zip(boxes, around, strict=True)]
        found = fitting(boxes, free, [])
        if found is not None:
            return found
    return [min(PLACES, key=lambda p: crowding(own[p], o)) for own, o in zip(boxes, around, strict=True)]


def others_of(dots: list[Box]) -> list[list[Box]]:
    return [[*dots[:at], *dots[at + 1 :]] for at in range(len(dots))]


def fitting(boxes: Sequence[dict[str, Box]], free: Sequence[list[str]], chosen: list[str]) -> list[str] | None:
    """The first choice of free places in which no two names meet; None where there is none. There are seven drivers."""
    at = len(chosen)
    if at == len(boxes):
        return chosen
    taken = [boxes[n][place] for n, place in enumerate(chosen)]
    for place in free[at]:
        if not any(boxes[at][place].meets(other) for other in taken):
            found = fitting(boxes, free, [*chosen, place])
            if found is not None:
                return found
    return None


def box_of(place: str, letters: int, x: float, y: float) -> Box:
    height, side = place.split()
    middle, width = y + HEIGHTS[height], letters * LETTER
    left = x - GAP - width if side == "left" else x + GAP
    return Box(left, left + width, middle - HALF_LINE, middle + HALF_LINE)


def crowding(box: Box, others: Sequence[Box]) -> int:
    """How much it meets; to stick out of the chart is worse than to meet another."""
    outside = box.left < LEFT_END or box.right > RIGHT_END
    return sum(box.meets(other) for other in others) + 10 * outside
