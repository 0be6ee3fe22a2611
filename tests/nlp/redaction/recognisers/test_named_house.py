import pytest

from nlp.redaction.recognisers.named_house import find
from tests.nlp.redaction.recognisers.tables import found_in


@pytest.mark.parametrize(
    "marked",
    ["at «Rose Cottage, Mill Lane» in", "«Old Hall Farm, Church Road»", "live at «auchter cottage, beech square»"],
)
def test_these_are_found(marked: str) -> None:
    found, wanted = found_in(marked, find)
    assert found
    assert wanted <= found


@pytest.mark.parametrize(
    "text",
    [
        "the Town House, High Street",
        "my house is in the lane",
        "Council House, Victoria Square",
        "a lovely cottage, nice view",
    ],
)
def test_near_misses_are_left(text: str) -> None:
    assert found_in(text, find)[0] == set()
