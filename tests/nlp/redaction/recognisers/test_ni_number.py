import pytest

from nlp.redaction.recognisers.ni_number import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "NI «AB 12 34 56 C»",
        "«AB123456C»",
        "«ab 12 34 56 c»",
        "«AB-12-34-56-D»",
        "national insurance number is «QQ123456»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize("text", ["AB1234567", "I was in 12 34 56", "DA12 3BC"])
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
