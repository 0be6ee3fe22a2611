import pytest

from nlp.code_frame import DISSATISFACTION, NO_CONTENT, PRAISE
from nlp.comments import QUESTIONS, Question
from nlp.no_content import label_by_rule

GOOD, BETTER, OPEN = Question.WHAT_GOOD, Question.COULD_IMPROVE, Question.NONSPECIFIC


@pytest.mark.parametrize(
    "text", ["n/a", "N/A.", "NA", "-", "", " ", "...", "???", "No comment", "Don't know", "don’t know!"]
)
@pytest.mark.parametrize("question", QUESTIONS)
def test_no_answer_is_no_content_whatever_was_asked(text: str, question: Question) -> None:
    assert label_by_rule(text, question) == NO_CONTENT


@pytest.mark.parametrize("text", ["Nothing.", "nothing at all", "None", "Not really", "NOT A LOT!", "There's nothing"])
def test_nothing_is_read_with_the_question(text: str) -> None:
    assert label_by_rule(text, BETTER) == PRAISE
    assert label_by_rule(text, GOOD) == DISSATISFACTION
    assert label_by_rule(text, OPEN) == NO_CONTENT


@pytest.mark.parametrize(("question", "label"), [(BETTER, PRAISE), (GOOD, NO_CONTENT), (OPEN, NO_CONTENT)])
def test_no_praises_only_where_something_to_improve_was_asked_for(question: Question, label: str) -> None:
    assert label_by_rule("No.", question) == label


@pytest.mark.parametrize(
    "text",
    [
        "Nothing was explained to me",
        "No one answered",
        "none of the lifts worked",
        "Not a lot of parking",
        "[NAME]",
        "10/10",
        "👍",
        "Passport office",
        "nothing, you were great",
    ],
)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_says_something_is_left_to_the_model(text: str, question: Question) -> None:
    assert label_by_rule(text, question) is None
