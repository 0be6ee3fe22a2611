"""One measured figure, with the goal it is held against."""

import json
import sys
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measure:
    """goal is the most that is allowed, None where there is none."""

    name: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def holds(self) -> bool | None:
        return None if self.goal is None else self.value <= self.goal

    def as_json(self) -> str:
        shown = {"name": self.name, "value": round(self.value, 3), "unit": self.unit}
        return json.dumps(shown | {"goal": self.goal, "holds": self.holds})

    def in_words(self) -> str:
        words = f"{self.name}: {self.value:,.2f} {self.unit}"
        if self.goal is None:
            return words
        return f"{words} (goal at most {self.goal:g}: {'holds' if self.holds else 'MISSED'})"


def tell(words: str) -> None:
    """A line for people, on standard error."""
    print(words, file=sys.stderr, flush=True)


def spread(name: str, seconds: list[float]) -> float:
    """The median of the runs, told with the least and the most of them."""
    tell(f"  {name}: {median(seconds):.2f} s (from {min(seconds):.2f} to {max(seconds):.2f})")
    return median(seconds)
