"""The tone of a comment in three numbers, which the sentiment model takes beside the words."""

import math
import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import BOOSTER_DICT, SentimentIntensityAnalyzer

from nlp.concepts import concepts_of
from nlp.words import words_of

TURN = re.compile(r"\b(?:but|however|although|though|except|apart|only|unfortunately|despite)\b", re.IGNORECASE)
TONES = 3  # valence, whether a word turns the sense, how many words
# VADER's own constants.
BACK = (1.0, 0.95, 0.9)  # how much a strengthening word counts one, two and three words before
NEGATED = -0.74
SPREAD = 15
BEFORE_BUT, AFTER_BUT = 0.5, 1.5


def tones_of(texts: Sequence[str]) -> NDArray[np.float32]:
    """n x TONES."""
    tones = [(valence_of(text), bool(TURN.search(text)), len(text.split())) for text in texts]
    return np.array(tones, np.float32).reshape(len(texts), TONES)


def valence_of(text: str) -> float:
    """From -1 to 1, by VADER's lexicon and the heart of its rules (Hutto and Gilbert, 2014), many times as fast.

    Strengthening words, negation, "but" and emoji are as there; capitals, exclamation marks, smileys and set phrases
    are left out.
    """
    words = words_of(text if text.isascii() else with_emoji_in_words(text))
    lexicon = analyser().lexicon
    felt = {place: felt_at(place, words, lexicon[word]) for place, word in enumerate(words) if word in lexicon}
    if "but" in words:
        turn = words.index("but")
        felt = {place: value * (BEFORE_BUT if place < turn else AFTER_BUT) for place, value in felt.items()}
    total = sum(felt.values())
    return total / math.sqrt(total * total + SPREAD)


def felt_at(place: int, words: Sequence[str], valence: float) -> float:
    """A word's valence after the three words before it."""
    sign = math.copysign(1.0, valence)
    for back, share in enumerate(BACK, start=1):
        if back > place:
            break
        before = words[place - back]
        valence += sign * share * BOOSTER_DICT.get(before, 0.0)
        if "negation" in concepts_of(before):
            valence *= NEGATED
    return valence


def with_emoji_in_words(text: str) -> str:
    emoji = analyser().emojis
    return "".join(f" {emoji[sign]} " if sign in emoji else sign for sign in text)


@cache
def analyser() -> SentimentIntensityAnalyzer:
    """VADER with its lexicon; its own score is a yardstick only."""
    return SentimentIntensityAnalyzer()
