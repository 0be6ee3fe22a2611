import pytest

from nlp.redaction.recognisers.date_of_birth import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "born «3/4/1962»",
        "DOB «03.04.62»",
        "date of birth is «3rd of April 1962»",
        "«April 3, 1962» is my birthday",
        "d.o.b. «1962-04-03»",
        "«12 July 1950»",
        "he was born on «1 jan 2020»",
        "seen «3.4.62»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    ["on 12/03/2024", "since 1998", "3 March", "in May 2019", "born in 1962", "from 1/4/24 to 3/4/24", "at 10.30.45"],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
