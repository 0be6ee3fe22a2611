"""What goes into the classifier and what comes out of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Question(StrEnum):
    """What the resident was asked; it decides what "Nothing." means."""

    WHAT_GOOD = "what_good"
    COULD_IMPROVE = "could_improve"
    NONSPECIFIC = "nonspecific"


class Sentiment(StrEnum):
    NEG = "neg"
    NEUTRAL_MIXED = "neutral_mixed"
    POS = "pos"


QUESTIONS = tuple(Question)
SENTIMENTS = tuple(Sentiment)


@dataclass(frozen=True)
class Comment:
    """text is redacted already; rating runs from 1 (very satisfied) to 5 (very dissatisfied), None where not given.

    language is what `language_of` said of the text before redaction, which takes many a Welsh or Polish word for a
    name; None to have the redacted text judged.
    """

    text: str
    question: Question = Question.NONSPECIFIC
    rating: int | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if self.rating is not None and self.rating not in range(1, 6):
            raise ValueError(f"a rating is a whole number from 1 to 5 or nothing, not {self.rating!r}")


@dataclass(frozen=True)
class Example:
    """A comment with what a person says of it. sentiment is None where the person did not say."""

    comment: Comment
    labels: frozenset[str]
    sentiment: Sentiment | None = None


@dataclass(frozen=True)
class Prediction:
    """What the model says of one comment.

    labels are in the order of the code frame; none of them means that a person must look. probabilities has every
    label the model knows. sentiment is None, and labels are empty, where the language is not English.
    """

    labels: tuple[str, ...]
    probabilities: Mapping[str, float] = field(default_factory=dict)
    sentiment: Sentiment | None = None
    sentiment_probabilities: Mapping[str, float] = field(default_factory=dict)
    language: str = "en"

    @property
    def classified(self) -> bool:
        return self.sentiment is not None

    @property
    def needs_review(self) -> bool:
        return not self.labels
