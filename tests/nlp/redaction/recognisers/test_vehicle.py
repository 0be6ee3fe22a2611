import pytest

from nlp.redaction.recognisers.vehicle import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "«AB12 CDE»",
        "«ab12cde»",
        "my car «ab 12 cde» went",
        "«AB12-CDE»",
        "«A123 BCD» old",
        "«ABC 123D»",
        "van reg «AB 1234»",
        "«xy21 qrz»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    [
        "the M25 AND A27 ARE SHUT",
        "on the a27 was shut",
        "car on the A259",
        "by 10 the van",
        "COVID19",
        "my car was 10 feet away",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
