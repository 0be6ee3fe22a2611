import pytest

from nlp.redaction.recognisers.postcode import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked", ["«SW1A 1AA»", "at «bn11aa» now", "«BN1  1AA»", "«bn3-2xy».", "«M1 1AE»", "«SW1A OAA»", "«B N 1 1 A A»"]
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize("text", ["I live in BN1", "at e1 2pm", "qq1 1aa", "the M25 2AM queue", "A4 paper", "on 1 2nd"])
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
