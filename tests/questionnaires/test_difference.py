"""The draft against the version in force: added, removed, moved, reworded, and whose trend breaks."""

from copy import deepcopy
from typing import Any

import pytest

from surveys.questionnaires.difference import Change, difference
from tests.makers.questionnaires import definition, question, words

OPTIONS = [{"code": "short", "text": words("Short", "Byr")}, {"code": "long", "text": words("Long", "Hir")}]
WAIT = question("wait", "choice", options=OPTIONS)
A, B, C = (question(key) for key in "abc")


def change_of(old: dict[str, Any], new: dict[str, Any]) -> Change:
    found = difference(definition(A, old), definition(A, new))
    return next(change for change in found.questions if change.key == new["key"])


def test_the_same_questions_differ_in_nothing() -> None:
    assert difference(definition(A, WAIT), deepcopy(definition(A, WAIT))).is_none


def test_a_question_is_added_and_another_removed() -> None:
    found = difference(definition(A, B), definition(A, C))
    assert [(change.key, change.state) for change in found.questions] == [
        ("overall", "same"),
        ("a", "same"),
        ("c", "added"),
        ("b", "removed"),
    ]
    assert not found.is_none


def test_only_the_question_that_was_moved_is_told_as_moved() -> None:
    found = difference(definition(A, B, C), definition(B, C, A))
    assert [change.key for change in found.questions if change.moved] == ["a"]
    assert not found.is_none


def test_old_and_new_words_stand_side_by_side_in_each_language() -> None:
    change = change_of(WAIT, {**WAIT, "text": words("How long was the wait?", "Newydd"), "hint": words("A hint")})
    assert [(one.where, one.language, one.old, one.new) for one in change.reworded] == [
        ("Question in English", "en", "About wait", "How long was the wait?"),
        ("Question in Welsh", "cy", "Geiriau", "Newydd"),
        ("Hint in English", "en", "", "A hint"),
        ("Hint in Welsh", "cy", "", "Geiriau"),
    ]
    assert change.broken


def test_another_translation_does_not_break_the_trend() -> None:
    change = change_of(WAIT, {**WAIT, "text": words("About wait", "Cyfieithiad gwell")})
    assert [one.where for one in change.reworded] == ["Question in Welsh"]
    assert not change.broken


def test_a_reworded_answer_is_told_by_its_code() -> None:
    options = [{"code": "short", "text": words("Very short", "Byr")}, OPTIONS[1]]
    change = change_of(WAIT, {**WAIT, "options": options})
    assert [(one.where, one.old, one.new) for one in change.reworded] == [
        ("Answer short in English", "Short", "Very short")
    ]
    assert change.broken


@pytest.mark.parametrize(
    ("change", "sentence", "broken"),
    [
        ({"options": [*OPTIONS, {"code": "none", "text": words("None")}]}, "Answers added: none.", True),
        ({"options": OPTIONS[:1]}, "Answers removed: long.", True),
        ({"options": OPTIONS[::-1]}, "The answers stand in another order.", True),
        ({"options": [{**OPTIONS[0], "apart": True}, OPTIONS[1]]}, "Other answers stand apart.", False),
        ({"kind": "choices"}, "Kind: One of several answers, now Any of several answers.", True),
        ({"optional": False}, "Now it must be answered.", False),
        ({"pool": True}, "Now it is in the pool.", False),
        ({"driver": "timeliness"}, "Driver: None, now timeliness.", False),
        ({"asks": "what_good"}, "What it asks for: Nothing particular, now what was good.", False),
        (
            {"show_if": {"question": "a", "any_of": ["yes", "no"]}},
            "Who is asked: Asked of everyone, now asked if a is yes or no.",
            False,
        ),
    ],
)
def test_what_is_no_wording_is_told_in_a_sentence(change: dict[str, Any], sentence: str, broken: bool) -> None:
    found = change_of(WAIT, {**WAIT, **change})
    assert found.others == (sentence,)
    assert (found.state, found.broken) == ("changed", broken)


def test_another_scale_is_told_and_breaks_the_trend() -> None:
    scale = question("effort", "scale", lowest=1, highest=5)
    found = change_of(scale, {**scale, "highest": 10})
    assert (found.others, found.broken) == (("Scale: 1 to 5, now 1 to 10.",), True)


@pytest.mark.parametrize(
    ("whole", "sentence"),
    [
        ({"languages": ["en", "cy", "pl", "ur"]}, "Languages added: Polish, Urdu."),
        ({"languages": ["en"]}, "Languages removed: Welsh."),
        ({"most_of_pool": 3}, "Questions of the pool for each resident: all, now 3."),
        ({"by_reply": True}, "Now it may be answered by text."),
        ({"equality": ["age"]}, "Other equality questions are asked at the end."),
    ],
)
def test_what_changed_of_the_whole_is_told(whole: dict[str, Any], sentence: str) -> None:
    found = difference(definition(A), definition(A, **whole))
    assert found.whole == (sentence,)
    assert not found.is_none
