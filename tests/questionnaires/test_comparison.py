"""A trend goes on over versions that ask alike, and breaks where the English words, the kind or the answers change."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from surveys.questionnaires.comparison import Published, breaks, stretches, wording_of
from tests.makers.questionnaires import definition, question, words

FIRST = datetime(2026, 1, 5, tzinfo=UTC)
CHOICE = question(
    "wait", "choice", options=[{"code": "short", "text": words("Short")}, {"code": "long", "text": words("Long")}]
)
SCALE = question("effort", "scale", lowest=1, highest=5, low=words("Little"), high=words("Much"))


def versions(*definitions: dict[str, Any]) -> list[Published]:
    return [Published(n, FIRST + timedelta(days=30 * n), each) for n, each in enumerate(definitions, 1)]


def changed(item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return deepcopy(item) | more


@pytest.mark.parametrize(
    ("item", "change"),
    [
        (CHOICE, {"text": words("Other words")}),
        (CHOICE, {"kind": "choices"}),
        (CHOICE, {"options": CHOICE["options"][::-1]}),
        (CHOICE, {"options": [*CHOICE["options"], {"code": "none", "text": words("None")}]}),
        (CHOICE, {"options": [{"code": "short", "text": words("Shorter")}, CHOICE["options"][1]]}),
        (SCALE, {"highest": 10}),
        (SCALE, {"lowest": 0}),
        (SCALE, {"high": words("A lot")}),
    ],
)
def test_the_trend_breaks_where_another_thing_is_asked(item: dict[str, Any], change: dict[str, Any]) -> None:
    found = stretches(versions(definition(item), definition(changed(item, **change))))[item["key"]]
    assert [stretch.number for stretch in found] == [1, 2]
    assert breaks(found) == (FIRST + timedelta(days=60),)


@pytest.mark.parametrize(
    "change",
    [
        {"text": words(CHOICE["text"]["en"], "Geiriau eraill")},
        {"hint": words("A hint")},
        {"optional": False, "error": words("Select one")},
        {"pool": True, "driver": "timeliness"},
        {"show_if": {"question": "overall", "any_of": ["neither"]}},
    ],
)
def test_the_trend_goes_on_where_the_same_is_asked(change: dict[str, Any]) -> None:
    assert wording_of(changed(CHOICE, **change)) == wording_of(CHOICE)


def test_versions_are_taken_in_their_order_and_a_question_that_moves_goes_on() -> None:
    both = versions(definition(CHOICE, SCALE), definition(SCALE, CHOICE))
    found = stretches(reversed(both))
    assert {key: [stretch.number for stretch in known] for key, known in found.items()} == {
        "overall": [1],
        "wait": [1],
        "effort": [1],
    }


def test_a_question_that_comes_later_begins_without_a_break_and_one_that_comes_back_goes_on() -> None:
    found = stretches(versions(definition(), definition(CHOICE), definition(), definition(CHOICE)))
    assert [stretch.number for stretch in found["wait"]] == [2]
    assert breaks(found["wait"]) == ()
    assert breaks(()) == ()
