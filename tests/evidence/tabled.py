"""Makers for the tables of a pack: a period, and tallies counted from responses and contacts made by hand."""

from datetime import UTC, date, datetime

from proof.leaves import SealedDraw, SealedResponse
from surveys.core.clock import day_of
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, PackTable
from surveys.rates.months import Month

FIRST, LAST = Month(2026, 1), Month(2026, 3)
CUTOFF = datetime(2026, 5, 4, 9, tzinfo=UTC)
Row = dict[str, Cell]


def make_period(first: Month = FIRST, last: Month = LAST, cutoff_at: datetime = CUTOFF) -> PackPeriod:
    day = day_of(cutoff_at)
    return PackPeriod(first, last, 1, cutoff_at, "0" * 64, day, day)


def answer(
    tally: Tally,
    count: int = 1,
    rating: str = "very_satisfied",
    service: str = "parking",
    month: Month = LAST,
    channel: str = "phone",
    **codes: str,
) -> Tally:
    """So many residents who answered alike."""
    answers = {"overall": rating} | codes
    one = SealedResponse(month.first, service, channel, "web", "contact/1", completed=True, answers=answers)
    for _ in range(count):
        tally.add_answer(one)
    return tally


def contact(tally: Tally, count: int, service: str = "parking", day: date = LAST.first, channel: str = "phone") -> None:
    """So many contacts that were not drawn."""
    for number in range(count):
        tally.add_draw(SealedDraw(day, service, channel, "crm", f"{service}{number}", "a" * 64, 5000, "not_drawn"))


def rows(table: PackTable) -> list[Row]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def row(table: PackTable, *key: Cell) -> Row:
    """The row of this key."""
    return next(one for one in rows(table) if tuple(one[name] for name in table.key) == key)
