"""What a draft must hold before it is published, beyond what makes it readable."""

from typing import Any

import pytest

from surveys.questionnaires.definition_faults import faults_in
from surveys.questionnaires.drivers import DRIVERS
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.library import QUESTIONS, READY, taken
from surveys.questionnaires.publishable import faults_before_publishing
from tests.makers.questionnaires import definition, question, words

LONG = "word " * 59 + "end"


def told(*questions: dict[str, Any], **whole: Any) -> list[str]:
    return [str(fault) for fault in faults_before_publishing(definition(*questions, **whole))]


def test_a_question_behind_one_that_nobody_gets_is_told_too() -> None:
    first = question("first", show_if={"question": "nothing", "any_of": ["yes"]})
    second = question("second", show_if={"question": "first", "any_of": ["yes"]})
    third = question("third", show_if={"question": "second", "any_of": ["no"]})
    assert told(first, second, third) == [
        "Question 2: nobody would reach it: no earlier question has the key nothing.",
        "Question 3: nobody would reach it: nobody would reach question first.",
        "Question 4: nobody would reach it: nobody would reach question second.",
    ]


def test_a_question_moved_before_the_one_it_depends_on_is_told() -> None:
    first = question("first", show_if={"question": "second", "any_of": ["yes"]})
    assert told(first, question("second")) == [
        "Question 2: nobody would reach it: no earlier question has the key second."
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (words(LONG, "Byr"), ["Question 2: too long for a text message in English: "]),
        (words("Short", LONG), ["Question 2: too long for a text message in Welsh: "]),
        (words("Short", "Byr"), []),
    ],
)
def test_a_question_that_is_too_long_for_a_text_is_told_where_texts_may_answer(
    text: dict[str, str], faults: list[str]
) -> None:
    found = told(question("long", text=text), by_reply=True)
    assert len(found) == len(faults)
    assert all(one.startswith(start) for one, start in zip(found, faults, strict=True))
    assert told(question("long", text=text)) == []


def test_only_what_can_go_by_text_is_measured() -> None:
    options = [{"code": f"code_{n}", "text": words(f"An answer in so many words, number {n}")} for n in range(20)]
    assert told(question("many", "choices", options=options), by_reply=True) == []


def test_what_is_published_already_stays_readable_under_a_stricter_rule() -> None:
    raw = definition(question("long", text=words(LONG, LONG)), by_reply=True)
    assert faults_in(raw) == []
    assert faults_before_publishing(raw) != []


def test_the_library_covers_every_driver_in_every_language_and_may_be_published_as_it_is() -> None:
    assert set(QUESTIONS) == set(DRIVERS)
    assert len(READY) >= 12
    raw = definition(*READY.values(), languages=list(LANGUAGES), most_of_pool=3, by_reply=True)
    assert [str(fault) for fault in faults_before_publishing(raw)] == []
    assert all(item["optional"] and item["pool"] and item["driver"] in DRIVERS for item in READY.values())


def test_a_ready_question_is_taken_as_a_copy() -> None:
    copy = taken("polite")
    assert copy == READY["polite"]
    assert copy is not None
    copy["text"]["en"] = "Changed"
    assert READY["polite"]["text"]["en"] != "Changed"
    assert taken("no_such_question") is None
