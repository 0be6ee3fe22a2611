"""A questionnaire is data that is checked in words before it is used."""

from copy import deepcopy
from typing import Any

import pytest

from surveys.core.refusals import Refused
from surveys.questionnaires.default import CONTACT_BACK, DEFAULT_DEFINITION
from surveys.questionnaires.definition import read_definition
from surveys.questionnaires.languages import LANGUAGES, known_language

RATING, CHOICE, COMMENT = (deepcopy(DEFAULT_DEFINITION["questions"][n]) for n in range(3))
BOTH = {"en": "Words", "cy": "Geiriau"}
KINDS_TOLD = "the kind must be one of satisfaction, scale, choice, choices, yes_no, comment, contact_back."


def faults(*questions: Any) -> list[str]:
    with pytest.raises(Refused) as refusal:
        read_definition({"questions": list(questions)})
    return refusal.value.words.splitlines()


def options(*codes: Any) -> list[dict[str, Any]]:
    return [{"code": code, "text": BOTH} for code in codes]


def test_the_default_definition_is_valid_and_has_words_in_every_language() -> None:
    definition = read_definition(DEFAULT_DEFINITION)
    assert [question.key for question in definition.questions] == ["overall", "resolved", "why", "contact_back"]
    assert definition.rating.kind == "satisfaction"
    assert not definition.rating.optional
    assert [question.optional for question in definition.rest] == [True, True, True]
    for question in definition.questions:
        for words in (question.text, *(option.text for option in question.handler.options(question))):
            assert set(definition.languages) <= set(words) <= set(LANGUAGES)
            assert all(words.values())


def test_the_comment_warns_not_to_write_personal_details() -> None:
    comment = read_definition(DEFAULT_DEFINITION).questions[2]
    assert comment.hint["en"].startswith("Do not include names, account numbers")
    assert comment.hint["cy"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"key": ""}, "the key must be lower case letters, numbers and underscores."),
        ({"key": "Two Words"}, "the key must be lower case letters, numbers and underscores."),
        ({"key": "a\n"}, "the key must be lower case letters, numbers and underscores."),
        ({"key": "k" * 41}, "the key must be lower case letters, numbers and underscores."),
        ({"kind": "stars"}, KINDS_TOLD),
        ({"kind": ["choice"]}, KINDS_TOLD),
        ({"text": None}, "text has no words in English."),
        ({"text": {"en": "Only English"}}, "text has no words in Welsh."),
        ({"text": {"en": " ", "cy": "Geiriau"}}, "text has no words in English."),
        ({"text": "words"}, "text has no words in English."),
        ({"error": {"en": "Select one"}}, "error has no words in Welsh."),
        ({"options": options("only")}, "a choice needs two options or more."),
        ({"options": None}, "a choice needs two options or more."),
        ({"options": "ab"}, "a choice needs two options or more."),
        ({"options": options("yes", "yes")}, "two options have the code yes."),
        ({"options": [{"text": BOTH}, *options("no")]}, "option 1 needs a code like those of keys."),
        ({"options": options("Yes!", "no")}, "option 1 needs a code like those of keys."),
        ({"options": ["yes", "no"]}, "option 2 needs a code like those of keys."),
        ({"options": [{"code": "yes", "text": {"en": "Yes"}}, *options("no")]}, "option yes has no words in Welsh."),
        ({"longest": "many"}, "longest must be a number of characters from 1 to 10,000."),
        ({"text": {"en": "x" * 301, "cy": "x"}}, "the text must be 300 characters or less in every language."),
        ({"hint": {"en": "Only English"}}, "hint has no words in Welsh."),
        ({"driver": "speed"}, "the driver must be one of delivery, timeliness, information, professionalism,"),
        ({"kind": "comment", "asks": "who"}, "what it asks for must be one of what_good, could_improve."),
        ({"asks": "what_good"}, "only a question in own words says what it asks for."),
        ({"kind": "contact_back"}, "whether we may contact the person must be optional and not of the pool."),
        ({"pool": True}, "a question of the pool must be optional, for not everyone is asked it."),
        ({"kind": "choices", "options": options("a")}, "choices need two options or more."),
        ({"kind": "choices", "options": options("a" * 35, "b")}, "the key and the code "),
        ({"kind": "scale", "highest": 2}, "a scale must begin at 0 or 1 and end at a number from 3 to 10."),
        ({"kind": "scale", "lowest": -1}, "a scale must begin at 0 or 1 and end at a number from 3 to 10."),
        ({"show_if": {"question": "overall"}}, "the condition must name an earlier question and at least one of"),
        ({"show_if": "overall"}, "the condition must name an earlier question and at least one of its answers."),
        (
            {"show_if": {"question": "why", "any_of": ["x"]}},
            "nobody would reach it: no earlier question has the key why.",
        ),
        (
            {"show_if": {"question": "overall", "any_of": ["bored"]}},
            "nobody would reach it: question overall has no answer bored.",
        ),
        ({"longest": 0}, "longest must be a number of characters from 1 to 10,000."),
    ],
)
def test_each_fault_is_told_in_words_with_the_number_of_the_question(change: dict[str, Any], fault: str) -> None:
    given = {**CHOICE, "optional": False, "error": BOTH, **change}
    assert any(told.startswith(f"Question 2: {fault}") for told in faults(RATING, given))


