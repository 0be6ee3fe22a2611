"""Which words must be there for a pattern to match at all: so that only few patterns are tried on a comment.

`needs_of("(?:hit|hits|kick) (?:me|him)")` is ({"hit", "hits", "kick"}, {"me", "him"}): each match holds a word that
begins like one of each set. A word is known by its first four letters, a shorter one only by itself. What cannot be
told gives no set, so that a pattern is tried too often, never too seldom.
"""

import re
from dataclasses import dataclass

START = 4
COMMON = {
    "a", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "do", "for", "from", "get", "go", "got",
    "had", "has", "have", "he", "her", "him", "his", "i", "if", "in", "is", "it", "me", "my", "no", "not", "of",
    "on", "one", "or", "our", "out", "she", "so", "some", "than", "that", "the", "them", "then", "they", "this",
    "to", "up", "us", "was", "we", "were", "what", "when", "who", "will", "with", "would", "you", "your", "all",
    "been", ",", ".",
}  # fmt: skip
WEIGHT_OF_COMMON = 40
ATOM = re.compile(r"(?P<zero>\\b|\^|\$)|(?P<wide>\\[wd]|\[[^\]]*\])|\\(?P<escaped>.)|(?P<plain>[^|()\\])")
QUANTIFIER = re.compile(r"(?:[?*+]|\{(\d+)(?:,\d*)?\})\??")

Need = frozenset[str]


@dataclass(frozen=True)
class Atom:
    """A character, a class (character is empty), or a group of ways; `must` is False where it may be absent."""

    character: str = ""
    ways: tuple[tuple["Atom", ...], ...] = ()
    must: bool = True


def start_of(word: str) -> str:
    """By what a word is known."""
    return word[:START]


def needs_of(pattern: str) -> tuple[Need, ...]:
    """The sets of word starts a match must touch, the rarest first. Raises ValueError for an unclosed bracket."""
    ways, end = ways_from(pattern, 0)
    if end != len(pattern):
        raise ValueError(f"a bracket too many at {end}: {pattern}")
    return tuple(sorted(needs_of_group(ways, closed=True), key=weight))


def weight(need: Need) -> int:
    return sum(WEIGHT_OF_COMMON if start in COMMON else 1 for start in need)


def ways_from(pattern: str, at: int) -> tuple[tuple[tuple[Atom, ...], ...], int]:
    """The alternatives from here to the closing bracket or the end, and where they end."""
    ways: list[tuple[Atom, ...]] = []
    atoms: list[Atom] = []
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            ways.append(tuple(atoms))
            atoms, at = [], at + 1
        else:
            atom, at = atom_from(pattern, at)
            atoms += [atom] if atom else []
    return (*ways, tuple(atoms)), at


def atom_from(pattern: str, at: int) -> tuple[Atom | None, int]:
    """The next atom with its quantifier, None for what takes no room."""
    if pattern[at] == "(":
        behind = pattern[at + 2] == "<"
        ways, end = ways_from(pattern, at + 3 + behind)
        if end >= len(pattern):
            raise ValueError(f"an unclosed bracket: {pattern}")
        must, end = quantified(pattern, end + 1)
        return (None if pattern[at + 2] in "=!<" else Atom(ways=ways, must=must)), end
    match = ATOM.match(pattern, at)
    if match is None:
        raise ValueError(f"not read at {at}: {pattern}")
    if match["zero"]:
        return None, match.end()
    must, end = quantified(pattern, match.end())
    return Atom(match["escaped"] or match["plain"] or "", must=must), end


def quantified(pattern: str, at: int) -> tuple[bool, int]:
    """Whether what stands before must be there, and where its quantifier ends."""
    match = QUANTIFIER.match(pattern, at)
    if match is None:
        return True, at
    return match.group().startswith("+") or match.group(1) not in (None, "0"), match.end()


def begins(atoms: tuple[Atom, ...]) -> str:
    """The first character of a way, "" where it cannot be told."""
    if not atoms:
        return " "
    if atoms[0].ways and atoms[0].must:
        firsts = {begins(way) for way in atoms[0].ways}
        return firsts.pop() if len(firsts) == 1 else ""
    return atoms[0].character if atoms[0].must else ""


def ends(atoms: tuple[Atom, ...]) -> str:
    return atoms[-1].character if atoms and atoms[-1].must else ""


def spaced_first(atom: Atom) -> bool:
    return bool(atom.ways) and all(begins(way) == " " for way in atom.ways)


def spaced_last(atom: Atom) -> bool:
    return bool(atom.ways) and all(ends(way) == " " for way in atom.ways)


def needs_of_group(ways: tuple[tuple[Atom, ...], ...], closed: bool) -> list[Need]:
    """One way: all it needs. Several: one of the best need of each, if every way has one."""
    each = [needs_of_way(way, closed) for way in ways]
    if len(each) == 1:
        return each[0]
    return [frozenset().union(*(min(needs, key=weight) for needs in each))] if all(each) else []


def needs_of_way(atoms: tuple[Atom, ...], closed: bool) -> list[Need]:
    """What a sequence needs; `closed` when a word cannot go on behind it."""
    needs: list[Need] = []
    word, whole = "", True
    for at, atom in enumerate(atoms):
        ahead = atoms[at + 1] if at + 1 < len(atoms) else None
        boundary = closed if ahead is None else (ahead.character == " " and ahead.must) or spaced_first(ahead)
        gap = atom.character == " " and atom.must
        if gap or spaced_first(atom):
            needs += known(word, whole)
            word, whole = "", True
        if gap:
            continue
        if atom.ways:
            fresh = not word and whole
            needs += needs_of_group(atom.ways, boundary or spaced_last(atom)) if fresh and atom.must else []
            whole = spaced_last(atom) and fresh
        elif atom.character.strip() and atom.must and whole:
            word += atom.character
        else:
            whole = False
    return needs + known(word, whole and closed)


def known(word: str, whole: bool) -> list[Need]:
    """The need of one word, none where too little of it is known."""
    return [frozenset({start_of(word)})] if word and (whole or len(word) >= START) else []
