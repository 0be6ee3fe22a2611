import pytest

from nlp.redaction.recognisers.nhs_number import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    ["it is «943 476 5919»", "«9434765919»", "«943-476-5919»", "NHS number «123 456 7890»", "nhs no: «1234567890»"],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize("text", ["943 476 5918", "NHS 111", "the NHS in 2023", "£9434765919"])
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
