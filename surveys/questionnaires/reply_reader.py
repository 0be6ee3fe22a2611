"""Finds the one answer in a reply to a question with options, or none. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.reply_signs import agrees, contradicted, has_stars
from surveys.questionnaires.reply_tokens import KEYCAP, Sort, Token, tokens_of
from surveys.questionnaires.reply_vocabulary import Phrase, long_enough, vocabulary

# Marks that may stand within the words of an answer: "v. satisfied", "Yes, first time".
WITHIN = frozenset("-.,–'\"()[]/")
AFTER_LABEL = (".", ":", "#", "=", ".:")
BEFORE_COMMENT = " \t\n\r.,;:!…-–—=)]}>•" + KEYCAP


@dataclass(frozen=True)
class Piece:
    """One answer found at a place: its code, empty where it is no option, and the token that it ends before."""

    code: str
    end: int
    in_letters: bool = False


class Reader:
    """One reply to one question. numbers: the code that each number stands for; texts: each code's own words."""

    def __init__(
        self, reply: str, language: str, numbers: Mapping[int, str], texts: Mapping[str, Mapping[str, str]]
    ) -> None:
        self.reply = reply
        self.tokens = tokens_of(reply)
        self.language = language
        self.numbers = numbers
        self.texts = texts
        self.known = vocabulary(language)

    def declines(self) -> bool:
        """Whether the reply is nothing but a no to being asked."""
        words = said_in(self.tokens)
        return any(words[: len(p)] == p and self.only_courtesy(words[len(p) :]) for p in self.known.declines)

    def only_thanks(self) -> bool:
        return self.only_courtesy(said_in(self.tokens))

    def read(self) -> tuple[str, str] | None:
        """(code, the words that came with it) where there is one answer and nothing speaks against it."""
        if self.is_score() or has_stars(self.tokens):
            return None
        pieces = list(self.pieces())
        if not pieces or not pieces[0].code or len({piece.code for piece in pieces}) > 1:
            return None
        last = pieces[-1]
        rest = self.tokens[last.end :]
        if not self.may_follow(last, rest) or self.takes_back(last.code, last.end):
            return None
        if contradicted(last.code, rest, self.known):
            return None
        return last.code, "" if self.only_courtesy(said_in(rest)) else self.comment_after(last)

    def comment_after(self, last: Piece) -> str:
        return self.reply[self.tokens[last.end - 1].end :].lstrip(BEFORE_COMMENT).rstrip()

    def pieces(self) -> Iterator[Piece]:
        """The answers that the reply begins with, one after the other: "4", "1 = very satisfied", "no, 4"."""
        place = 0
        while (found := self.next_piece(place)) is not None:
            yield found
            place = found.end

    def next_piece(self, start: int) -> Piece | None:
        """The next answer from here, past marks and the few words that may come before one."""
        opened = stated = False
        for place in range(start, len(self.tokens)):
            token = self.tokens[place]
            if found := self.words_at(place) or self.number_at(place, start, opened, stated):
                return found
            if token.is_mark and "?" not in token.text:
                continue
            opens, states = self.known.has("opens", token.text), self.known.has("states", token.text)
            links = opened and self.known.has("links", token.text)
            if not (opens or states or links):
                return None
            opened, stated = True, stated or (states and not opens)
        return None

    def words_at(self, start: int) -> Piece | None:
        """An option's own words from here, the longest that fit."""
        words, ends = self.words_from(start)
        fitting = [phrase for phrase in self.phrases if words[: len(phrase)] == phrase]
        if not fitting:
            return None
        longest = max(fitting, key=len)
        codes = self.phrases[longest]
        return Piece(next(iter(codes)) if len(codes) == 1 else "", ends[len(longest) - 1])

    def words_from(self, start: int) -> tuple[Phrase, list[int]]:
        """(words, the place after each) of what stands together from here, past marks within a phrase."""
        words: list[str] = []
        ends: list[int] = []
        for place in range(start, len(self.tokens)):
            token = self.tokens[place]
            if not token.is_mark:
                words.append(token.text)
                ends.append(place + 1)
            elif not words or set(token.text) - WITHIN:
                break
        return tuple(words), ends

    @cached_property
    def phrases(self) -> dict[Phrase, set[str]]:
        """The codes that each phrase may mean; one of another language only where nothing nearer has it."""
        near: dict[Phrase, set[str]] = {}
        far: dict[Phrase, set[str]] = {}
        for code, texts in self.texts.items():
            shown = {language: said_in(tokens_of(words)) for language, words in texts.items()}
            own = {shown[one] for one in (self.language, "en") if one in shown}
            for phrase in own | self.known.answers.get(code, frozenset()):
                near.setdefault(phrase, set()).add(code)
            for phrase in long_enough(frozenset(shown.values())) | self.known.foreign_answers.get(code, frozenset()):
                far.setdefault(phrase, set()).add(code)
        return {phrase: codes for phrase, codes in (far | near).items() if "".join(phrase).strip("0123456789")}

    def number_at(self, place: int, start: int, opened: bool, stated: bool) -> Piece | None:
        """A number from here. In letters it stands at once, for "I was one of many" is no answer."""
        token = self.tokens[place]
        if token.sort is Sort.FIGURE:
            return None if stated else self.figure_at(place)
        if self.known.has("labels", token.text) and not stated:
            following = place + 1
            if following < len(self.tokens) and self.tokens[following].text in AFTER_LABEL:
                following += 1
            if following < len(self.tokens) and self.tokens[following].sort is Sort.FIGURE:
                return self.figure_at(following)
        value = self.known.numbers.get(token.text)
        if value is None and start == 0:
            value = self.known.foreign_numbers.get(token.text)
        if value is None or opened or self.is_counting(place):
            return None
        return Piece(self.numbers.get(value, ""), place + 1, in_letters=True)

    def figure_at(self, place: int) -> Piece | None:
        token = self.tokens[place]
        if self.is_of_the_top(place):
            return Piece(self.code_of(token), place + 3)
        if not token.loose or self.is_counting(place):
            return None
        return Piece(self.code_of(token), place + 1)

    def code_of(self, figure: Token) -> str:
        """The option of a figure; none for one written with a zero before it, or in many digits."""
        plain = len(figure.text) <= 2 and (figure.text == "0" or not figure.text.startswith("0"))
        return self.numbers.get(int(figure.text), "") if plain else ""

    def is_of_the_top(self, place: int) -> bool:
        """Whether it is "9/10" on a scale that rises. Where 1 is the best, nobody can tell what "4/5" means."""
        following = self.tokens[place + 1 : place + 4]
        if self.numbers.get(1) == Satisfaction.VERY_SATISFIED or len(following) < 2:
            return False
        if following[0].text != "/" or following[1].sort is not Sort.FIGURE:
            return False
        tied_on = len(following) == 3 and following[2].is_mark and set(following[2].text) & set("/%")
        return following[1].text == str(max(self.numbers, default=0)) and not tied_on

    def is_counting(self, place: int) -> bool:
        """Whether the number counts something or is a mark: "4 hours", "five stars"."""
        following = self.tokens[place + 1 : place + 2]
        return any(self.known.has(kind, token.text) for token in following for kind in ("units", "scores"))

    def is_score(self) -> bool:
        """Whether some figure is a mark out of something: "5 stars", "4 out of 5"."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        return any(a.sort is Sort.FIGURE and self.known.has("scores", b.text) for a, b in pairs)

    def may_follow(self, last: Piece, rest: Sequence[Token]) -> bool:
        """Whether what comes next leaves the answer one. Right after a number only words that it cannot count may."""
        if rest and rest[0].is_mark:
            return "?" not in rest[0].text
        if self.only_courtesy(said_in(rest)):
            return True
        if last.in_letters:
            return False
        begins = self.known.has("begins", rest[0].text) or self.is_thanks(rest[0])
        return begins or agrees(last.code, rest, self.known)

    def is_thanks(self, token: Token) -> bool:
        return self.known.has("thanks", token.text)

    def takes_back(self, code: str, start: int) -> bool:
        """Whether the words after the answer name another one, or are nothing but a not."""
        places = [place for place in range(start, len(self.tokens)) if not self.tokens[place].is_mark]
        words = [self.tokens[place].text for place in places]
        nots = [word for word in words if self.known.has("not", word)]
        if nots and all(word in nots or self.known.has("courtesy", word) for word in words):
            return True
        return any(self.names_another(code, place, last=place == places[-1]) for place in places)

    def names_another(self, code: str, place: int, last: bool) -> bool:
        """Whether another option's number stands here. One in letters counts at the end only: "one of them"."""
        token = self.tokens[place]
        following = self.tokens[place + 1 : place + 2]
        if any(self.known.has("units", one.text) for one in following):
            return False
        if token.sort is Sort.FIGURE:
            named = self.code_of(token) if token.loose else ""
        else:
            value = self.known.numbers.get(token.text)
            named = self.numbers.get(value, "") if value is not None and (value != 1 or last) else ""
        return named not in ("", code)

    def only_courtesy(self, words: Phrase) -> bool:
        return all(self.known.has("courtesy", word) for word in words)


def said_in(tokens: Sequence[Token]) -> Phrase:
    """Words and figures without the marks between them."""
    return tuple(token.text for token in tokens if not token.is_mark)
