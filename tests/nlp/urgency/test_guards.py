"""What excuses a match, and what does not."""

import pytest

from nlp.urgency.idioms import without_idioms
from nlp.urgency.judge import flags_by_rule, woken
from nlp.urgency.words import line_of, spoken


def raised(text: str) -> bool:
    return bool(flags_by_rule(line_of(text).plain, woken(spoken(text))))


@pytest.mark.parametrize(
    ("excused", "counted"),
    [
        ("I am not suicidal", "I am suicidal"),
        ("nobody hit me", "I rang and nobody answered, he hit me"),
        ("imagine a child in danger", "a child in danger"),
        ("the kids are not in danger", "the kids are in danger"),
        ("he hit me, she helped me leave and I am safe now", "he hit me, I am safe now but he keeps coming back"),
        ("years ago he hit me, the lady was kind", "years ago he hit me and he still does, the lady was kind"),
        ("I work for a domestic abuse charity", "I am in a domestic abuse situation"),
        ("I am not going to hurt anyone", "I am going to hurt someone"),
        ("no complaints", "two complaints"),
        ("my only complaint is the music", "my complaint is the music"),
        ("people complain about the council", "we complain about the council"),
        ("my noise complaint was dealt with, great", "my noise complaint was never dealt with"),
        ("I would have complained", "I have complained"),
        ("The staff were good and my complaint was sorted", "The staff were good. I want to make a complaint"),
    ],
)
def test_a_guard_excuses_one_and_not_the_other(excused: str, counted: str) -> None:
    assert (raised(excused), raised(counted)) == (False, True)


@pytest.mark.parametrize(
    "idiom",
    [
        "the hold music was killing me",
        "i could kill for a coffee",
        "lost the will to live",
        "shoot me an email",
        "you shot yourselves in the foot",
        "bored to death",
        "took a stab at the form",
    ],
)
def test_an_idiom_is_blotted_out_length_for_length(idiom: str) -> None:
    assert len(without_idioms(idiom)) == len(idiom)
    assert ",,,," in without_idioms(idiom)


@pytest.mark.parametrize("plain", ["he is killing me", "kill for you", "i lost my will", "hang himself", "hit me"])
def test_what_only_begins_like_an_idiom_stays(plain: str) -> None:
    assert "," not in without_idioms(plain) or plain == "kill for you"
