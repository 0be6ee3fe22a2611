"""Weighted rates: the vectors of the method, the joining of thin cells, and what holds for any cells."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.rates.collapsing import LEAST, Cell, collapse
from surveys.rates.intervals import wilson
from surveys.rates.weighting import Flag, kish, weighted_proportion, weighted_rate

AREAS, SERVICES, CHANNELS = ("money", "streets"), ("one", "two", "three"), ("email", "phone", "web")
KEYS = [(area, f"{area} {service}", channel) for area in AREAS for service in SERVICES for channel in CHANNELS]


def cell(key: tuple[str, ...], population: int, base: int, satisfied: int) -> Cell:
    return Cell(("council", *key), population, base, satisfied)


@st.composite
def some_cells(draw: st.DrawFn) -> list[Cell]:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    found = []
    for key in keys:
        base = draw(st.one_of(st.integers(0, 12), st.integers(0, 500)))
        found.append(Cell(key, draw(st.integers(base, 5000)), base, draw(st.integers(0, base))))
    return found


def test_three_strata_give_the_published_estimate() -> None:
    cells = [cell(("a",), 800, 80, 60), cell(("b",), 200, 40, 36), cell(("c",), 50, 25, 15)]
    rate = weighted_rate(cells, fpc=True)
    assert rate is not None
    assert (round(rate.share, 6), round(rate.unweighted.share, 6)) == (0.771429, 0.765517)
    assert (round(rate.standard_error, 6), round(rate.proportion.base, 4)) == (0.036309, 133.7521)
    assert (round(rate.interval.lower, 6), round(rate.interval.upper, 6)) == (0.693280, 0.834422)
    assert rate.flags == ()


def test_the_correction_for_a_finite_population_is_off_unless_asked_for() -> None:
    cells = [cell(("a",), 800, 80, 60), cell(("b",), 200, 40, 36), cell(("c",), 50, 25, 15)]
    plain, corrected = weighted_rate(cells), weighted_rate(cells, fpc=True)
    assert plain is not None
    assert corrected is not None
    assert plain.interval.half_width > corrected.interval.half_width
    with pytest.raises(ValueError, match="more answers than contacts"):
        weighted_rate([cell(("a",), 10, 20, 10)], fpc=True)


def test_weights_of_two_sizes_give_the_published_effective_base() -> None:
    answers = [(1.0, i < 30) for i in range(40)] + [(2.0, i < 10) for i in range(20)]
    found = weighted_proportion(answers)
    assert (found.share, round(found.base, 4), 60 / found.base) == (0.625, 53.3333, pytest.approx(1.125))
    assert (round(found.interval.lower, 6), round(found.interval.upper, 6)) == (0.490833, 0.742370)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0], [1.0, -1.0]])
def test_weights_that_cannot_be_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        kish(weights)


def test_where_all_are_satisfied_the_interval_stands_on_kishs_base() -> None:
    rate = weighted_rate([cell(("a",), 900, 20, 20), cell(("b",), 100, 20, 20)])
    assert rate is not None
    assert (rate.share, rate.variance) == (1, 0)
    assert rate.proportion.base == pytest.approx(kish([45.0] * 20 + [5.0] * 20))
    assert rate.interval.upper == 1
    assert rate.interval.lower < 0.9


def test_strata_that_are_not_mixed_do_not_make_a_point_of_the_interval() -> None:
    rate = weighted_rate([cell(("a",), 500, 20, 20), cell(("b",), 500, 20, 0)])
    assert rate is not None
    assert (rate.share, rate.proportion.base) == (0.5, 40)


def test_a_reader_is_told_what_weighting_did() -> None:
    cells = [cell(("big",), 9500, 50, 20), cell(("small",), 400, 450, 430), cell(("silent",), 100, 0, 0)]
    rate = weighted_rate(cells)
    assert rate is not None
    assert rate.flags == (Flag.DESIGN_EFFECT, Flag.LARGE_WEIGHT, Flag.NOT_REPRESENTED, Flag.WEIGHTING_MATTERS)
    assert rate.not_represented == 0.01
    assert [stratum.keys for stratum in rate.joined] == [(("council", "big"), ("council", "silent"))]


@pytest.mark.parametrize("cells", [[], [cell(("a",), 100, 0, 0)], [cell(("a",), 0, 5, 5)]])
def test_without_answers_or_without_contacts_there_is_no_rate(cells: list[Cell]) -> None:
    assert weighted_rate(cells) is None


def test_a_stratum_of_one_answer_is_refused_where_it_may_not_be_joined() -> None:
    with pytest.raises(ValueError, match="fewer than two"):
        weighted_rate([cell(("a",), 100, 50, 40), cell(("b",), 100, 1, 1)], least=1)


@given(st.lists(st.tuples(st.integers(10, 200), st.integers(0, 200)), min_size=1, max_size=8), st.integers(1, 50))
def test_strata_answered_in_proportion_weigh_the_same_as_unweighted(sizes: list[tuple[int, int]], times: int) -> None:
    cells = [cell((f"{i:02}",), n * times, n, min(n, x)) for i, (n, x) in enumerate(sizes)]
    rate = weighted_rate(cells)
    assert rate is not None
    assert rate.share == pytest.approx(rate.unweighted.share, abs=1e-12)
    assert rate.design_effect == pytest.approx(1)
    assert not rate.weighting_matters


@given(some_cells())
def test_a_weighted_interval_holds_its_share_and_never_claims_more_answers_than_there_are(cells: list[Cell]) -> None:
    rate = weighted_rate(cells)
    if rate is None:
        assert not any(one.base for one in cells) or not any(one.population for one in cells)
        return
    assert 0 <= rate.interval.lower <= rate.share <= rate.interval.upper <= 1
    assert rate.proportion.base <= rate.unweighted.base
    assert rate.design_effect >= 1 - 1e-9
    assert 0 <= rate.not_represented < 1


def test_one_stratum_is_as_wide_as_wilson_but_for_one_answer() -> None:
    rate = weighted_rate([cell(("a",), 1000, 60, 45)])
    assert rate is not None
    assert rate.proportion.base == pytest.approx(59)
    assert rate.interval == wilson(rate.share * rate.proportion.base, rate.proportion.base)


@settings(max_examples=150)
@given(some_cells(), st.randoms())
def test_joining_keeps_every_contact_and_answer_and_leaves_nothing_thin(cells: list[Cell], chance: Random) -> None:
    strata = collapse(cells)
    kept = [one for stratum in strata for one in stratum.cells]
    assert sorted(kept, key=lambda one: one.key) == sorted(
        (one for one in cells if one.population), key=lambda one: one.key
    )
    if len(strata) > 1:
        assert min(stratum.base for stratum in strata) >= LEAST
    chance.shuffle(cells)
    assert collapse(cells) == strata


@given(some_cells())
def test_who_was_satisfied_plays_no_part_in_the_joining(cells: list[Cell]) -> None:
    angry = [Cell(one.key, one.population, one.base, 0) for one in cells]
    assert [stratum.keys for stratum in collapse(angry)] == [stratum.keys for stratum in collapse(cells)]


def test_thin_cells_are_joined_within_their_service_then_their_area_then_the_council() -> None:
    thick, thin = (100, 50, 40), (100, 6, 3)
    shapes = {
        ("money", "tax", "email"): thin,
        ("money", "tax", "phone"): thick,
        ("money", "tax", "web"): thin,
        ("money", "benefits", "phone"): thin,
        ("money", "benefits", "web"): (100, 0, 0),
        ("streets", "parking", "phone"): (100, 9, 3),
        ("care", "adults", "phone"): (100, 30, 20),
    }
    strata = collapse(Cell(key, *shape) for key, shape in shapes.items())
    assert [[" ".join(key) for key in stratum.keys] for stratum in strata] == [
        ["care adults phone"],
        # Email and web of tax are enough together; benefits is thin as a whole and joins the smallest of its area;
        # parking is thin and alone in its area, and joins the smallest of the council.
        ["money benefits phone", "money benefits web", "money tax email", "money tax web", "streets parking phone"],
        ["money tax phone"],
    ]


@pytest.mark.parametrize(
    ("keys", "words"), [([("a", "b"), ("a", "b")], "comes twice"), ([("a", "b"), ("a",)], "one length")]
)
def test_keys_that_cannot_be_told_apart_are_refused(keys: list[tuple[str, ...]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        collapse([Cell(key, 10, 5, 5) for key in keys])
