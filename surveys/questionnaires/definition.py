"""A questionnaire as data: read into questions once definition_faults has nothing to say against it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from surveys.core.refusals import Refused
from surveys.questionnaires.definition_faults import FIRST_LANGUAGES, USUAL_LONGEST, faults_in
from surveys.questionnaires.equality import equality_questions
from surveys.questionnaires.kinds import Option, Question, ShowIf


@dataclass(frozen=True)
class Definition:
    """The questions of one version, in order. The first is the rating that a response cannot be without.

    most_of_pool: how many of the pool's questions one resident gets; None: nothing is rotated. by_reply: a text
    invitation may be answered by a text back. equality: asked after the end, and kept apart.
    """

    questions: tuple[Question, ...]
    languages: tuple[str, ...] = FIRST_LANGUAGES
    most_of_pool: int | None = None
    by_reply: bool = False
    equality: tuple[Question, ...] = ()

    @property
    def rating(self) -> Question:
        return self.questions[0]

    @property
    def rest(self) -> tuple[Question, ...]:
        return self.questions[1:]

    @cached_property
    def pages(self) -> tuple[tuple[Question, ...], ...]:
        """The questions in pages: the rating alone, then each page with what depends on no answer of its own page.

        So conditions work without a script. Within a page the order is the definition's.
        """
        depth: dict[str, int] = {self.rating.key: 0}
        for question in self.rest:
            before = depth[question.show_if.question] if question.show_if else 0
            depth[question.key] = max(1, before + 1)
        pages = range(max(depth.values()) + 1)
        return tuple(tuple(one for one in self.questions if depth[one.key] == number) for number in pages)

    def language(self, wanted: str) -> str:
        """The language wanted where the questions have it, else English."""
        return wanted if wanted in self.languages else "en"


def read_definition(raw: dict[str, Any]) -> Definition:
    """Turn stored JSON into questions. Raises Refused with every fault, a line each."""
    faults = faults_in(raw)
    if faults:
        raise Refused("\n".join(str(fault) for fault in faults))
    return Definition(
        questions=tuple(read_question(item) for item in raw["questions"]),
        languages=tuple(raw.get("languages", FIRST_LANGUAGES)),
        most_of_pool=raw.get("most_of_pool"),
        by_reply=bool(raw.get("by_reply")),
        equality=equality_questions(raw.get("equality", ())),
    )


def read_question(item: dict[str, Any]) -> Question:
    condition = item.get("show_if")
    return Question(
        key=item["key"],
        kind=item["kind"],
        text=item["text"],
        optional=bool(item.get("optional")),
        hint=item.get("hint", {}),
        error=item.get("error", {}),
        options=tuple(Option(o["code"], o["text"], bool(o.get("apart"))) for o in item.get("options", [])),
        longest=item.get("longest", USUAL_LONGEST),
        lowest=item.get("lowest", 0),
        highest=item.get("highest", 10),
        low=item.get("low", {}),
        high=item.get("high", {}),
        show_if=ShowIf(condition["question"], tuple(condition["any_of"])) if condition else None,
        pool=bool(item.get("pool")),
        driver=item.get("driver", ""),
        asks=item.get("asks", ""),
    )
