"""A kind of question is one class: how it is shown, how any door's raw text is read, what it counts as."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar
from unicodedata import category

from surveys.core.refusals import Refused

Words = dict[str, str]
# Control characters and halves of surrogate pairs: no database keeps them all, and nobody types them.
NOT_TEXT = ("Cc", "Cs")


class Satisfaction(StrEnum):
    """The five worded points, positive first, and "I do not know" apart."""

    VERY_SATISFIED = "very_satisfied"
    FAIRLY_SATISFIED = "fairly_satisfied"
    NEITHER = "neither"
    FAIRLY_DISSATISFIED = "fairly_dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"
    DO_NOT_KNOW = "do_not_know"


SATISFIED = (Satisfaction.VERY_SATISFIED, Satisfaction.FAIRLY_SATISFIED)
FIVE_POINTS = tuple(point for point in Satisfaction if point is not Satisfaction.DO_NOT_KNOW)
SCALE_WORDS: dict[Satisfaction, Words] = {
    Satisfaction.VERY_SATISFIED: {"en": "Very satisfied", "cy": "Bodlon iawn"},
    Satisfaction.FAIRLY_SATISFIED: {"en": "Fairly satisfied", "cy": "Eithaf bodlon"},
    Satisfaction.NEITHER: {
        "en": "Neither satisfied nor dissatisfied",
        "cy": "Ddim yn fodlon nac yn anfodlon",
    },
    Satisfaction.FAIRLY_DISSATISFIED: {"en": "Fairly dissatisfied", "cy": "Eithaf anfodlon"},
    Satisfaction.VERY_DISSATISFIED: {"en": "Very dissatisfied", "cy": "Anfodlon iawn"},
    Satisfaction.DO_NOT_KNOW: {"en": "I do not know", "cy": "Dwi ddim yn gwybod"},
}


class Unreadable(Refused):
    """A raw answer that this question cannot take; the words go beside the question."""


@dataclass(frozen=True)
class Option:
    code: str
    text: Words
    apart: bool = False


@dataclass(frozen=True)
class Question:
    """One question of a checked definition. error is what a page says where it is left out."""

    key: str
    kind: str
    text: Words
    optional: bool
    hint: Words
    error: Words
    options: tuple[Option, ...] = ()
    longest: int = 1000

    @property
    def handler(self) -> Kind:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Given:
    """An answer as it is kept: a code of the question's options, or the resident's own words."""

    question: str
    code: str | None = None
    words: str | None = field(default=None, repr=False)


class Kind(ABC):
    """How one kind of question behaves at every door."""

    name: ClassVar[str]
    macro: ClassVar[str]
    counted: ClassVar[bool]

    @abstractmethod
    def read(self, question: Question, raw: str, language: str) -> Given | None:
        """The answer in this raw text; None where an optional question was left. Raises Unreadable."""

    def options(self, question: Question) -> tuple[Option, ...]:
        return question.options


class ChoiceKind(Kind):
    """One of several worded options."""

    name = "choice"
    macro = "radios"
    counted = True
    NOT_ONE: ClassVar[Words] = {"en": "Select one of the answers", "cy": "Dewiswch un o’r atebion"}

    def read(self, question: Question, raw: str, language: str) -> Given | None:
        code = raw.strip()
        if not code and question.optional:
            return None
        if code not in {option.code for option in self.options(question)}:
            raise Unreadable(question.error.get(language) or self.NOT_ONE[language])
        return Given(question.key, code=code)


class SatisfactionKind(ChoiceKind):
    """The five-point scale of the headline rate; its options are fixed."""

    name = "satisfaction"

    def options(self, question: Question) -> tuple[Option, ...]:
        return tuple(
            Option(point.value, words, apart=point is Satisfaction.DO_NOT_KNOW) for point, words in SCALE_WORDS.items()
        )


class CommentKind(Kind):
    """The resident's own words. Over-long text is refused, never cut."""

    name = "comment"
    macro = "textarea"
    counted = False
    TOO_LONG: ClassVar[Words] = {
        "en": "Your answer must be {n:,} characters or less",
        "cy": "Rhaid i’ch ateb fod yn {n:,} nod neu lai",
    }

    def read(self, question: Question, raw: str, language: str) -> Given | None:
        lines = raw.replace("\r\n", "\n").replace("\r", "\n")
        words = "".join(c for c in lines if category(c) not in NOT_TEXT or c in "\n\t").strip()
        if len(words) > question.longest:
            raise Unreadable(self.TOO_LONG[language].format(n=question.longest))
        if not words:
            if question.optional:
                return None
            raise Unreadable(question.error[language])
        return Given(question.key, words=words)


KINDS: dict[str, Kind] = {kind.name: kind for kind in (SatisfactionKind(), ChoiceKind(), CommentKind())}
