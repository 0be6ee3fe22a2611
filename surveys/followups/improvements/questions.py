"""What an improvement may be measured by: the rating, or a question about a driver or about being dealt with."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.questionnaires.kinds import FIVE_POINTS, SATISFIED, Words
from surveys.questionnaires.languages import DEFAULT
from surveys.rates.driver_questions import driver_question, published_questions
from surveys.rates.recounts import RATING

RATING_LABEL = "Overall satisfaction: very or fairly satisfied"
# Whether it was dealt with: no driver, and yet what most improvements are for.
RESOLVED = "resolved"


@dataclass(frozen=True)
class Measured:
    """A question in its languages, and which of its answers are good; codes that are in neither set are in no base."""

    key: str
    text: Words
    good: frozenset[str]
    others: frozenset[str]

    @property
    def label(self) -> str:
        return self.text[DEFAULT]


RATING_MEASURED = Measured(
    RATING,
    {DEFAULT: RATING_LABEL},
    frozenset(str(code) for code in SATISFIED),
    frozenset(str(code) for code in FIVE_POINTS) - frozenset(str(code) for code in SATISFIED),
)


def measured_questions() -> Mapping[str, Measured]:
    """By key, the rating first; of several wordings the newest one says what its answers mean."""
    found = {RATING: RATING_MEASURED}
    for question in published_questions():
        good = driver_question(question) if question.driver or question.key == RESOLVED else None
        if good is not None and question.key != RATING:
            found[question.key] = Measured(question.key, question.text, good.content, good.not_content)
    return found
