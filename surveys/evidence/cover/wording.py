"""The questions and answers of a pack by their codes, in English, as the newest version of its period words them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.evidence.chapters.questionnaires import AskedVersion
from surveys.evidence.cover.names import plain
from surveys.questionnaires.languages import DEFAULT

BRANCH = "."


@dataclass(frozen=True)
class Wording:
    """questions: text by key. answers: text by key and code."""

    questions: Mapping[str, str]
    answers: Mapping[tuple[str, str], str]

    def question(self, key: str) -> str:
        """Of a question with several answers each one stands by itself, as key.code."""
        first, _, code = key.partition(BRANCH)
        asked = self.questions.get(first, plain(first))
        return f"{asked} {self.answers.get((first, code), plain(code))}" if code else asked

    def order(self, key: str) -> dict[str, int]:
        """The place of each code among the answers to a question, as residents see them."""
        return {code: place for place, (of, code) in enumerate(self.answers) if of == key}

    def answer(self, key: str, code: str) -> str:
        return self.answers.get((key, code), plain(code))


def wording_of(versions: Iterable[AskedVersion]) -> Wording:
    questions: dict[str, str] = {}
    answers: dict[tuple[str, str], str] = {}
    for version in versions:
        for asked in version.questions:
            questions[asked.key] = asked.text.get(DEFAULT, asked.key)
            for option in asked.handler.options(asked):
                answers[asked.key, option.code] = option.text.get(DEFAULT, option.code)
    return Wording(questions, answers)
