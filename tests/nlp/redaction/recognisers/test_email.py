import pytest

from nlp.redaction.recognisers.email import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "mail «jane.smith@example.org» today",
        "«JANE@EXAMPLE.CO.UK»",
        "jane «smith at gmail dot com»",
        "«jane dot smith at gmail dot com»",
        "«jane(at)example.com»",
        "«jane [at] example [dot] com»",
        "«jane @ gmail.com»",
        "write to «j.smith7 at example.org»",
        "«jane@example . com»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    [
        "looked at gov.uk",
        "I looked at example.com first",
        "meet at 5 @ the library",
        "arrived at noon. Come on",
        "email address",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
