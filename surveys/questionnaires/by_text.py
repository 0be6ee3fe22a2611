"""A question as a text message, and the reading of what comes back. Pure.

Nobody's rating is guessed: a reply counts only where it gives one answer, by its number or in its words, first or
alone. A figure inside a sentence ("waited 4 hours"), two answers, a mark out of something ("5 stars"), a smile, or
words that plainly contradict the number are unclear.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from surveys.core.texts import read_texts
from surveys.questionnaires.kinds import Given, Option, Question, Unreadable
from surveys.questionnaires.languages import DEFAULT
from surveys.questionnaires.reply_reader import Reader

TEXTS = read_texts(Path(__file__).parent / "text_words")
# Letters that would double what a text costs, and the plain ones that say the same.
PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})
# Three parts in the letters of English.
LONGEST_ASKED = 459
# The longest text there is; a form's own limit is for forms.
LONGEST_REPLY = 1_600


@dataclass(frozen=True)
class Understood:
    """What the reply gives to the question, and the words that came with it."""

    given: tuple[Given, ...]
    comment: str = field(default="", repr=False)


@dataclass(frozen=True)
class Unclear:
    """Nothing that could be taken for an answer without guessing."""


@dataclass(frozen=True)
class Declined:
    """The person would rather not answer."""


Reading = Understood | Unclear | Declined


def can_be_asked(question: Question, language: str) -> bool:
    """Whether the question fits a text, and one text back can answer it."""
    return question.handler.by_text and len(text_of(question, language)) <= LONGEST_ASKED


def text_of(question: Question, language: str) -> str:
    """The question, and how to answer it: numbered options, a range of numbers, or one's own words."""
    words, asked = TEXTS[language], said(question.text, language)
    options = question.handler.options(question)
    apart = [said(option.text, language) for option in options if option.apart]
    either = [words["or_reply"].format(words=one) for one in apart]
    if not question.handler.counted:
        lines = [asked, said(question.hint, language), words["words"]]
    elif is_range(options):
        lines = [asked, range_of(question, options, language), *either]
    else:
        lines = [asked, words["number"], *(f"{n} {said(o.text, language)}" for n, o in numbered(options)), *either]
    return "\n".join(line for line in lines if line).translate(PLAIN)


def range_of(question: Question, options: Sequence[Option], language: str) -> str:
    """From which number to which, and what the two ends mean."""
    words = TEXTS[language]
    ends = {"lowest": question.lowest, "highest": question.highest}
    low, high = said(question.low, language), said(question.high, language)
    told = words["ends"].format(**ends, low=low, high=high) if low and high else ""
    return f"{words['range'].format(**ends)} {told}".strip()


def said(words: dict[str, str], language: str) -> str:
    return words.get(language) or words.get("en", "")


def is_range(options: Sequence[Option]) -> bool:
    """Whether the options are numbers themselves."""
    return all(option.code.isdecimal() for option in options if not option.apart)


def numbered(options: Sequence[Option]) -> list[tuple[int, Option]]:
    """The options with the number that answers each; what stands apart is answered in words."""
    counted = [option for option in options if not option.apart]
    return [(int(o.code) if is_range(options) else n, o) for n, o in enumerate(counted, 1)]


def read_reply(question: Question, text: str, language: str) -> Reading:
    """What a reply means as an answer to this question, in a conversation of this language."""
    if not question.handler.counted:
        return read_words(question, text, language)
    options = question.handler.options(question)
    numbers = {number: option.code for number, option in numbered(options)}
    reader = Reader(text, language, numbers, {option.code: option.text for option in options})
    if reader.declines():
        return Declined()
    found = reader.read()
    if found is None:
        return Unclear()
    code, comment = found
    return Understood(question.handler.read(question, (code,), language), comment)


def says_nothing(text: str) -> bool:
    """Whether a text is thanks, a picture or nothing at all: nobody has to read it."""
    return Reader(text, DEFAULT, {}, {}).only_thanks()


def read_words(question: Question, text: str, language: str) -> Reading:
    """Any words are an answer to a question that asks for words."""
    if Reader(text, language, {}, {}).declines():
        return Declined()
    longest = max(question.longest, LONGEST_REPLY)
    try:
        given = question.handler.read(replace(question, longest=longest, optional=True), (text,), language)
    except Unreadable:
        return Unclear()
    return Understood(given) if given else Unclear()
