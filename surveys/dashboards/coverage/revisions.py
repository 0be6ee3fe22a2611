"""Revisions: what late answers changed in months that were over, and what of it may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.core.csv_out import Cell
from surveys.dashboards.pages.cells import HIDDEN
from surveys.dashboards.pages.panels import number
from surveys.rates.months import Month
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS
from surveys.rates.statistics import Rate
from surveys.rates.told import MOST_REVISIONS, Revised


@dataclass(frozen=True)
class Changed:
    """(satisfied, base) before and after. Hidden where either is small, or so few came that it tells what they said.

    gives_away: shown, it would tell a part of it that is hidden.
    """

    before: tuple[int, int]
    after: tuple[int, int]
    gives_away: bool = False

    @property
    def late(self) -> int:
        return self.after[1] - self.before[1]

    @property
    def hidden(self) -> bool:
        few = min(self.before[1], self.after[1], abs(self.late)) < SMALLEST_FOR_MANAGERS
        return few or self.gives_away

    @property
    def cells(self) -> tuple[Cell, ...]:
        if self.hidden:
            return (HIDDEN,) * 4
        return (self.shares[0], self.before[1], self.shares[1], self.after[1])

    @property
    def shares(self) -> tuple[float | None, ...]:
        return tuple(number(part / base) for part, base in (self.before, self.after))

    def words(self, what: str) -> str:
        came = "1 late answer" if self.late == 1 else f"{self.late} late answers"
        came = came if self.late > 0 else "Answers that were changed or erased"
        if self.hidden:
            return f"{came} changed {what}; too few to show by how much."
        return f"{came} changed {what} from {self.shares[0]}% to {self.shares[1]}%."


def months_of(found: Sequence[Revised], now: Mapping[Month, Rate]) -> dict[Month, Changed]:
    """Each revised month as a whole, as it was before the first of its revisions and as it is now.

    Nothing where there are more revisions than were read.
    """
    if len(found) == MOST_REVISIONS:
        return {}
    changed: dict[Month, Changed] = {}
    for month in sorted({one.month for one in found}, reverse=True):
        own = [one for one in found if one.month == month]
        after = (now[month].satisfied, now[month].base) if month in now else (0, 0)
        before = (
            after[0] - sum(one.after[0] - one.before[0] for one in own),
            after[1] - sum(one.after[1] - one.before[1] for one in own),
        )
        changed[month] = Changed(before, after, is_given_away([Changed(one.before, one.after) for one in own]))
    return changed


def is_given_away(parts: Sequence[Changed]) -> bool:
    """Whether the whole less the parts that are shown is one hidden part, or fewer than five late answers."""
    hidden = [part for part in parts if part.hidden]
    return bool(hidden) and (len(hidden) == 1 or sum(abs(part.late) for part in hidden) < SMALLEST_FOR_MANAGERS)
