import pytest

from nlp.redaction.recognisers.link import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    [
        "see «https://example.org/a?b=c».",
        "«www.example.com/x»",
        "«jane-plumbing.co.uk» did it",
        "«bit.ly/3xYz»",
        "ask «@jane_smith» there",
        "«http://anytown.gov.uk/pay/8Fg3»",
    ],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text", ["on gov.uk", "the anytown.gov.uk website", "useless.Me too", "e.g. this", "at 5.30pm", "jane@example.com"]
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
