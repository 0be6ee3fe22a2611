"""What managers and readers of publications are shown of small numbers, rule by rule."""

import pytest

from surveys.rates.protection import View, may_publish_part, protect
from surveys.rates.protection_tables import Counts, Dimension, Mark, ProtectedTable, Shown, Table
from tests.rates.small_tables import flat, made_table, one_row

ALL = ("all",)


def alone(satisfied: int, base: int, answered: int | None = None, view: View = View.PUBLICATION) -> Shown:
    """One cell in a table without totals."""
    leaves = {("bins",): Counts(satisfied, base, base if answered is None else answered)}
    return protect(Table((Dimension(("bins",)),), leaves), view).shown[("bins",)]


def hidden(table: Table, view: View) -> set[str]:
    return {key[0] for key, shown in protect(table, view).shown.items() if shown.base is None}


@pytest.mark.parametrize(
    ("base", "marks"),
    [
        (0, (Mark.NONE_RECORDED,)),
        (1, (Mark.CONFIDENTIAL,)),
        (4, (Mark.CONFIDENTIAL,)),
        (5, (Mark.LOW_RELIABILITY,)),
        (29, (Mark.LOW_RELIABILITY,)),
        (30, ()),
    ],
)
def test_managers_see_five_answers_and_rely_on_thirty(base: int, marks: tuple[Mark, ...]) -> None:
    shown = alone(base // 2, base, view=View.MANAGERS)
    assert shown.marks == marks
    assert shown.reliable is (base >= 30)
    assert shown.base == (None if marks == (Mark.CONFIDENTIAL,) else base)


def test_managers_see_exact_figures_with_their_interval() -> None:
    shown = alone(45, 60, 63, View.MANAGERS)
    assert (shown.satisfied, shown.base, shown.answered, shown.share) == (45, 60, 63, 0.75)
    assert shown.interval is not None
    assert round(shown.interval.lower, 6) == 0.627679


def test_who_only_did_not_know_is_hidden_from_managers_too() -> None:
    assert alone(0, 0, 3, View.MANAGERS) == Shown(marks=(Mark.CONFIDENTIAL,))


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        ((40, 30, 20, 3), {"3", "2"}),  # the next smallest
        ((40, 20, 20, 3), {"3", "1"}),  # of two as small, always the same one
        ((40, 30, 2, 1), {"3", "2", "1"}),  # two that are three people together are not enough
        ((40, 30, 4, 1), {"3", "2"}),
        ((40, 30, 0, 3), {"3", "1"}),  # an empty cell hides nobody
        ((40, 3), {"1", "0"}),
        ((3,), {"0", "all"}),
        ((40, 30, 20, 5), set()),
    ],
)
def test_managers_cannot_take_the_rest_from_a_total(bases: tuple[int, ...], expected: set[str]) -> None:
    assert hidden(one_row(*bases), View.MANAGERS) == expected


def test_without_a_total_only_small_cells_are_hidden() -> None:
    table = Table((Dimension(("a", "b")),), {("a",): Counts(1, 3, 3), ("b",): Counts(5, 40, 40)})
    assert hidden(table, View.MANAGERS) == {"a"}


@pytest.mark.parametrize(("base", "rounded"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (1002, 1000)])
def test_published_counts_are_to_the_nearest_five(base: int, rounded: int) -> None:
    shown = alone(base // 2, base, base + 13)
    assert (shown.base, shown.satisfied) == (rounded, None)


@pytest.mark.parametrize(
    ("satisfied", "base", "share"), [(8, 12, 0.67), (5, 40, 0.13), (1, 300, 0.0), (299, 300, 1.0), (30, 30, 1.0)]
)
def test_published_percentages_are_whole_and_from_unrounded_counts(satisfied: int, base: int, share: float) -> None:
    shown = alone(satisfied, base)
    assert shown.share == share
    assert (Mark.ROUNDS_TO_ZERO in shown.marks) is (share == 0)


@pytest.mark.parametrize(("satisfied", "base"), [(4, 9), (0, 0), (0, 29), (29, 29)])
def test_fewer_than_ten_or_few_of_one_mind_are_hidden_alike(satisfied: int, base: int) -> None:
    assert alone(satisfied, base, base + 50) == Shown(marks=(Mark.CONFIDENTIAL,))


def test_bases_that_round_alike_are_shown_alike() -> None:
    """Interval and marks come from the two published figures; else they would tell the base."""
    assert alone(14, 28) == alone(15, 30) == alone(16, 32)
    assert alone(14, 28).interval is not None


@pytest.mark.parametrize(("unsure", "answered"), [(0, None), (9, None), (10, 110), (13, 115)])
def test_answered_is_published_where_ten_did_not_know(unsure: int, answered: int | None) -> None:
    assert alone(60, 100, 100 + unsure).answered == answered


def test_answered_is_never_published_where_the_base_is_hidden() -> None:
    tables = [protect(made_table(number), View.PUBLICATION) for number in range(8)]
    cells = [shown for table in tables for shown in table.shown.values()]
    assert any(shown.answered is not None for shown in cells)
    assert [shown for shown in cells if shown.base is None and shown != Shown(marks=(Mark.CONFIDENTIAL,))] == []


def test_a_table_is_always_protected_in_the_same_way() -> None:
    table = made_table(51)
    turned = Table(table.dimensions, dict(reversed(table.leaves.items())))
    assert protect(table, View.PUBLICATION) == protect(turned, View.PUBLICATION)


def test_where_all_are_few_nothing_is_published() -> None:
    assert hidden(one_row(1, 2, 3), View.PUBLICATION) == {"0", "1", "2", "all"}


def test_a_large_table_keeps_most_of_its_people() -> None:
    shown = protect(one_row(400, 300, 200, 100, 50, 8), View.PUBLICATION).shown
    assert {key[0] for key, cell in shown.items() if cell.base is None} == {"5", "4"}
    assert shown[ALL].base == 1060


@pytest.mark.parametrize(
    ("part", "may"),
    [
        (Counts(60, 80, 85), True),
        (Counts(75, 95, 100), False),  # five people are left
        (Counts(60, 85, 90), False),  # fifteen are left, all satisfied
        (Counts(75, 100, 105), True),  # nobody is left
        (Counts(75, 100, 100), False),  # five are left who did not know
    ],
)
def test_a_part_is_published_beside_its_whole_where_the_rest_may_be(part: Counts, may: bool) -> None:
    assert may_publish_part(part, Counts(75, 100, 105)) is may


@pytest.mark.parametrize("counts", [(3, 2, 5), (1, 5, 4), (-1, 2, 2)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="within the base"):
        Counts(*counts)


@pytest.mark.parametrize("parts", [("a", "b", "both"), ("a", "c")])
def test_a_total_that_counts_twice_or_counts_what_is_not_there_is_refused(parts: tuple[str, ...]) -> None:
    dimension = Dimension(("a", "b"), {"both": ("a", "b"), "all": parts})
    with pytest.raises(ValueError, match=r"twice|no code"):
        protect(Table((dimension,), {("a",): Counts(1, 2, 2)}), View.MANAGERS)


def test_a_combination_that_cannot_occur_is_not_in_the_table() -> None:
    table = Table((flat(2), flat(2)), {("0", "0"): Counts(20, 40, 40), ("1", "1"): Counts(20, 40, 40)})
    shown: ProtectedTable = protect(table, View.PUBLICATION)
    assert ("0", "1") not in shown.shown
    assert shown.shown[("all", "all")].base == 80
