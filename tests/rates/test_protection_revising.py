"""A table published again: what is revised, what stays, and what was hidden stays hidden."""

import pytest

from surveys.rates.protection import View, protect
from surveys.rates.protection_revising import revise
from surveys.rates.protection_tables import Counts, Dimension, Mark, ProtectedTable, Table
from tests.rates.small_tables import one_row


def published(*bases: int) -> ProtectedTable:
    return protect(one_row(*bases), View.PUBLICATION)


def bases(table: ProtectedTable) -> list[int | None]:
    return [table.shown[key].base for key in sorted(table.shown)]


def revised(table: ProtectedTable) -> set[str]:
    return {key[0] for key, shown in table.shown.items() if Mark.REVISED in shown.marks}


def test_a_few_late_answers_change_nothing() -> None:
    first = published(100, 200, 300)
    assert revise([first], one_row(104, 202, 303)).shown == first.shown


def test_many_late_answers_revise_a_figure_and_say_so() -> None:
    second = revise([published(100, 200, 300)], one_row(140, 260, 350))
    assert bases(second) == [140, 260, 350, 750]
    assert revised(second) == {"0", "1", "2", "all"}


def test_a_figure_is_held_back_where_it_would_tell_another_cell_s_late_answers() -> None:
    """Both moved by forty: together they would say that eight answers at most came late to the other part."""
    assert revised(revise([published(100, 300)], one_row(140, 301))) == {"all"}
    assert revised(revise([published(100, 300)], one_row(140, 305))) == {"0", "all"}


def test_what_was_hidden_stays_hidden_when_it_has_grown() -> None:
    first = published(100, 200, 300, 4)
    second = revise([first], one_row(130, 230, 330, 60))
    hidden = {key for key, shown in first.shown.items() if shown.base is None}
    assert hidden == {key for key, shown in second.shown.items() if shown.base is None} == {("0",), ("3",)}


def test_the_mark_of_a_revision_goes_with_the_next_version() -> None:
    first = published(100, 200, 300)
    second = revise([first], one_row(140, 260, 350))
    third = revise([first, second], one_row(141, 261, 350))
    assert (bases(third), revised(third)) == (bases(second), set())


def test_answers_that_were_taken_away_do_not_stop_a_revision() -> None:
    """A correction may lower a count: the versions then agree only for a reader who allows for that."""
    second = revise([published(100, 200, 300)], one_row(60, 150, 240))
    assert bases(second) == [60, 150, 240, 450]


def test_a_cell_that_became_too_small_keeps_its_figure() -> None:
    first = published(40, 200, 300)
    assert revise([first], one_row(5, 200, 300)).shown[("0",)].base == 40


def test_a_cell_that_was_not_there_before_is_hidden() -> None:
    dimension = Dimension(("a", "b"))
    first = protect(Table((dimension,), {("a",): Counts(20, 40, 40)}), View.PUBLICATION)
    second = revise([first], Table((dimension,), {("a",): Counts(20, 40, 40), ("b",): Counts(20, 40, 40)}))
    assert second.shown[("b",)].base is None


def test_a_table_cut_otherwise_is_no_revision() -> None:
    with pytest.raises(ValueError, match="dimensions"):
        revise([published(100, 200, 300)], one_row(100, 200))
