"""The classifier as a whole, fitted small."""

import pytest

from nlp.code_frame import NO_CONTENT, CodeFrame, Label, code_frame
from nlp.comments import Comment, Example, Question, Sentiment
from nlp.model import Model, fit
from nlp.thresholds import FLOOR
from tests.nlp.trained import corrections, no_base, same_predictions, small_model

SWANS = (
    "the swans at the lake bite",
    "a swan chased my son",
    "feed the swans",
    "swans all over the path",
    "swans by the boats are dirty",
    "swan nest on the slipway",
)


def labels_of(model: Model, text: str, question: Question = Question.COULD_IMPROVE) -> tuple[str, ...]:
    return model.classify([Comment(text, question)])[0].labels


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The website logged me out and lost the form", "website_digital"),
        ("I was left on hold and then cut off, nobody answers the phone", "contact_access"),
        ("The charge for the permit has doubled", "resources_charges"),
        ("Overturn the decision on my blue badge appeal", "policy_decision"),
        ("There is no ramp and the lift is broken", "access_premises"),
    ],
)
def test_topics_of_a_council_are_known(text: str, label: str) -> None:
    assert label in labels_of(small_model(), text)


def test_a_comment_may_have_several_topics() -> None:
    given = labels_of(small_model(), "Website crashed and when I phoned nobody answered the phone")
    assert {"website_digital", "contact_access"} <= set(given)


def test_every_label_has_a_probability_and_labels_follow_the_frame() -> None:
    prediction = small_model().classify([Comment("Rude man, no ramp, and the website is down")])[0]
    assert set(prediction.probabilities) == set(code_frame().names)
    assert list(prediction.labels) == [name for name in code_frame().names if name in prediction.labels]
    assert all(0 <= probability <= 1 for probability in prediction.probabilities.values())
    assert sum(prediction.sentiment_probabilities.values()) == pytest.approx(1)


def test_what_the_model_cannot_place_has_no_label_and_needs_review() -> None:
    prediction = small_model().classify([Comment("zzz qqq vvv")])[0]
    assert max(prediction.probabilities.values()) < FLOOR
    assert prediction.labels == ()
    assert prediction.needs_review
    assert prediction.classified


def test_nothing_is_read_with_the_question() -> None:
    assert labels_of(small_model(), "Nothing.", Question.COULD_IMPROVE) == ("general_praise",)
    assert labels_of(small_model(), "Nothing.", Question.WHAT_GOOD) == ("general_dissatisfaction",)
    assert labels_of(small_model(), "Nothing.", Question.NONSPECIFIC) == (NO_CONTENT,)


def test_a_comment_without_content_is_neither_praise_nor_blame_whatever_the_rating() -> None:
    prediction = small_model().classify([Comment("n/a", rating=5)])[0]
    assert (prediction.labels, prediction.sentiment) == ((NO_CONTENT,), Sentiment.NEUTRAL_MIXED)


def test_the_rating_changes_no_topic() -> None:
    comments = [Comment("They came about the damp", rating=rating) for rating in (None, 1, 3, 5)]
    predictions = small_model().classify(comments)
    assert len({tuple(prediction.probabilities.items()) for prediction in predictions}) == 1


def test_a_comment_gets_the_same_prediction_whatever_stands_beside_it() -> None:
    comments = [Comment("The website is slow"), Comment("polite lady"), Comment("why is the rent so high")]
    together = small_model().classify(comments)
    assert together == [small_model().classify([comment])[0] for comment in comments]
    assert together == list(reversed(small_model().classify(comments[::-1])))
    assert small_model().classify([]) == []


def test_a_comment_in_another_language_is_not_classified() -> None:
    welsh, judged = small_model().classify([Comment("Gwasanaeth da iawn"), Comment("[NAME] yn fawr", language="cy")])
    assert (welsh.labels, welsh.sentiment, welsh.language, welsh.classified) == ((), None, "cy", False)
    assert (judged.labels, judged.classified) == ((), False)


def test_the_same_input_and_seed_give_the_same_model() -> None:
    assert same_predictions(small_model(), fit(no_base()))


def test_a_new_label_is_learned_from_a_few_corrections() -> None:
    frame = CodeFrame(2, (*code_frame().labels, Label("swans", "Swans", "Swans and other birds of the parks")))
    model = fit(no_base(), corrections("swans", *SWANS), frame)
    assert "swans" in labels_of(model, "the swans chased my dog")
    assert "swans" not in labels_of(model, "the website is down again")


def test_a_label_with_two_examples_is_not_given_yet() -> None:
    frame = CodeFrame(2, (*code_frame().labels, Label("swans", "Swans", "Swans and other birds of the parks")))
    model = fit(no_base(), corrections("swans", *SWANS[:2]), frame)
    assert model.classify([Comment(SWANS[0])])[0].probabilities["swans"] < 1e-9


def test_a_correction_under_a_label_outside_the_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="no label swans"):
        fit(no_base(), corrections("swans", *SWANS))


def test_a_label_that_the_frame_has_retired_is_not_learned() -> None:
    kept = tuple(label for label in code_frame().labels if label.name != "website_digital")
    model = fit(no_base(), frame=CodeFrame(2, kept))
    assert "website_digital" not in model.classify([Comment("the website is down")])[0].probabilities


def test_a_correction_without_a_sentiment_still_teaches_its_topic() -> None:
    examples = [Example(Comment(text), frozenset({"access_premises"})) for text in SWANS]
    assert "access_premises" in labels_of(fit(no_base(), examples), "swans on the path")


@pytest.mark.parametrize("rating", [0, 6, 7, -1])
def test_a_rating_is_one_to_five(rating: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        Comment("Good", rating=rating)
