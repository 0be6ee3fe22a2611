"""How many of the marked names in comments were hidden."""

from collections.abc import Iterable
from random import Random
from re import finditer, sub

from nlp.redaction.types import Kind
from tests.nlp.redaction.generator import MadeText, Planted
from tests.nlp.redaction.made_names import first_name, full_name


def marked(comment: str) -> MadeText:
    """The comment without its marks, and the names that stood between them."""
    text, planted, at = "", [], 0
    for match in finditer("«([^»]+)»", comment):
        text += comment[at : match.start()]
        planted.append(Planted(Kind.NAME, len(text), len(text) + len(match[1])))
        text, at = text + match[1], match.end()
    return MadeText(text + comment[at:], tuple(planted))


def marked_all(comments: Iterable[str]) -> list[MadeText]:
    return [marked(comment) for comment in comments]


def renamed(comments: Iterable[str], times: int, seed: int) -> list[str]:
    """The marked comments so many times over, each time with other names, which stand in no list."""
    chance = Random(seed)

    def other(name: str) -> str:
        made = full_name(chance) if " " in name else first_name(chance)
        return made.lower() if name.islower() else made.upper() if name.isupper() else made

    return [
        sub("«([^»]+)»", lambda match: f"«{other(match[1])}»", comment) for _ in range(times) for comment in comments
    ]
