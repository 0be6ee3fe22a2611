"""Tables that share totals are one system: finer leaves are summed over, protect their sums, and are never shown."""

from surveys.rates.protection import View, protect
from surveys.rates.protection_revising import revise
from surveys.rates.protection_tables import Counts, Dimension, Key, Table

SERVICES = Dimension(("bins", "tax"), {"all": ("bins", "tax")})
CHANNELS = Dimension(("phone", "web"), {"all": ("phone", "web")})
MONTHS = Dimension(("01", "02"), {"all": ("01", "02")})


def linked(*bases: int) -> Table:
    """Services by channels and services by months: half of each base is satisfied, twelve did not know."""
    keys: list[Key] = [(s, c, m) for s in SERVICES.leaves for c in CHANNELS.leaves for m in MONTHS.leaves]
    leaves = {key: Counts(base // 2, base, base + 12) for key, base in zip(keys, bases, strict=True)}
    dimensions = (SERVICES, CHANNELS, MONTHS)
    cells = Table(dimensions, leaves).cells
    return Table(dimensions, leaves, frozenset(key for key in cells if "all" in key[1:]))


def test_only_what_is_printed_is_shown_and_leaves_are_remembered() -> None:
    table = linked(40, 60, 80, 100, 50, 70, 90, 110)
    shown = protect(table, View.PUBLICATION)
    assert shown.shown.keys() == table.printed
    assert set(shown.leaves) == table.leaves.keys()
    assert shown.shown["bins", "phone", "all"].base == 100
    assert shown.shown["all", "all", "02"].base == 340


def test_a_small_channel_is_hidden_though_months_tell_the_same_total() -> None:
    shown = protect(linked(2, 3, 80, 100, 50, 70, 90, 110), View.PUBLICATION).shown
    hidden = {key for key, one in shown.items() if one.base is None}
    assert {("bins", "phone", "all"), ("bins", "web", "all")} <= hidden
    assert shown["bins", "all", "all"].base == 185
    assert shown["bins", "all", "01"].base == 80


def test_a_new_version_prints_no_more_than_the_first() -> None:
    first = protect(linked(40, 60, 80, 100, 50, 70, 90, 110), View.PUBLICATION)
    second = revise([first], linked(80, 60, 80, 140, 90, 70, 90, 150))
    assert second.shown.keys() == first.shown.keys()
    assert second.unprinted == first.unprinted
    assert second.shown["all", "all", "all"].base == 760