def test_an_optional_question_needs_no_words_for_being_left_out() -> None:
    assert "error" not in COMMENT
    assert len(read_definition({"questions": [RATING, COMMENT]}).questions) == 2


def test_every_fault_is_told_at_once() -> None:
    assert len(faults({**RATING, "longest": 0}, {**COMMENT, "kind": "stars"})) == 2


@pytest.mark.parametrize("questions", [[CHOICE], [COMMENT, RATING]])
def test_the_rating_comes_first(questions: list[Any]) -> None:
    assert faults(*questions) == ["The first question must be the satisfaction rating."]


@pytest.mark.parametrize("raw", [{}, {"questions": []}, {"questions": None}, {"questions": "overall"}])
def test_a_definition_without_questions_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="first question must be the satisfaction rating"):
        read_definition(raw)


def test_two_questions_may_not_share_a_key() -> None:
    assert faults(RATING, {**COMMENT, "key": "overall"}) == ["Two questions have the key overall."]


def test_only_one_question_asks_whether_we_may_contact_the_person() -> None:
    asked = {**CONTACT_BACK, "text": BOTH, "hint": BOTH}
    assert faults(RATING, asked, {**asked, "key": "again"}) == [
        "Only one question may ask whether we may contact the person."
    ]
    assert faults(RATING, {**asked, "pool": True}) == [
        "Question 2: whether we may contact the person must be optional and not of the pool.",
    ]


def test_a_condition_on_a_comment_is_told_for_nobody_would_reach_it() -> None:
    given = {**CHOICE, "show_if": {"question": "why", "any_of": ["yes"]}}
    assert faults(RATING, COMMENT, given) == [
        "Question 3: nobody would reach it: question why has no answers to choose from."
    ]


@pytest.mark.parametrize(
    ("whole", "fault"),
    [
        ({"languages": ["cy"]}, "The languages must be English and any of en, cy, pl, lt, pt, ur, pa."),
        ({"languages": ["en", "xx"]}, "The languages must be English and any of en, cy, pl, lt, pt, ur, pa."),
        ({"equality": ["shoe_size"]}, "There is no equality question shoe_size."),
        ({"most_of_pool": 2}, "The number of questions from the pool must be from 1 to 1."),
        ({"most_of_pool": 0}, "The number of questions from the pool must be from 1 to 1."),
    ],
)
def test_what_is_wrong_with_the_whole_is_told_without_a_number(whole: dict[str, Any], fault: str) -> None:
    pool = {**CHOICE, "pool": True}
    with pytest.raises(Refused) as refusal:
        read_definition({"questions": [RATING, pool], **whole})
    assert fault in refusal.value.words.splitlines()


@pytest.mark.parametrize("change", [{"key": "rating"}, {"optional": True}, {"pool": True}])
def test_the_rating_is_the_same_for_everyone(change: dict[str, Any]) -> None:
    assert any(told.startswith("The satisfaction rating must") for told in faults({**RATING, **change}))


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
        ("Urdu", "ur"),
        ("ਪੰਜਾਬੀ", "pa"),
        ("plain", "en"),
        ("pt_BR", "pt"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_language_is_known_by_code_or_name_and_english_is_the_rest(asked: str | None, code: str) -> None:
    assert known_language(asked) == code
