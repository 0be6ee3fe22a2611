import pytest

from nlp.redaction.recognisers.card import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "card «4111 1111 1111 1111»",
        "«4111111111111111»",
        "«5555-5555-5555-4444»",
        "«4111 1111 1111 1112» mistyped",
        "card ending «4242»",
        "«3782 822463 10005»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text", ["4111111111111112", "1111 2222 3333 4444", "my card was refused 4242 times", "library card"]
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
