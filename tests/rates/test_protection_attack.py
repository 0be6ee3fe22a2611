"""An attacker with linear programs cannot tell a hidden count to within ten people; without our rules it can."""

from dataclasses import replace

import pytest

from surveys.rates.protection import View, protect
from surveys.rates.protection_publishing import Publication
from surveys.rates.protection_revising import revise
from surveys.rates.protection_rules import HIDDEN, for_publication, too_small_to_publish
from surveys.rates.protection_tables import Mark, ProtectedTable, Table
from tests.rates.attack import Attacker, Range
from tests.rates.small_tables import made_table, some_weeks_later

THRESHOLD = 10
WITHIN_ROUNDING = THRESHOLD - 1e-5


def recovered(*published: ProtectedTable) -> list[Range]:
    return Attacker(published).narrow(WITHIN_ROUNDING)


def only_the_small_hidden(table: Table) -> ProtectedTable:
    """What a naive publisher does: the 10-5 rule cell by cell."""
    return ProtectedTable(
        table.dimensions,
        {
            key: HIDDEN if too_small_to_publish(counts) else for_publication(counts, with_answered=False)
            for key, counts in table.cells.items()
        },
    )


def revision_of(first: ProtectedTable, table: Table, number: int) -> ProtectedTable:
    return revise([first], some_weeks_later(table, number))


@pytest.mark.parametrize("part", range(8))
def test_no_hidden_count_is_recovered_from_a_published_table(part: int) -> None:
    for number in range(part, 176, 8):
        assert recovered(protect(made_table(number), View.PUBLICATION)) == [], number


@pytest.mark.parametrize("part", range(4))
def test_no_hidden_count_is_recovered_from_two_versions_of_a_table(part: int) -> None:
    for number in range(176 + part, 200, 4):
        table = made_table(number)
        first = protect(table, View.PUBLICATION)
        assert recovered(first, revision_of(first, table, number)) == [], number


def test_the_attacker_recovers_what_is_only_suppressed_cell_by_cell() -> None:
    naive = [recovered(only_the_small_hidden(made_table(number))) for number in range(10)]
    assert sum(any(found.of == "base" for found in ranges) for ranges in naive) >= 5


def test_the_attacker_recovers_what_only_lines_are_checked_for() -> None:
    """The next smallest on each line is not always enough: then the feasible ranges hide more."""
    publication = Publication(made_table(51))
    assert recovered(publication.draft()) != []
    assert recovered(publication.settle()) == []


def test_the_attacker_recovers_what_is_protected_afresh_in_each_version() -> None:
    """Each version alone is safe; together they are not, where other cells are hidden in the second."""
    found = (recovered(*afresh(made_table(number), number)) for number in range(176, 200))
    assert any(one.of == "base" for ranges in found for one in ranges)


def afresh(table: Table, number: int) -> tuple[ProtectedTable, ProtectedTable]:
    first, second = (protect(each, View.PUBLICATION) for each in (table, some_weeks_later(table, number)))
    news = {key: replace(shown, marks=(*shown.marks, Mark.REVISED)) for key, shown in second.shown.items()}
    return first, ProtectedTable(table.dimensions, news)


def test_what_the_attacker_says_of_a_hidden_count_is_true() -> None:
    """Else the attack would prove nothing: its bounds must hold for the counts that were published."""
    for number in range(6):
        table = made_table(number)
        for found in recovered(only_the_small_hidden(table)):
            counts = table.cells[found.key]
            true = {"base": counts.base, "answered": counts.answered, "unsure": counts.unsure}[found.of]
            assert found.lowest - 1e-6 <= true <= found.highest + 1e-6
