"""What labels, states and ratings of comments are called on screens and in files."""

from nlp.code_frame import CodeFrame
from nlp.comments import Sentiment
from nlp.urgency.types import Urgency
from surveys.comments.texts.models import CommentState, LabelKind, Origin

SENTIMENT_WORDS = {Sentiment.POS: "Positive", Sentiment.NEUTRAL_MIXED: "Neutral or mixed", Sentiment.NEG: "Negative"}
URGENCY_WORDS = {
    Urgency.safeguarding: "Possible safeguarding concern",
    Urgency.threat: "Possible threat",
    Urgency.complaint: "Possible complaint",
}
STATE_WORDS = {
    CommentState.CHECKED: "Checked by a person",
    CommentState.LABELLED: "Labelled, not checked",
    CommentState.REDACTED: "Waits for labels",
    CommentState.UNCLASSIFIED: "Not in English, not classified",
}
ORIGIN_WORDS = {Origin.MODEL: "the program", Origin.RULE: "a fixed rule", Origin.PERSON: "a person"}
# By the comment's rating: 1 is very satisfied.
RATING_WORDS = {
    1: "Very satisfied",
    2: "Fairly satisfied",
    3: "Neither satisfied nor dissatisfied",
    4: "Fairly dissatisfied",
    5: "Very dissatisfied",
}
LANGUAGE_WORDS = {"en": "English", "cy": "Welsh", "other": "another language"}


def sentiment_words(sentiment: str | None) -> str:
    return SENTIMENT_WORDS[Sentiment(sentiment)] if sentiment else ""


def label_words(frame: CodeFrame, kind: str, label: str) -> str:
    """A label of a LabelKind as people read it; one that the code frame has no more is told by its name."""
    if kind == LabelKind.SENTIMENT:
        return sentiment_words(label)
    if kind == LabelKind.URGENCY:
        return URGENCY_WORDS[Urgency(label)]
    return next((one.label for one in frame.labels if one.name == label), label.replace("_", " ").capitalize())
