"""An attacker with linear programs holds every version of a quarter, channels and months together: nothing is told."""

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest

from surveys.evidence.figures.results import ALL
from surveys.evidence.publishing.counts import rates_table
from surveys.evidence.publishing.publish import versions_published
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Key, ProtectedTable, Shown, Table
from tests.evidence.quarterly import NAMES, SUMMER, make_figures, publish_now, some_ratings, with_late_answers
from tests.rates.attack import Attacker, Range
from tests.rates.fuller import with_all_cells

WITHIN_ROUNDING = 10 - 1e-5


def recovered(*tables: ProtectedTable) -> list[Range]:
    """What the attacker knows too well of cells that are printed and hidden."""
    printed = tables[-1].shown.keys()
    narrow = Attacker([with_all_cells(one) for one in tables]).narrow(WITHIN_ROUNDING)
    return [found for found in narrow if found.key in printed]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("number", range(2))
def test_no_hidden_count_is_recovered_from_two_versions_of_what_is_published(number: int) -> None:
    make_figures(some_ratings(number))
    publish_now()
    make_figures(with_late_answers(some_ratings(number), number))
    publish_now(why="Late answers")
    versions = [figures for _, figures in versions_published(SUMMER)]
    for tables in ([one.rates for one in versions], [one.funnel for one in versions]):
        assert any(shown.base is None for shown in tables[-1].shown.values())
        assert recovered(*tables) == []


def test_no_hidden_count_is_recovered_where_few_channels_are_in_use() -> None:
    for number in range(5):
        assert recovered(protect(sparse(number), View.PUBLICATION)) == [], number


def test_the_attacker_recovers_what_channels_and_months_give_away_when_protected_apart() -> None:
    """Their common totals tell more than either table alone, so the two are protected as one."""
    found = [recovered(apart(sparse(number))) for number in (6, 9, 24)]
    assert all(any(one.of == "base" for one in ranges) for ranges in found)


def sparse(number: int) -> Table:
    """Services that people reach by few channels, with few answers a month."""
    chance, leaves = Random(number), dict[Key, Counts]()
    for service, channel in product(NAMES, ("phone", "web", "email", "post")):
        if chance.random() < 0.45:
            for month in SUMMER.months:
                base = chance.choice([0, 1, 3, 6, 9, 14, 20])
                satisfied = sum(chance.random() < 0.7 for _ in range(base))
                leaves[service, channel, str(month)] = Counts(satisfied, base, base + chance.choice([0, 0, 0, 1, 4]))
    return rates_table(SUMMER, tuple(sorted({key[0] for key in leaves})), leaves)


def apart(whole: Table) -> ProtectedTable:
    """What a naive publisher does: each table by itself, and a total is shown where either shows it."""
    shown: dict[Key, Shown] = dict.fromkeys(whole.cells, Shown())
    for place in (2, 1):
        for key, one in without(whole, place):
            if one.base is not None:
                shown[key] = one
    return ProtectedTable(whole.dimensions, shown, whole.unprinted)


def without(whole: Table, place: int) -> Iterator[tuple[Key, Shown]]:
    """The table summed over one dimension, protected, with that dimension's total put back into its keys."""
    cells = {key: counts for key, counts in whole.every_cell.items() if key[place] == ALL}
    leaves = {(*key[:place], *key[place + 1 :]): counts for key, counts in cells.items() if [*key].count(ALL) == 1}
    dimensions = (*whole.dimensions[:place], *whole.dimensions[place + 1 :])
    for key, one in protect(Table(dimensions, leaves), View.PUBLICATION).shown.items():
        yield (*key[:place], ALL, *key[place:]), one
