"""What is typed into a question's form becomes a question; what cannot be kept is told beside its field."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from surveys.questionnaires.arranging import moved, put, without
from surveys.questionnaires.question_typed import (
    act_on_options,
    blank,
    code_from,
    typed_question,
    without_blanks,
)
from tests.makers.questionnaires import definition, question, words

BOTH = ("en", "cy")
OPTIONS = [{"code": "short", "text": words("Short", "Byr")}, {"code": "long", "text": words("Long", "Hir")}]


def form(**fields: Any) -> MultiDict[str, str]:
    return MultiDict({name.replace("__", "-"): value for name, value in fields.items()})


def test_words_are_kept_by_language_in_one_line_and_without_control_characters() -> None:
    typed = typed_question(form(key="wait", text__en="  How\r\n long\0? ", text__cy="e\u0301"), blank("yes_no"), BOTH)
    assert typed.item == {"key": "wait", "kind": "yes_no", "text": {"en": "How long?", "cy": "é"}}
    assert typed.faults == {}


def test_words_in_a_language_that_the_form_does_not_have_stay() -> None:
    before = question("wait", text={"en": "Old", "pl": "Stare"}, hint={"pl": "Uwaga"})
    item = typed_question(form(key="wait", text__en="New"), before, BOTH).item
    assert (item["text"], item["hint"]) == ({"en": "New", "pl": "Stare"}, {"pl": "Uwaga"})


def test_a_code_that_is_wanting_comes_of_the_english_words() -> None:
    fields = form(key="a", option__0__code="", option__0__en="Yes, first time", option__1__code="", option__1__cy="Na")
    item = typed_question(fields, blank("choice"), BOTH).item
    assert [option["code"] for option in item["options"]] == ["yes_first_time", ""]


@pytest.mark.parametrize(
    ("said", "code"), [("16 to 24", "to_24"), ("Ŵyth", "wyth"), ("?!", ""), ("x" * 50, "x" * 30), ("", "")]
)
def test_a_code_is_made_of_plain_letters(said: str, code: str) -> None:
    assert code_from(said) == code


def test_rows_that_nothing_was_typed_into_are_left_out_when_saved() -> None:
    fields = form(key="a", option__0__code="", option__1__code="b", option__1__apart="1", option__2__code="")
    item = typed_question(fields, blank("choices"), BOTH).item
    assert len(item["options"]) == 3
    assert without_blanks(item)["options"] == [{"code": "b", "text": {}, "apart": True}]


@pytest.mark.parametrize(
    ("act", "codes"),
    [
        ("add-option", ["short", "long", ""]),
        ("remove-option-0", ["long"]),
        ("remove-option-9", ["short", "long"]),
        ("up-option-1", ["long", "short"]),
        ("up-option-0", ["short", "long"]),
        ("down-option-0", ["long", "short"]),
        ("down-option-1", ["short", "long"]),
        ("explode", ["short", "long"]),
    ],
)
def test_rows_are_added_removed_and_moved_without_a_script(act: str, codes: list[str]) -> None:
    item = act_on_options(question("a", "choice", options=OPTIONS), act)
    assert [option["code"] for option in item["options"]] == codes


@pytest.mark.parametrize(
    ("kind", "fields", "where"),
    [
        ("yes_no", {"key": "Two words"}, "key"),
        ("yes_no", {"key": ""}, "key"),
        ("yes_no", {"key": "k" * 41}, "key"),
        ("scale", {"lowest": "low", "highest": "5"}, "lowest"),
        ("scale", {"lowest": "1", "highest": "1000000"}, "highest"),
        ("scale", {"lowest": "1", "highest": "٥"}, "highest"),
        ("comment", {"longest": "many"}, "longest"),
        ("comment", {"longest": "10001"}, "longest"),
        ("comment", {"longest": ""}, "longest"),
    ],
)
def test_what_cannot_be_kept_is_told_beside_its_field(kind: str, fields: dict[str, str], where: str) -> None:
    assert set(typed_question(form(**({"key": "a"} | fields)), blank(kind), BOTH).faults) == {where}


def test_numbers_are_kept_as_numbers() -> None:
    assert typed_question(form(key="a", longest="1,000"), blank("comment"), BOTH).item["longest"] == 1000
    scale = typed_question(form(key="a", lowest="0", highest="10"), blank("scale"), BOTH).item
    assert (scale["lowest"], scale["highest"]) == (0, 10)


def test_a_condition_names_answers_of_one_question() -> None:
    one = MultiDict([("key", "a"), ("any_of", "overall:neither"), ("any_of", "overall:very_satisfied")])
    typed = typed_question(one, blank("yes_no"), BOTH)
    assert typed.item["show_if"] == {"question": "overall", "any_of": ["neither", "very_satisfied"]}
    one.add("any_of", "other:yes")
    assert set(typed_question(one, blank("yes_no"), BOTH).faults) == {"any_of"}


def test_the_rating_takes_no_condition() -> None:
    fields = form(key="overall", any_of="a:yes", optional="1", pool="1", driver="access")
    item = typed_question(fields, definition()["questions"][0], BOTH).item
    assert not {"show_if", "optional", "pool", "driver"} & set(item)


def test_a_renamed_question_takes_its_conditions_with_it() -> None:
    later = question("later", show_if={"question": "a", "any_of": ["yes"]})
    found = put(definition(question("a"), later), "a", question("b"))
    assert [item["key"] for item in found["questions"]] == ["overall", "b", "later"]
    assert found["questions"][2]["show_if"]["question"] == "b"


def test_a_question_that_was_not_there_comes_last() -> None:
    found = put(definition(question("a")), "gone", question("gone"))
    assert [item["key"] for item in found["questions"]] == ["overall", "a", "gone"]


@pytest.mark.parametrize(
    ("key", "steps", "order"),
    [
        ("b", -1, "bac"),
        ("b", 1, "acb"),
        ("a", -1, "abc"),
        ("c", 1, "abc"),
        ("overall", 1, "abc"),
    ],
)
def test_a_question_moves_one_place_and_the_rating_stays_first(key: str, steps: int, order: str) -> None:
    found = moved(definition(*(question(one) for one in "abc")), key, steps)
    assert [item["key"] for item in found["questions"]] == ["overall", *order]


def test_a_question_is_taken_out() -> None:
    assert [item["key"] for item in without(definition(question("a"), question("b")), "a")["questions"]] == [
        "overall",
        "b",
    ]
