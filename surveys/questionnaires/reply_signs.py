"""Whether the words beside a rating speak plainly against it. Pure.

On this scale 1 is the best, and many people take 5 for the best. So where somebody writes "5, brilliant service" the
rating is not taken as it stands: they are asked once more. Only plain words count (good, bad in reply_words), and
words of both sorts, or none, speak against nothing.
"""

from collections.abc import Sequence

from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.reply_tokens import Token
from surveys.questionnaires.reply_vocabulary import Phrases, Vocabulary

GOOD_SIGNS = frozenset("👍👏🙌😀😃😄😁😊🙂☺😍🥰🤩❤💖😇👌💯🎉")
BAD_SIGNS = frozenset("👎😡😠🤬😤🙁☹😞😢😭😒🤮💩😩😫🙄")
STARS = frozenset("⭐🌟★☆🌠✨")
SMILES = frozenset({":)", ":-)", "=)", ":))", ";)"})
FROWNS = frozenset({":(", ":-(", "=(", ":(("})
# How many words before a word may turn it into its opposite: "not a good service".
NEGATED_WITHIN = 2
LIKES: dict[str, bool] = {
    Satisfaction.VERY_SATISFIED: True,
    Satisfaction.FAIRLY_SATISFIED: True,
    Satisfaction.FAIRLY_DISSATISFIED: False,
    Satisfaction.VERY_DISSATISFIED: False,
}


def contradicted(code: str, beside: Sequence[Token], known: Vocabulary) -> bool:
    """Whether everything plain that stands beside a rating says the opposite."""
    liked, found = LIKES.get(code), leanings(beside, known)
    return liked is not None and (not liked) in found and liked not in found


def agrees(code: str, beside: Sequence[Token], known: Vocabulary) -> bool:
    """Whether these words begin, after a "very" or so, with a plain one that says the same as the rating."""
    liked = LIKES.get(code)
    words = tuple(token.text for token in beside if token.is_word)
    while words and known.has("courtesy", words[0]):
        words = words[1:]
    return liked is not None and longest(words, known.good if liked else known.bad) > 0


def leanings(beside: Sequence[Token], known: Vocabulary) -> set[bool]:
    """True where something speaks well of it, False where something speaks ill of it."""
    words = tuple(token.text for token in beside if token.is_word)
    marks = [token.text for token in beside if token.is_mark]
    found = {True for mark in marks if GOOD_SIGNS & set(mark) or mark in SMILES}
    found |= {False for mark in marks if BAD_SIGNS & set(mark) or mark in FROWNS}
    place = 0
    while place < len(words):
        good, bad = longest(words[place:], known.good), longest(words[place:], known.bad)
        if good or bad:
            before = words[max(0, place - NEGATED_WITHIN) : place]
            found.add((good >= bad) is not any(known.has("not", word) for word in before))
        place += max(good, bad, 1)
    return found


def longest(words: tuple[str, ...], phrases: Phrases) -> int:
    """How many words the longest of these phrases has that the words begin with; 0: none."""
    return max((len(phrase) for phrase in phrases if words[: len(phrase)] == phrase), default=0)


def has_stars(beside: Sequence[Token]) -> bool:
    return any(STARS & set(token.text) for token in beside if token.is_mark)
