"""Cohen's kappa by label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from surveys.comments.fitting.agreement import FEWEST, Pair, agreement, in_words, of_label


def pair(first: str, second: str) -> Pair:
    return Pair(frozenset(first), frozenset(second))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_kappa_is_what_scikit_learn_makes_of_the_same_verdicts(verdicts: list[tuple[bool, bool]]) -> None:
    found = of_label("a", [pair("a" * one, "a" * other) for one, other in verdicts])
    firsts, seconds = zip(*verdicts, strict=True)
    if found.kappa is None:
        assert len({*firsts, *seconds}) == 1
    else:
        assert found.kappa == pytest.approx(cohen_kappa_score(firsts, seconds, labels=[False, True]))
    assert found.prevalence == (sum(firsts) + sum(seconds)) / (2 * len(verdicts))


def test_few_pairs_are_too_few_to_speak_of() -> None:
    pairs = [pair("a", "a"), pair("", "")] * (FEWEST // 2)
    enough, short = agreement("a", pairs)[0], agreement("a", pairs[1:])[0]
    assert (enough.kappa, enough.too_few, short.too_few) == (1.0, False, True)
    assert agreement("a", [])[0].prevalence is None


def test_a_label_that_nobody_ever_gave_has_no_kappa() -> None:
    assert of_label("b", [pair("a", "a")] * 40).kappa is None


def test_kappa_has_its_usual_words() -> None:
    assert [in_words(k) for k in (-0.2, 0.0, 0.1, 0.41, 0.61, 0.81)] == [
        "none",
        "none",
        "slight",
        "moderate",
        "substantial",
        "almost perfect",
    ]
