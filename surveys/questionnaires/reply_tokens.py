"""A reply cut into words, figures and marks, each with its place in what was typed. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from unicodedata import category, digit

from surveys.questionnaires.reply_vocabulary import APOSTROPHES, folded

# What makes a keycap of a figure.
KEYCAP = "\ufe0e\ufe0f\u20e3"
BEFORE_FIGURE = frozenset("#=([\"“‘'.,:;!…")
AFTER_FIGURE = frozenset(".,:;!…)]\"”’'-–—=")
NEWLINE = "\n"


class Sort(Enum):
    WORD = "word"
    FIGURE = "figure"
    MARK = "mark"
    SPACE = "space"


@dataclass(frozen=True)
class Token:
    """text: a word folded, a figure in ASCII, a run of marks as typed. Spaces are left out, but a new line is a mark.

    loose: a figure that stands by itself: no date, price, time, fraction, range or telephone number.
    """

    sort: Sort
    text: str
    start: int
    end: int
    loose: bool = True

    @property
    def is_word(self) -> bool:
        return self.sort is Sort.WORD

    @property
    def is_mark(self) -> bool:
        return self.sort is Sort.MARK


def tokens_of(words: str) -> list[Token]:
    cut = [token(sort, words, places) for sort, places in runs(words)]
    found = [loosened(cut, place) for place in range(len(cut))]
    return [token for token in found if token.sort is not Sort.SPACE]


def runs(words: str) -> Iterator[tuple[Sort, list[int]]]:
    """The places of letters that belong together; a new line is by itself. What does not show belongs to neither."""
    shown = [place for place in range(len(words)) if category(words[place]) != "Cf" and words[place] not in KEYCAP]
    sorts = [(place, sort_of(words, shown, number)) for number, place in enumerate(shown)]
    for (sort, _), group in groupby(sorts, key=lambda one: (one[1], words[one[0]] == NEWLINE)):
        yield sort, [place for place, _ in group]


def sort_of(words: str, shown: list[int], number: int) -> Sort:
    """Letters and digits make words, and so does an apostrophe between two letters."""
    letter = words[shown[number]]
    if letter == NEWLINE:
        return Sort.MARK
    if letter.isspace():
        return Sort.SPACE
    if letter in APOSTROPHES and 0 < number < len(shown) - 1:
        around = words[shown[number - 1]] + words[shown[number + 1]]
        return Sort.WORD if all(category(one)[0] in "LM" for one in around) else Sort.MARK
    return Sort.WORD if category(letter)[0] in "LMN" else Sort.MARK


def token(sort: Sort, words: str, places: list[int]) -> Token:
    letters = "".join(words[place] for place in places)
    start, end = places[0], places[-1] + 1
    if sort is not Sort.WORD:
        return Token(sort, NEWLINE if NEWLINE in letters else letters, start, end)
    digits = [digit(letter, None) for letter in letters]
    if None in digits:
        return Token(sort, folded(letters), start, end)
    return Token(Sort.FIGURE, "".join(map(str, digits)), start, end)


def loosened(cut: list[Token], place: int) -> Token:
    found = cut[place]
    if found.sort is not Sort.FIGURE or stands_alone(cut, place):
        return found
    return Token(found.sort, found.text, found.start, found.end, loose=False)


def stands_alone(cut: list[Token], place: int) -> bool:
    """Whether no mark ties the figure to another, or makes it something else than a plain figure."""
    before, after = cut[:place][-2:], cut[place + 1 : place + 3]
    tied_before = len(before) == 2 and before[1].is_mark and before[0].sort in (Sort.WORD, Sort.FIGURE)
    if before and before[-1].is_mark and (tied_to_figure(before, tied_before) or not fits(before[-1], BEFORE_FIGURE)):
        return False
    if not after or not after[0].is_mark:
        return True
    tied_after = len(after) == 2 and after[1].sort is Sort.FIGURE and after[0].text != NEWLINE
    return not tied_after and fits(after[0], AFTER_FIGURE)


def tied_to_figure(before: list[Token], tied: bool) -> bool:
    return tied and before[0].sort is Sort.FIGURE and before[1].text != NEWLINE


def fits(mark: Token, allowed: frozenset[str]) -> bool:
    """Whether the marks may stand beside a figure. A picture may; sums, prices and questions may not."""
    return mark.text == NEWLINE or all(letter in allowed or category(letter) in ("So", "Sk") for letter in mark.text)
