"""A table on its way to being published for the first time."""

from collections.abc import Iterable, Iterator

from surveys.rates.late import reader_of
from surveys.rates.protection_rules import HIDDEN, SMALLEST_PUBLISHED, for_publication, too_small_to_publish
from surveys.rates.protection_secondary import Suppression
from surveys.rates.protection_tables import Key, ProtectedTable, Shown, Table, lines_of
from surveys.rates.protection_targets import Quantity, Target


class Publication:
    """Cells are hidden by the rules, then one by one until nothing published narrows a hidden count too much.

    Two counts are kept: those in the base, and those who did not know, who are what answered is more than the base.
    Where the base is hidden, so is answered, which bounds it.
    """

    def __init__(self, table: Table) -> None:
        self.dimensions, self.cells, self.unprinted = table.dimensions, table.cells, table.unprinted
        lines = lines_of(table.dimensions, self.cells)
        bases = {key: counts.base for key, counts in self.cells.items()}
        unsure = {key: counts.unsure for key, counts in self.cells.items()}
        self.bases = Suppression(lines, bases, SMALLEST_PUBLISHED)
        self.unsure = Suppression(lines, unsure, SMALLEST_PUBLISHED)
        self.unsure.hide(key for key, number in unsure.items() if number < SMALLEST_PUBLISHED)
        self.hide_whole(key for key, counts in self.cells.items() if too_small_to_publish(counts))

    def hide_whole(self, keys: Iterable[Key]) -> None:
        self.bases.hide(keys)
        self.unsure.hide(self.bases.hidden)

    def settle(self) -> ProtectedTable:
        draft = self.draft()
        reader = reader_of(self.dimensions, draft.leaves, versions=1)
        while target := reader.too_well_known([draft], list(hidden_counts(0, draft)), SMALLEST_PUBLISHED):
            self.loosen(target)
            draft = self.draft()
        return draft

    def loosen(self, target: Target) -> None:
        """Hide one more cell for the sake of a hidden count that is too well known."""
        beside = None if target.quantity is Quantity.BASE else self.unsure.nearest_to(target.key)
        if beside is not None:
            self.unsure.hide([beside])
        elif (cell := self.bases.nearest_to(target.key)) is not None:
            self.hide_whole([cell])
        else:
            raise ArithmeticError("nothing is shown, and yet something is known")

    def draft(self) -> ProtectedTable:
        return ProtectedTable(self.dimensions, {key: self.show(key) for key in self.cells}, self.unprinted)

    def show(self, key: Key) -> Shown:
        if key in self.bases.hidden:
            return HIDDEN
        return for_publication(self.cells[key], with_answered=key not in self.unsure.hidden)


def hidden_counts(version: int, table: ProtectedTable) -> Iterator[Target]:
    """Each count of a published table that nobody may know to within ten people."""
    for key, shown in table.shown.items():
        if shown.base is None:
            yield Target(version, key, Quantity.BASE)
            yield Target(version, key, Quantity.ANSWERED)
        if shown.answered is None:
            yield Target(version, key, Quantity.UNSURE)
