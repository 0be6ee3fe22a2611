"""Key drivers: their figures, their order, and those with too few answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rates.drivers import DriverCounts, key_drivers, phi
from surveys.rates.intervals import newcombe, proportion

SIDES = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair)))


def test_the_strongest_comes_first_with_its_difference_and_its_performance() -> None:
    weak = DriverCounts("Access", (80, 100), (70, 100))
    strong = DriverCounts("Timeliness", (90, 100), (20, 50))
    first, second = key_drivers([weak, strong])
    assert (first.driver, first.base, first.performance) == ("Timeliness", 150, proportion(100, 150))
    assert first.difference == pytest.approx(0.5)
    assert first.interval == newcombe(proportion(90, 100), proportion(20, 50))
    assert first.importance is not None
    assert second.importance is not None
    assert first.importance > second.importance > 0


def test_a_driver_with_a_thin_side_comes_after_those_that_may_be_ranked() -> None:
    thin = DriverCounts("Fair treatment", (90, 100), (0, 29))
    enough = DriverCounts("Access", (60, 100), (14, 30))
    assert [(one.driver, one.low_base) for one in key_drivers([thin, enough])] == [
        ("Access", False),
        ("Fair treatment", True),
    ]


def test_a_driver_with_which_all_are_content_has_nothing_to_compare() -> None:
    (only,) = key_drivers([DriverCounts("Access", (50, 60), (0, 0)), DriverCounts("Delivery", (0, 0), (0, 0))])
    assert (only.performance.share, only.importance, only.difference, only.interval) == (1, None, None, None)
    assert only.low_base


@given(SIDES, SIDES)
def test_phi_is_the_correlation_of_the_answers(content: tuple[int, int], not_content: tuple[int, int]) -> None:
    found = phi(DriverCounts("any", content, not_content))
    driver = [1] * content[1] + [0] * not_content[1]
    overall = [int(i < side[0]) for side in (content, not_content) for i in range(side[1])]
    if len(set(driver)) < 2 or len(set(overall)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(np.corrcoef(driver, overall)[0, 1], abs=1e-9)


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and the base"):
        DriverCounts("any", (5, 4), (1, 2))
