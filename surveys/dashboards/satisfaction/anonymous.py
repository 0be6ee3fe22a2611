"""Anonymous answers as a table: what was chosen, in the words of the questions that are asked now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.dashboards.satisfaction.answer_panels import POINT_WORDS
from surveys.questionnaires.kinds import SELECTED, ChoicesKind, Question
from surveys.questionnaires.languages import DEFAULT
from surveys.rates.way_down import AnonymousAnswer


@dataclass(frozen=True)
class AnswersTable:
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def answers_table(answers: Sequence[AnonymousAnswer], asked: Sequence[Question]) -> AnswersTable:
    """A row an answer, a column a question; one that is not asked any more is named by its key."""
    codes = [answer.codes for answer in answers]
    given = {key.partition(".")[0] for one in codes for key in one}
    known = [question for question in asked if question.key in given]
    gone = sorted(key for one in codes for key in one if key.partition(".")[0] not in {q.key for q in known})
    gone = list(dict.fromkeys(gone))
    rows = [
        (
            POINT_WORDS[answer.rating],
            *(words_of(question, answer.codes) for question in known),
            *(answer.codes.get(key, "").replace("_", " ") for key in gone),
        )
        for answer in answers
    ]
    return AnswersTable(("Rating", *(question.text[DEFAULT] for question in known), *gone), rows)


def words_of(question: Question, codes: Mapping[str, str]) -> str:
    options = question.handler.options(question)
    if isinstance(question.handler, ChoicesKind):
        return "; ".join(o.text[DEFAULT] for o in options if codes.get(f"{question.key}.{o.code}") == SELECTED)
    code = codes.get(question.key, "")
    return next((option.text[DEFAULT] for option in options if option.code == code), code.replace("_", " "))
