"""A question's answers and conditions in words, for staff. It reads drafts too, whose words may be wanting. Pure."""

from collections.abc import Sequence
from typing import Any

from surveys.questionnaires.definition import read_question
from surveys.questionnaires.languages import DEFAULT

Item = dict[str, Any]
EVERYONE = "Asked of everyone"


def answers_of(item: Item) -> dict[str, str]:
    """The answers that can be counted, in English by code; none for a comment."""
    question = read_question(item)
    if not question.handler.counted:
        return {}
    return {option.code: option.text.get(DEFAULT) or option.code for option in question.handler.options(question)}


def condition_in_words(item: Item, items: Sequence[Item]) -> str:
    """Who is asked this question of these."""
    condition = item.get("show_if")
    if not condition:
        return EVERYONE
    named = next((one for one in items if one["key"] == condition["question"]), None)
    answers = answers_of(named) if named else {}
    words = [uncapitalised(answers.get(code, code)) for code in condition["any_of"]]
    return f"Asked if {condition['question']} is {' or '.join(words)}"


def uncapitalised(words: str) -> str:
    """A word of capitals only stays: I, and DVLA."""
    first = words.split(" ")[0]
    return words if first.isupper() else words[:1].lower() + words[1:]
