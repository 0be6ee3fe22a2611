"""What sentiments, urgencies, states and ratings of comments are called on screens and in files."""

from nlp.comments import Sentiment
from nlp.urgency.types import Urgency
from surveys.comments.models import CommentState, Origin

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
