"""A questionnaire is data that is checked in words before it is used."""

from copy import deepcopy
from typing import Any

import pytest

from surveys.core.refusals import Refused
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.definition import read_definition
from surveys.questionnaires.languages import LANGUAGES, known_language

RATING, CHOICE, COMMENT = (deepcopy(DEFAULT_DEFINITION["questions"][n]) for n in range(3))
BOTH = {"en": "Words", "cy": "Geiriau"}


def faults(*questions: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        read_definition({"questions": list(questions)})
    return refusal.value.words.splitlines()


def options(*codes: Any) -> list[dict[str, Any]]:
    return [{"code": code, "text": BOTH} for code in codes]


def test_the_default_definition_is_valid_and_has_words_in_every_language() -> None:
    definition = read_definition(DEFAULT_DEFINITION)
    assert [question.key for question in definition.questions] == ["overall", "resolved", "why"]
    assert definition.rating.kind == "satisfaction"
    assert not definition.rating.optional
    assert [question.optional for question in definition.rest] == [True, True]
    for question in definition.questions:
        for words in (question.text, *(option.text for option in question.handler.options(question))):
            assert set(words) == set(LANGUAGES) == {"en", "cy"}
            assert all(words.values())


def test_the_comment_warns_not_to_write_personal_details() -> None:
    comment = read_definition(DEFAULT_DEFINITION).rest[-1]
    assert comment.hint["en"].startswith("Do not include names, account numbers")
    assert comment.hint["cy"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"key": ""}, "the key must be lower case letters, numbers and underscores."),
        ({"key": "Two Words"}, "the key must be lower case letters, numbers and underscores."),
        ({"key": "a\n"}, "the key must be lower case letters, numbers and underscores."),
        ({"key": "k" * 41}, "the key must be lower case letters, numbers and underscores."),
        ({"kind": "stars"}, "the kind must be one of satisfaction, choice, comment."),
        ({"kind": ["choice"]}, "the kind must be one of satisfaction, choice, comment."),
        ({"text": None}, "text has no words in English."),
        ({"text": {"en": "Only English"}}, "text has no words in Cymraeg."),
        ({"text": {"en": " ", "cy": "Geiriau"}}, "text has no words in English."),
        ({"text": "words"}, "text has no words in English."),
        ({"error": {"en": "Select one"}}, "error has no words in Cymraeg."),
        ({"options": options("only")}, "a choice needs two options or more."),
        ({"options": None}, "a choice needs two options or more."),
        ({"options": "ab"}, "a choice needs two options or more."),
        ({"options": options("yes", "yes")}, "two options have the code yes."),
        ({"options": [{"text": BOTH}, *options("no")]}, "option 1 needs a code like those of keys."),
        ({"options": options("Yes!", "no")}, "option 1 needs a code like those of keys."),
        ({"options": ["yes", "no"]}, "option 2 needs a code like those of keys."),
        ({"options": [{"code": "yes", "text": {"en": "Yes"}}, *options("no")]}, "option yes has no words in Cymraeg."),
        ({"longest": "many"}, "longest must be a number of characters from 1 to 10,000."),
        ({"longest": 0}, "longest must be a number of characters from 1 to 10,000."),
    ],
)
def test_each_fault_is_told_in_words_with_the_number_of_the_question(change: dict[str, Any], fault: str) -> None:
    given = {**CHOICE, "optional": False, "error": BOTH, **change}
    assert f"Question 2: {fault}" in faults(RATING, given)


def test_an_optional_question_needs_no_words_for_being_left_out() -> None:
    assert "error" not in COMMENT
    assert len(read_definition({"questions": [RATING, COMMENT]}).questions) == 2


def test_every_fault_is_told_at_once() -> None:
    assert len(faults({**RATING, "key": "No"}, {**COMMENT, "kind": "stars"})) == 2


@pytest.mark.parametrize("questions", [[CHOICE], [COMMENT, RATING]])
def test_the_rating_comes_first(questions: list[Any]) -> None:
    assert faults(*questions) == ["The first question must be the satisfaction rating."]


@pytest.mark.parametrize("raw", [{}, {"questions": []}, {"questions": None}, {"questions": "overall"}])
def test_a_definition_without_questions_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="first question must be the satisfaction rating"):
        read_definition(raw)


def test_two_questions_may_not_share_a_key() -> None:
    assert faults(RATING, {**COMMENT, "key": "overall"}) == ["Two questions have the key overall."]


@pytest.mark.parametrize("item", [None, "overall", 7, []])
def test_what_is_no_question_is_told(item: Any) -> None:
    assert faults(RATING, item) == ["Question 2: this is no question."]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("cy", "cy"),
        ("CY", "cy"),
        ("cy-GB", "cy"),
        ("Welsh", "cy"),
        (" Cymraeg ", "cy"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_language_is_known_by_code_or_name_and_english_is_the_rest(asked: str | None, code: str) -> None:
    assert known_language(asked) == code
