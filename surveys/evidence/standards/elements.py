"""A pack's data held against a standard, element by element: what is offered, how strong it is, and what is missing.

Nothing here says that an element is fulfilled. Strength is never raised, and lowered where the data are not there.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from surveys.evidence.figures.results import NUMBER
from surveys.evidence.files.tables import Cell, Column, Datatype, PackTable
from surveys.evidence.standards.lines import NO_VALUE, Line, Tables
from surveys.evidence.standards.offers import offer_of
from surveys.evidence.standards.reading import CSE, Element, Standard, Strength

STRENGTHS = {Strength.DIRECT: "direct", Strength.SUPPORTS: "supports", Strength.NONE: "nothing to offer"}
NOTHING = "nothing"
FEW = "it rests on fewer than 30 answers"
NO_DATA = "This pack has no data about it."
COLUMNS = (
    Column("standard", "Standard", description="cse is Customer Service Excellence", required=True),
    Column("code", "Element", required=True),
    Column("line", "Line", Datatype.INTEGER, "of the element", required=True),
    Column("paraphrase", "What it asks, paraphrased", required=True),
    Column("strength", "Strength", description="direct, supports (beside other evidence), or nothing to offer"),
    Column("offered", "Offered", description="the table of this pack, or nothing", required=True),
    Column("row", "Row of that table", description="its key; empty for the whole table"),
    Column("measure", "Measure"),
    Column("value", "Share", NUMBER, "[z] where a table is offered as a whole", share=True),
    Column("base", "Base or rows", Datatype.INTEGER),
    Column("lower", "95% interval, lower", NUMBER, share=True),
    Column("upper", "95% interval, upper", NUMBER, share=True),
    Column("missing", "Lowered or missing because"),
    Column("limit", "What it does not show"),
    Column("reference", "The council’s reference"),
    Column("note", "The council’s note"),
)


@dataclass(frozen=True)
class Judged:
    """An element with what this pack offers for it; missing: why its strength was lowered, or what is not there."""

    element: Element
    strength: Strength
    lines: tuple[Line, ...]
    missing: str


def elements_table(tables: Sequence[PackTable], standards: Iterable[Standard]) -> PackTable:
    """tables: all others of the pack. Of standards but our chief one, those that the council has spoken of."""
    by_name = {table.name: table for table in tables}
    wanted = [standard for standard in standards if standard.code == CSE or standard.spoken_of]
    return PackTable(
        name="elements",
        title="What is offered for each element of a standard",
        description="These data are offered as evidence. Whether an element is fulfilled is for the assessor to judge.",
        columns=COLUMNS,
        rows=[row for one in wanted for element in one.elements for row in rows_of(judged(element, by_name))],
        key=("standard", "code", "line"),
        notes=(
            "Paraphrases are ours or the council’s: see the standard for its own words.",
            "Direct: the data answer the element. Supports: other evidence is needed beside them. Strength is lowered "
            "where the data are missing or rest on fewer than 30 answers.",
            "Every figure here is one of the table that is named beside it.",
        ),
    )


def judged(element: Element, tables: Tables) -> Judged:
    if element.strength is Strength.NONE or not element.offered:
        return Judged(element, Strength.NONE, (), NO_DATA)
    offers = [offer_of(code, tables) for code in element.offered]
    # Two codes may name one figure, as a question and its driver do.
    lines = tuple(dict.fromkeys(line for offer in offers for line in offer.lines))
    missing = "; ".join(dict.fromkeys(offer.why for offer in offers if offer.why))
    if not lines:
        return Judged(element, Strength.NONE, (), f"Nothing to offer yet: {missing}.")
    chief = offers[0]
    if element.strength is Strength.DIRECT and (chief.gaps or all(line.few for line in chief.lines)):
        return Judged(element, Strength.SUPPORTS, lines, f"Lowered: {chief.why or FEW}.")
    return Judged(element, element.strength, lines, f"Not there: {missing}." if missing else "")


def rows_of(found: Judged) -> Iterator[tuple[Cell, ...]]:
    one, strength = found.element, STRENGTHS[found.strength]
    lines = found.lines or (Line(NOTHING, "", "", NO_VALUE),)
    for number, line in enumerate(lines, 1):
        yield (
            one.standard,
            one.code,
            number,
            one.paraphrase,
            strength,
            line.table,
            line.row,
            line.measure,
            line.value,
            line.base,
            line.lower,
            line.upper,
            found.missing,
            one.limit,
            one.reference,
            one.note,
        )
