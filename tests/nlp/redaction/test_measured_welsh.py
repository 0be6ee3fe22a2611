"""Floors a little below what was measured in Welsh; `bench.redaction` tells more."""

import pytest

from nlp.redaction.redact import redact
from nlp.redaction.types import Kind
from tests.nlp.redaction import welsh_clean, welsh_named
from tests.nlp.redaction.scoring import recalls, touched
from tests.nlp.redaction.welsh_scoring import marked_all, renamed


def test_there_are_comments_enough_and_none_twice() -> None:
    assert len(set(welsh_clean.UNSEEN)) >= 60
    assert len(set(welsh_named.UNSEEN)) >= 60
    assert not set(welsh_clean.TUNED) & set(welsh_clean.UNSEEN)
    assert not set(welsh_named.TUNED) & set(welsh_named.UNSEEN)


@pytest.mark.parametrize(("comments", "least"), [(welsh_named.TUNED, 0.99), (welsh_named.UNSEEN, 0.94)])
def test_names_in_welsh_are_hidden(comments: list[str], least: float) -> None:
    assert recalls(marked_all(comments))[Kind.NAME].share >= least


@pytest.mark.parametrize(("comments", "least"), [(welsh_named.TUNED, 0.96), (welsh_named.UNSEEN, 0.93)])
def test_names_that_no_list_has_are_hidden_in_welsh(comments: list[str], least: float) -> None:
    assert recalls(marked_all(renamed(comments, 10, seed=20_261)))[Kind.NAME].share >= least


@pytest.mark.parametrize(("comments", "most"), [(welsh_clean.TUNED, 0.01), (welsh_clean.UNSEEN, 0.03)])
def test_clean_comments_in_welsh_are_left_alone(comments: list[str], most: float) -> None:
    assert len(touched(comments)) <= most * len(comments)


@pytest.mark.parametrize("comments", [welsh_named.TUNED, welsh_named.UNSEEN])
def test_hardly_anything_but_the_names_is_hidden(comments: list[str]) -> None:
    made = marked_all(comments)
    planted = {(each.text, one.start, one.end) for each in made for one in each.planted}
    beside = [
        redact(each.text).text
        for each in made
        for found in redact(each.text).found
        if not any(each.text == text and start < found.end and found.start < end for text, start, end in planted)
    ]
    assert len(beside) <= 0.01 * len(made)


@pytest.mark.parametrize("comments", [welsh_named.TUNED, welsh_named.UNSEEN])
def test_a_second_redaction_changes_nothing_in_welsh(comments: list[str]) -> None:
    once = [redact(each.text).text for each in marked_all(comments)]
    assert [redact(text).text for text in once] == once
