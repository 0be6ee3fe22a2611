import pytest

from nlp.redaction.recognisers.reference import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "ref «CT1234567»",
        "case «12345»",
        "reference number: «FS-Case-123456789»",
        "«DC/23/01234/FUL» refused",
        "«2023/01234» open",
        "PCN «BH12345678»",
        "«#12345»",
        "«123456» is what they gave",
        "complaint no. «AB 12345»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    [
        "complaint 3",
        "in 2023/24",
        "PO box",
        "£123456",
        "on the B2123",
        "form SA100",
        "COVID-19",
        "24 hours",
        "letter. 10/10",
        "letter of 12/03/2024",
        "case of 2023",
        "2019-2020",
        "the A259",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
