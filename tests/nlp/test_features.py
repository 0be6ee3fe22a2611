from collections import Counter

import numpy as np
import pytest

from nlp.comments import Comment, Question
from nlp.concepts import concepts_of
from nlp.features import BLOCKS, COLUMNS, SHORT, block_numbers, counts_of, parts_of, places_of
from nlp.tfidf import BlockTfidf
from nlp.words import placed_words_of, words_of

TEXTS = (
    "The driver didn’t wait for us!",
    "[NAME] was kind",
    "",
    "10/10",
    "nobody rang me back about the damp, nobody at all",
    "Nothing.",
)


def test_a_word_is_in_small_letters_and_without_apostrophes() -> None:
    assert words_of("Don’t ring [NAME] at 9!") == ["dont", "ring", "[name]", "at", "9", "!"]


@pytest.mark.parametrize("text", TEXTS)
def test_words_and_placed_words_are_the_same(text: str) -> None:
    placed = placed_words_of(text)
    assert [word.text for word in placed] == words_of(text)
    assert all(text[word.start : word.end].lower().replace("’", "") == word.text for word in placed)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("question", [Question.WHAT_GOOD, Question.NONSPECIFIC])
def test_the_places_of_features_are_those_that_are_counted(text: str, question: Question) -> None:
    counts = counts_of([Comment(text, question)])
    counted = dict(zip(counts.indices.tolist(), counts.data.tolist(), strict=True))
    assert counted == Counter(place.column for place in places_of(text, question))
    assert all(0 <= place.start < place.end <= len(text) for place in places_of(text, question))


def test_features_are_the_same_in_every_process() -> None:
    counts = counts_of([Comment("waited on the phone", Question.WHAT_GOOD)])
    assert counts.shape == (1, COLUMNS)
    assert int(counts.indices.astype(np.int64).sum()) == 26_659_080


def test_the_parts_of_a_word_are_two_to_five_letters_with_its_ends() -> None:
    assert list(parts_of("bin")) == [" b", "bi", "in", "n ", " bi", "bin", "in ", " bin", "bin ", " bin "]


def test_different_words_for_one_thing_are_one_concept() -> None:
    assert concepts_of("driver") == concepts_of("paramedics") == concepts_of("nurse") == ("staff",)
    assert "number" in concepts_of("45")
    assert concepts_of("gravel") == ()


def test_the_question_counts_for_short_comments_only() -> None:
    def in_short(text: str, question: Question) -> set[int]:
        return {column for column in counts_of([Comment(text, question)]).indices.tolist() if column >= SHORT.start}

    assert in_short("Nothing", Question.WHAT_GOOD).isdisjoint(in_short("Nothing", Question.COULD_IMPROVE))
    assert in_short("I have nothing at all more to say", Question.WHAT_GOOD) == set()


def test_each_block_of_a_comment_has_length_one() -> None:
    counts = counts_of([Comment(text) for text in TEXTS * 2])
    features = BlockTfidf(min_comments=2).fit(counts)
    weights = features.transform(counts)
    lengths = np.bincount(block_numbers(features.columns_[weights[1].indices]), weights[1].data ** 2, len(BLOCKS))
    assert lengths == pytest.approx([1, 1, 1, 1])
    assert weights[2].nnz == 0


def test_a_feature_that_too_few_comments_have_is_left_out() -> None:
    counts = counts_of([Comment("damp"), Comment("damp"), Comment("mould")])
    assert BlockTfidf(min_comments=2).fit_transform(counts)[2].nnz < counts[2].nnz
