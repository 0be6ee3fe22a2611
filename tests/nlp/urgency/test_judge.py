"""The flags of a comment, and why."""

import pytest

from nlp.urgency.cases import cases
from nlp.urgency.judge import LEARNED, reasons, urgency_of
from nlp.urgency.types import Urgency


def test_an_ordinary_comment_raises_nothing() -> None:
    for text in ("", " ", "ok", "The lady was very helpful with my council tax.", "🙂🙂", "12345", "İ" * 50):
        assert urgency_of(text) == ()
        assert reasons(text) == ()


def test_flags_are_not_exclusive_and_stand_in_their_order() -> None:
    text = "I want to make a complaint. He hits me. I will kill that officer."
    assert urgency_of(text) == (Urgency.safeguarding, Urgency.threat, Urgency.complaint)


def test_a_redacted_comment_is_judged_as_well() -> None:
    assert urgency_of("[NAME] hits her") == (Urgency.safeguarding,)
    assert urgency_of("I will find [NAME] and stab [NAME]") == (Urgency.threat,)


def test_a_reason_points_at_the_words_as_written() -> None:
    text = "Lovely staff. But my HUSBAND  hits me!"
    told = {text[reason.start : reason.end] for reason in reasons(text) if reason.rule == "violence at home"}
    assert told == {"HUSBAND  hits me"}


def test_what_an_idiom_hides_does_not_hide_the_rest() -> None:
    assert urgency_of("the wait was killing me") == ()
    assert Urgency.safeguarding in urgency_of("the wait was killing me, worse, he says he will kill me")


@pytest.mark.parametrize("name", ["hard", "fresh"])
def test_reasons_and_flags_agree(name: str) -> None:
    for case in cases(name):
        why = reasons(case.text)
        assert {reason.flag for reason in why} == set(urgency_of(case.text))
        assert all(0 <= reason.start < reason.end <= len(case.text) for reason in why)


def test_learned_words_are_named_one_by_one() -> None:
    text = "a man is keeping a girl in his flat, she never comes out"
    told = [reason for reason in reasons(text) if reason.rule == LEARNED]
    assert 0 < len(told) <= 3
    assert all(" " not in text[reason.start : reason.end] for reason in told)


@pytest.mark.parametrize(
    "text",
    [
        "She explained everything in plain English",
        "He went out of his way until it was done. I did not have to be passed around.",
        "We came to the homework club. I could do it at ten in the evening. The children loved it.",
        "No understanding at all for someone in my position.",
        "I don't feel like anything could have been done any better.",
    ],
)
def test_everyday_words_together_raise_nothing(text: str) -> None:
    assert urgency_of(text) == ()
