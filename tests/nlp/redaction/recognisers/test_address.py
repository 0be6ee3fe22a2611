import pytest

from nlp.redaction.recognisers.address import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "at «14 Acacia Avenue».",
        "«12a high st», Anytown",
        "«Flat 3, 27 Mill Lane»",
        "«Flat 3, Rosebery House, Mill Lane»",
        "live at «22 manor drive»",
        "«12 Heol y Bryn» is",
        "«5 The Green»",
        "«number 27 Church Road»",
        "«12-14 Old Shoreham Road»",
        "«flat 6, balmore house, windsor square»",
        "at «223a heol newydd»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    [
        "a 20 minute drive",
        "3 cars park here",
        "waited 45 minutes way too long",
        "2 miles down the road",
        "5 staff close",
        "Market Street is dirty",
        "10 times in a row",
        "in 2 weeks place",
        "3 people in the street",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
