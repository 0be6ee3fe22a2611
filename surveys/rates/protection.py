"""Protection of small numbers: every figure about people that leaves this package passes through here.

Managers see exact counts from five answers on. What is published follows the 10-5 rule, and nobody who holds every
version of it can tell a hidden count to within ten people.
"""

from enum import StrEnum

from surveys.rates.protection_publishing import Publication
from surveys.rates.protection_rules import (
    HIDDEN,
    SMALLEST_FOR_MANAGERS,
    for_managers,
    too_small_for_managers,
    too_small_to_publish,
)
from surveys.rates.protection_secondary import Suppression
from surveys.rates.protection_tables import Counts, Key, ProtectedTable, Table, lines_of


class View(StrEnum):
    MANAGERS = "managers"
    PUBLICATION = "publication"


def protect(table: Table, view: View) -> ProtectedTable:
    """What a view may show of a table. The same table always gives the same cells."""
    return protect_for_managers(table) if view is View.MANAGERS else Publication(table).settle()


def protect_for_managers(table: Table) -> ProtectedTable:
    cells = table.cells
    sizes = {key: counts.base for key, counts in cells.items()}
    small = [key for key, counts in cells.items() if too_small_for_managers(counts)]
    hidden: set[Key] = set()
    if small:
        suppression = Suppression(lines_of(table.dimensions, cells), sizes, SMALLEST_FOR_MANAGERS)
        suppression.hide(small)
        hidden = suppression.hidden
    shown = {key: HIDDEN if key in hidden else for_managers(counts) for key, counts in cells.items()}
    return ProtectedTable(table.dimensions, shown)


def may_publish_part(part: Counts, whole: Counts) -> bool:
    """May a part come out beside a whole of another table? Not where the rest of the whole is too few to publish.

    Within one table `protect` sees to it. Raises ValueError where the part is no part of the whole.
    """
    rest = Counts(whole.satisfied - part.satisfied, whole.base - part.base, whole.answered - part.answered)
    return rest.answered == 0 or not too_small_to_publish(rest)
