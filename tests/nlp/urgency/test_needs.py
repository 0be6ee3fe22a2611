"""What a pattern cannot do without, so that few are tried: never one too few."""

import pytest

from nlp.urgency.cases import cases
from nlp.urgency.judge import trials, woken
from nlp.urgency.needs import needs_of
from nlp.urgency.trials import ways_of
from nlp.urgency.words import line_of, spoken


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("hit me", [{"hit"}, {"me"}]),
        ("(?:hit|hits|kicked) (?:me|us)", [{"hit", "hits", "kick"}, {"me", "us"}]),
        (r"suicid\w*", [{"suic"}]),
        (r"hit\w*", []),
        ("(?:bed )?sores", [{"sore"}]),
        ("for ?ever", []),
        (r"left(?: alone)? (?:\w+ ){0,3}outside", [{"left"}, {"outs"}]),
        ("(?<!no )complaint(?! form)", [{"comp"}]),
        (r"(?:one|\w+) two", [{"two"}]),
    ],
)
def test_a_pattern_tells_the_words_it_needs(pattern: str, needs: list[set[str]]) -> None:
    assert sorted(map(sorted, needs_of(pattern))) == sorted(map(sorted, needs))


@pytest.mark.parametrize("pattern", ["(?:a", "a)"])
def test_a_bracket_too_many_or_too_few_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        needs_of(pattern)


def test_alternatives_outside_brackets_are_tried_apart() -> None:
    assert list(ways_of("a|(?:b|c) d|e")) == ["a", "(?:b|c) d", "e"]


@pytest.mark.parametrize("name", ["hard", "lessons", "unseen", "fresh"])
def test_no_pattern_that_would_match_is_left_asleep(name: str) -> None:
    asleep = []
    for case in cases(name):
        plain = line_of(case.text).plain
        awake = set(map(id, woken(spoken(case.text))))
        asleep += [case.text for trial in trials().trials if id(trial) not in awake and trial.pattern.search(plain)]
    assert asleep == []


def test_every_pattern_tells_some_word_it_needs() -> None:
    assert trials().always == ()
