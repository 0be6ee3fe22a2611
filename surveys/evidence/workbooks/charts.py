"""The charts of the workbooks: what each says, and the table it is drawn from. Pure.

Hidden figures are left out, never drawn as nought.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from proof.folder import Field
from proof.shown import formatted
from surveys.evidence.chapters.content import PackContent
from surveys.evidence.figures.results import MONTH, NUMBER, SERVICE
from surveys.evidence.files.tables import Cell, Column, PackTable
from surveys.rates.months import Month

NAME = Column("name", "Service name", required=True)
POINT = Column("point", "Point", required=True)
SHARE = Column("share", "Share satisfied", NUMBER, share=True)
LOWER = Column("lower", "95% interval, lower", NUMBER, share=True)
UPPER = Column("upper", "95% interval, upper", NUMBER, share=True)
BELOW = Column("below", "From the share down to the lower end", NUMBER, share=True)
ABOVE = Column("above", "From the share up to the upper end", NUMBER, share=True)
CENTRE = Column("centre", "Middle", NUMBER, share=True)
FROM = Column("lower_limit", "Usual from", NUMBER, share=True)
TO = Column("upper_limit", "Usual to", NUMBER, share=True)
PLACES = 6
MEASURE = "Share of residents who were very or fairly satisfied, of those drawn who answered"


class Kind(StrEnum):
    BARS = "bars with intervals"
    LINES = "lines"


@dataclass(frozen=True)
class Chart:
    """lines: which columns of its table are drawn; for bars the first alone. words: its alternative text."""

    kind: Kind
    headline: str
    statement: str
    words: str
    table: PackTable
    lines: tuple[Column, ...]


def charts_of(content: PackContent) -> list[Chart]:
    return [chart for chart in (services_chart(content), months_chart(content)) if chart is not None]


def services_chart(content: PackContent) -> Chart | None:
    """The lowest share first, so that nobody has to look for what is wrong."""
    found = [row for row in rows_of(content.table("results"), "service") if isinstance(row["share"], float)]
    found.sort(key=lambda row: (number(row["share"]), str(row["service"])))
    if not found:
        return None
    rows = [service_row(content, row) for row in found]
    lowest, highest = rows[0], rows[-1]
    headline = f"{percent(highest[2])} were satisfied with {highest[0]}"
    if len(rows) > 1:
        headline = f"From {percent(lowest[2])} ({lowest[0]}) to {percent(highest[2])} ({highest[0]}) were satisfied"
    statement = f"{MEASURE}, by service, with 95% intervals, {content.period.label}."
    table = PackTable(
        name="chart_services",
        title="Figures of the chart: satisfaction by service",
        description="From the table results. The lowest share comes first.",
        columns=(NAME, SERVICE, SHARE, LOWER, UPPER, BELOW, ABOVE),
        rows=rows,
        key=("service",),
        notes=("Services whose figures are hidden are left out.",),
    )
    words = ". ".join(f"{row[0]} {percent(row[2])}, interval {percent(row[3])} to {percent(row[4])}" for row in rows)
    return Chart(Kind.BARS, headline, statement, f"Bar chart. {words}.", table, (SHARE,))


def service_row(content: PackContent, row: Mapping[str, Cell]) -> tuple[Cell, ...]:
    share, lower, upper = (number(row[name]) for name in ("share", "lower", "upper"))
    named = content.services.get(str(row["service"]), str(row["service"]))
    return named, row["service"], share, lower, upper, round(share - lower, PLACES), round(upper - share, PLACES)


def months_chart(content: PackContent) -> Chart | None:
    """By the control chart of the whole where there is one, else by the months of the period alone."""
    trend = next((table for table in content.tables if table.name == "trend"), None)
    source, drawn = trend or content.table("results"), (SHARE, CENTRE, FROM, TO) if trend else (SHARE,)
    found = rows_of(source, "whole" if trend else "month")
    told = [(months_of(row), percent(row["share"])) for row in found if drawable(row["share"]) is not None]
    if not told:
        return None
    rows = [(months_of(row, "%b %Y"), row["month"], *(drawable(row[line.name]) for line in drawn)) for row in found]
    lines = tuple(line for place, line in enumerate(drawn, 2) if any(row[place] is not None for row in rows))
    (first, before), (last, share) = told[0], told[-1]
    table = PackTable(
        name="chart_months",
        title="Figures of the chart: satisfaction by month",
        description=f"From the table {source.name}, all services and channels together.",
        columns=(POINT, MONTH, *drawn),
        rows=rows,
        key=("month",),
        notes=("An empty cell is a figure that is hidden or does not apply: the line has a gap there.",),
    )
    several = len(told) > 1
    headline = f"{share} were satisfied in {last}" + (f", and {before} in {first}" if several else "")
    statement = f"{MEASURE}, by month, {f'{first} to {last}' if several else last}."
    words = "Line chart. " + ", ".join(f"{month} {percent}" for month, percent in told) + "."
    return Chart(Kind.LINES, headline, statement, words, table, lines)


def months_of(row: Mapping[str, Cell], written: str = "%B %Y") -> str:
    """A point may stand for several months that had few answers."""
    ends = (str(row["month"]), str(row.get("to_month") or row["month"]))
    first, last = (f"{Month.read(end).first:{written}}" for end in ends)
    return first if first == last else f"{first} to {last}"


def rows_of(table: PackTable, level: str) -> list[Mapping[str, Cell]]:
    names = [column.name for column in table.columns]
    return [row for row in (dict(zip(names, cells, strict=True)) for cells in table.rows) if row["level"] == level]


def drawable(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None


def number(cell: Cell) -> float:
    if not isinstance(cell, int | float):
        raise TypeError("a mark is no number to draw")
    return float(cell)


def percent(cell: Cell) -> str:
    """As the cover page writes it."""
    return formatted(str(cell), Field("share", "", NUMBER.value, True))
