import pytest

from nlp.redaction.recognisers.account import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "account «12345678»",
        "account number: «12345678»",
        "sort code «20-00-00»",
        "«20-00-00 12345678» is mine",
        "«GB29 NWBK 6016 1331 9268 19»",
        "bank details «12 34 56 12345678» wrong",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text", ["my account is locked", "account of 3 calls", "bank holiday 2023", "account £1234567"]
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
