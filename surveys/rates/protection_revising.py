"""A table of a period published again, when answers have come in late."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from surveys.rates.late import reader_of
from surveys.rates.protection_publishing import hidden_counts
from surveys.rates.protection_rules import (
    HIDDEN,
    SMALLEST_PUBLISHED,
    STEP,
    for_publication,
    to_nearest_step,
    too_small_to_publish,
)
from surveys.rates.protection_secondary import Suppression
from surveys.rates.protection_tables import Key, Mark, ProtectedTable, Shown, Table, lines_of
from surveys.rates.protection_targets import Quantity, Target

LEAST_CHANGE = SMALLEST_PUBLISHED + STEP


def revise(earlier: Sequence[ProtectedTable], table: Table) -> ProtectedTable:
    """The next version of a table of which `earlier` are all published versions, oldest first.

    A figure is revised, and marked so, only where its rounded base moves by 15 or more: then at least eleven answers
    stand behind the change. Every other figure stays as it was last published, and what was hidden stays hidden. A
    revised figure is held back where the versions together would tell too much of a hidden count, or of the answers
    that came late to a cell.
    """
    last = earlier[-1]
    if last.dimensions != table.dimensions:
        raise ValueError("a revision has the dimensions of the table it revises")
    kept = {key: without_news(last.shown.get(key, HIDDEN)) for key in sorted({*last.shown, *table.cells})}
    fresh = dict(revised_figures(last, table))
    bases = {key: fresh[key].base or 0 if key in fresh else 0 for key in kept}
    held = Suppression(lines_of(table.dimensions, kept), bases, SMALLEST_PUBLISHED)
    held.hidden = kept.keys() - fresh.keys()
    unprinted = tuple(sorted({*last.unprinted, *table.unprinted}))
    reader = reader_of(table.dimensions, ProtectedTable(table.dimensions, kept, unprinted).leaves, len(earlier) + 1)
    while True:
        news = {key: shown for key, shown in fresh.items() if key not in held.hidden}
        version = ProtectedTable(table.dimensions, {**kept, **news}, unprinted)
        target = reader.too_well_known([*earlier, version], secrets([*earlier, version]), SMALLEST_PUBLISHED)
        beside = held.nearest_to(target.key) if target else None
        if beside is None:
            return version
        held.hidden.add(beside)


def revised_figures(last: ProtectedTable, table: Table) -> Iterator[tuple[Key, Shown]]:
    for key, counts in table.cells.items():
        before = last.shown.get(key, HIDDEN)
        if before.base is None or too_small_to_publish(counts):
            continue
        if abs(to_nearest_step(counts.base) - before.base) >= LEAST_CHANGE:
            with_answered = before.answered is not None and counts.unsure >= SMALLEST_PUBLISHED
            shown = for_publication(counts, with_answered)
            yield key, replace(shown, marks=(*shown.marks, Mark.REVISED))


def without_news(shown: Shown) -> Shown:
    return replace(shown, marks=tuple(mark for mark in shown.marks if mark is not Mark.REVISED))


def secrets(versions: Sequence[ProtectedTable]) -> list[Target]:
    """What nobody who holds all versions may know to within ten people: hidden counts, and late answers not told."""
    hidden = [target for number, table in enumerate(versions) for target in hidden_counts(number, table)]
    late = [
        Target(number, key, Quantity.BASE, late=True)
        for number, table in enumerate(versions)
        for key, shown in table.shown.items()
        if number and Mark.REVISED not in shown.marks
    ]
    return hidden + late
