import pytest

from nlp.redaction.recognisers.spoken_phone import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "it is «oh seven seven double nine one two three four five six»",
        "«zero one six three two nine six zero»",
        "on «o seven, seven, double o, nine, double zero one two three»",
        "«oh-seven-seven-double-nine-one-two-three»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    [
        "one or two calls, maybe three",
        "two three weeks",
        "one two three testing",
        "oh dear, seven people in four rooms",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
