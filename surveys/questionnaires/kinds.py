"""A kind of question is one class: how it is shown, how any door's raw text is read, what it counts as."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar
from unicodedata import category

from surveys.core.refusals import Refused
from surveys.questionnaires.languages import QUESTION_WORDS, in_every_language

Words = dict[str, str]
# Control characters and halves of surrogate pairs: no database keeps them all, and nobody types them.
NOT_TEXT = ("Cc", "Cs")
SELECTED, NOT_SELECTED = "selected", "not_selected"
CONTACT_YES, CONTACT_NO = "yes", "no"


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
SCALE_WORDS: dict[Satisfaction, Words] = {point: in_every_language(point.value) for point in Satisfaction}


# What a question in own words may ask for: it decides what "Nothing." says in answer to it.
ASKS = {"what_good": "What was good", "could_improve": "What could be better"}


class Unreadable(Refused):
    """A raw answer that this question cannot take; the words go beside the question."""


@dataclass(frozen=True)
class Option:
    code: str
    text: Words
    apart: bool = False


@dataclass(frozen=True)
class ShowIf:
    """Ask only where an earlier question has one of these answers."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question of a checked definition. error is what a page says where it is left out.

    lowest and highest bound a scale, whose ends are worded by low and high. pool: one of the driver questions of
    which each resident gets a few. driver: the Customer Service Excellence driver it measures, empty for none.
    asks: what it asks for in own words, empty where nothing particular.
    """

    key: str
    kind: str
    text: Words
    optional: bool
    hint: Words
    error: Words
    options: tuple[Option, ...] = ()
    longest: int = 1000
    lowest: int = 0
    highest: int = 10
    low: Words = field(default_factory=dict)
    high: Words = field(default_factory=dict)
    show_if: ShowIf | None = None
    pool: bool = False
    driver: str = ""
    asks: str = ""

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
    """How one kind of question behaves at every door. counted: its answers are codes that figures count.

    label is its name for staff; settable is what an administrator sets beside words, and a condition. by_text: one
    text message can ask and one can answer it. of_the_known: asked only of somebody whose contact is known.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    macro: ClassVar[str]
    counted: ClassVar[bool]
    settable: ClassVar[str] = ""
    by_text: ClassVar[bool] = True
    of_the_known: ClassVar[bool] = False

    @abstractmethod
    def read(self, question: Question, raw: Sequence[str], language: str) -> tuple[Given, ...]:
        """The answer in these raw texts; nothing where an optional question was left. Raises Unreadable."""

    def options(self, question: Question) -> tuple[Option, ...]:
        return question.options


class ChoiceKind(Kind):
    """One of several worded options."""

    name = "choice"
    label = "One of several answers"
    settable = "options"
    macro = "radios"
    counted = True

    def read(self, question: Question, raw: Sequence[str], language: str) -> tuple[Given, ...]:
        code = "".join(raw[:1]).strip()
        if not code and question.optional:
            return ()
        if code not in {option.code for option in self.options(question)}:
            raise Unreadable(question.error.get(language) or QUESTION_WORDS[language]["not_one"])
        return (Given(question.key, code=code),)


class SatisfactionKind(ChoiceKind):
    """The five-point scale of the headline rate; its options are fixed."""

    name = "satisfaction"
    label = "Satisfaction, five points"
    settable = ""

    def options(self, question: Question) -> tuple[Option, ...]:
        return tuple(
            Option(point.value, words, apart=point is Satisfaction.DO_NOT_KNOW) for point, words in SCALE_WORDS.items()
        )


class YesNoKind(ChoiceKind):
    """Yes or no, and "I do not know" apart."""

    name = "yes_no"
    label = "Yes or no"
    settable = ""

    def options(self, question: Question) -> tuple[Option, ...]:
        codes = ("yes", "no", "do_not_know")
        return tuple(Option(code, in_every_language(code), apart=code == "do_not_know") for code in codes)


class ScaleKind(ChoiceKind):
    """Whole numbers from lowest to highest, the two ends in words, and "I do not know" apart."""

    name = "scale"
    label = "Scale of numbers"
    settable = "ends"

    def options(self, question: Question) -> tuple[Option, ...]:
        ends = {question.lowest: question.low, question.highest: question.high}
        points = [Option(str(n), self.worded(n, ends.get(n, {}))) for n in range(question.lowest, question.highest + 1)]
        return (*points, Option("do_not_know", in_every_language("do_not_know"), apart=True))

    def worded(self, point: int, ends: Words) -> Words:
        return {code: f"{point} – {ends[code]}" if ends.get(code) else str(point) for code in QUESTION_WORDS}


class ChoicesKind(Kind):
    """Any number of worded options. Each is kept as a question of its own: selected, or not selected."""

    name = "choices"
    label = "Any of several answers"
    settable = "options"
    macro = "checkboxes"
    counted = True
    by_text = False

    def read(self, question: Question, raw: Sequence[str], language: str) -> tuple[Given, ...]:
        codes = {code.strip() for code in raw if code.strip()}
        known = [option.code for option in self.options(question)]
        if not codes and question.optional:
            return ()
        if not codes or codes - set(known):
            raise Unreadable(question.error.get(language) or QUESTION_WORDS[language]["not_some"])
        return tuple(
            Given(f"{question.key}.{code}", code=SELECTED if code in codes else NOT_SELECTED) for code in known
        )


class CommentKind(Kind):
    """The resident's own words. Over-long text is refused, never cut."""

    name = "comment"
    label = "Own words"
    settable = "longest"
    macro = "textarea"
    counted = False

    def read(self, question: Question, raw: Sequence[str], language: str) -> tuple[Given, ...]:
        lines = "".join(raw[:1]).replace("\r\n", "\n").replace("\r", "\n")
        words = "".join(c for c in lines if category(c) not in NOT_TEXT or c in "\n\t").strip()
        if len(words) > question.longest:
            raise Unreadable(QUESTION_WORDS[language]["too_long"].format(n=question.longest))
        if not words:
            if question.optional:
                return ()
            raise Unreadable(question.error[language])
        return (Given(question.key, words=words),)


class ContactBackKind(ChoiceKind):
    """Whether the service may get in touch about the answers: the consent that a case about a person stands on."""

    name = "contact_back"
    label = "May we contact you?"
    settable = ""
    by_text = False
    of_the_known = True

    def options(self, question: Question) -> tuple[Option, ...]:
        return tuple(Option(code, in_every_language(f"contact_{code}")) for code in (CONTACT_YES, CONTACT_NO))


class EqualityKind(ChoiceKind):
    """A question about the resident, asked after the end, of their own will, and kept apart from the answers."""

    name = "equality"
    label = "Equality"
    settable = ""
    by_text = False


# What administrators may choose from; equality items come from their own library.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        SatisfactionKind(),
        ScaleKind(),
        ChoiceKind(),
        ChoicesKind(),
        YesNoKind(),
        CommentKind(),
        ContactBackKind(),
        EqualityKind(),
    )
}
EDITABLE_KINDS = tuple(name for name in KINDS if name != EqualityKind.name)
