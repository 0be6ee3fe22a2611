import pytest

from nlp.redaction.recognisers.phone import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "call «07700 900123» now",
        "«07700900123»",
        "«+44 7700 900 123»",
        "«+44 (0)20 7946 0018» is it",
        "ring «0044 7700 900123»",
        "«(01632) 960 001»",
        "«O7700 900 123»",
        "«07700.900.123», thanks",
        "«01632-960-001 ext 12»",
        "mobile «7700 900123»",
        "rang «654321» twice",
        "from «+48 600 123 456»",
        "«07700 900123» 2 times",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    [
        "called 101",
        "I rang 12 times in 2023",
        "dial 999 or 111",
        "paid £1234567890",
        "room 07",
        "case 12345678",
        "it was 0.75 miles",
        "01/02/2023 to 03/02/2023",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
