"""Text as the recognisers read it: plain digits and spaces, nothing invisible, and the way back to the original."""

import unicodedata
from dataclasses import dataclass

SPACES = {"Zs"}
# Invisible characters and combining marks; a letter is read without what is put on top of it.
DROPPED = {"Cf", "Mn", "Me"}
PLAIN = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"})


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` to search, and for each of its characters and its end the position in the original (None: the same)."""

    text: str
    origins: tuple[int, ...] | None

    def original(self, position: int) -> int:
        return position if self.origins is None else self.origins[position]


def fold(text: str) -> Folded:
    """Read full-width letters and digits as plain ones, all spaces as one kind, and leave out what is invisible.

    One character becomes one or none, whatever stands beside it: folding twice changes nothing more.
    """
    if text.isascii():
        return Folded(text, None)
    kept = [(plain(c), at) for at, c in enumerate(text)]
    kept = [(c, at) for c, at in kept if c]
    return Folded("".join(c for c, _ in kept), (*(at for _, at in kept), len(text)))


def plain(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category in DROPPED:
        return ""
    if category in SPACES:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    wide = unicodedata.normalize("NFKC", character)
    return (wide if len(wide) == 1 else character).translate(PLAIN)
