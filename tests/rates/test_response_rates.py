"""Response rates, against the vector of the method."""

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rates.response_rates import Dispositions, response_rates

COUNTS = st.lists(st.integers(0, 10**6), min_size=7, max_size=7).map(lambda counts: Dispositions(*counts))


def test_the_published_dispositions_give_the_published_rates() -> None:
    found = response_rates(Dispositions(420, 35, 12, 1300, 8, 225, not_eligible=60))
    assert {name: round(value, 6) for name, value in asdict(found).items()} == {
        "rr1": 0.21,
        "rr2": 0.2275,
        "rr3": 0.210775,
        "rr4": 0.22834,
        "rr5": 0.23662,
        "rr6": 0.256338,
        "coop1": 0.884211,
        "ref1": 0.006,
        "con1": 0.2375,
        "e": 0.967302,
    }


@given(COUNTS)
def test_the_rates_stand_in_their_order(ended: Dispositions) -> None:
    rates = response_rates(ended)
    if rates.rr1 is None or rates.rr3 is None or rates.rr5 is None:
        assert ended.eligible == 0
        return
    assert 0 <= rates.rr1 <= rates.rr3 + 1e-12
    assert rates.rr3 <= rates.rr5 + 1e-12
    assert rates.rr5 <= 1


def test_nobody_asked_makes_no_rate_and_a_count_below_none_is_refused() -> None:
    assert set(asdict(response_rates(Dispositions(0, 0, 0, 0, 0, 0))).values()) == {None}
    with pytest.raises(ValueError, match="not below 0"):
        Dispositions(1, 0, 0, -1, 0, 0)
