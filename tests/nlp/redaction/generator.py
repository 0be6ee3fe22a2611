"""A seeded set of texts with personal data at known places, in the hands that residents write."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from nlp.redaction.types import Kind
from tests.nlp.redaction import made_identifiers as made
from tests.nlp.redaction.made_names import first_name, full_name, last_name

SLOT = re.compile(r"\{(\w+)(:lower)?\}")
NAMES: dict[str, Callable[[Random], str]] = {"first": first_name, "last": last_name, "full": full_name}
OTHERS: dict[str, Callable[[Random], str]] = {
    kind.name.lower(): getattr(made, kind.name.lower()) for kind in Kind if kind is not Kind.NAME
}


@dataclass(frozen=True)
class Planted:
    """One piece of personal data put into a text, and where it stands."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class MadeText:
    text: str
    planted: tuple[Planted, ...]


def value_for(slot: str, lower: bool, chance: Random) -> tuple[Kind, str]:
    value = (NAMES | OTHERS)[slot](chance)
    return Kind.NAME if slot in NAMES else Kind[slot.upper()], value.lower() if lower else value


def misspelt(words: str, chance: Random) -> str:
    """Two neighbouring letters of a longer word changed places, here and there."""

    def turned(match: re.Match[str]) -> str:
        word = match[0]
        at = chance.randrange(1, len(word) - 2)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if chance.random() < 0.25 else word

    return re.sub(r"[A-Za-z]{5,}", turned, words)


def filled(template: str, chance: Random) -> MadeText:
    """The template with a made value in each slot; one text in twelve is misspelt around them."""
    typos = chance.random() < 0.08
    text, planted, at = "", [], 0
    for match in SLOT.finditer(template):
        between = template[at : match.start()]
        text += misspelt(between, chance) if typos else between
        kind, value = value_for(match[1], match[2] is not None, chance)
        planted.append(Planted(kind, len(text), len(text) + len(value)))
        text, at = text + value, match.end()
    text += misspelt(template[at:], chance) if typos else template[at:]
    return MadeText(text, tuple(planted))


def made_texts(templates: Sequence[str], many: int, seed: int) -> list[MadeText]:
    """`many` texts, every template used about as often as every other; the same seed gives the same texts."""
    chance = Random(seed)
    return [filled(templates[n % len(templates)], chance) for n in range(many)]
