"""A published table as an attacker writes it down: what is summed over and not printed is unknown, and yet there."""

from dataclasses import replace

from surveys.rates.protection_rules import HIDDEN
from surveys.rates.protection_tables import ProtectedTable, cells_over


def with_all_cells(table: ProtectedTable) -> ProtectedTable:
    every = {key for leaf in table.leaves for key in cells_over(table.dimensions, leaf)}
    return replace(table, shown={key: table.shown.get(key, HIDDEN) for key in sorted(every)}, unprinted=())
