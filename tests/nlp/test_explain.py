from itertools import pairwise

import pytest

from nlp.comments import Comment, Question
from nlp.explain import contributions, explain
from nlp.features import counts_of
from tests.nlp.trained import small_model

TEXT = "Waited ages on the phone, and then the website lost my form."


def told(text: str, label: str, question: Question = Question.COULD_IMPROVE) -> list[str]:
    return [text[why.start : why.end] for why in explain(small_model(), Comment(text, question), label)]


def test_the_words_that_speak_for_a_label_are_named() -> None:
    assert any("website" in words for words in told(TEXT, "website_digital"))
    assert any("phone" in words for words in told(TEXT, "contact_access"))
    assert not any("website" in words for words in told(TEXT, "contact_access"))


def test_words_are_told_in_the_order_of_the_text_and_never_twice() -> None:
    found = explain(small_model(), Comment(TEXT), "website_digital")
    places = [(why.start, why.end) for why in found]
    assert places == sorted(places)
    assert all(end < start for (_, end), (start, _) in pairwise(places))
    assert all(why.weight > 0 for why in found)


def test_neighbouring_words_are_told_as_one() -> None:
    assert "parking permit" in " ".join(told("Cheaper parking permit", "resources_charges"))
    assert len(told("website website", "website_digital")) == 1


def test_what_is_shared_out_over_the_words_is_the_log_odds_of_the_label() -> None:
    model, comment = small_model(), Comment(TEXT)
    place = model.topics.index("website_digital")
    weights = model.features.transform(counts_of([comment]))
    whole = float((weights @ model.topic_model.coef_[:, place])[0])
    parts = sum(part for _, part in contributions(model, comment, "website_digital"))
    assert parts == pytest.approx(whole, abs=1e-4)


def test_a_sentiment_is_explained_like_a_label() -> None:
    assert any("useless" in words for words in told("The council tax form is useless", "neg"))


def test_a_comment_without_words_has_nothing_to_tell() -> None:
    assert told("", "website_digital") == told("...", "website_digital") == []


def test_an_unknown_label_is_refused() -> None:
    with pytest.raises(ValueError, match="does not know the label 'swans'"):
        explain(small_model(), Comment(TEXT), "swans")
