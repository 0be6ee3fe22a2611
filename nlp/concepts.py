"""Concepts: what kind of thing a word speaks of. A driver, a nurse and an adviser are all staff.

They carry what was learned in one service over to another, whose people use other words. The list is our own
(`concepts.json`: words of a concept, a star for any ending).
"""

import json
from collections import defaultdict
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

FILE = Path(__file__).parent / "concepts.json"
NUMBER = "number"
Lists = tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]


@lru_cache(maxsize=1 << 16)
def concepts_of(word: str) -> tuple[str, ...]:
    """The concepts of a word as `words_of` gives it, in the order of the list; most words have none."""
    whole, beginnings = lists()
    found = set(whole.get(word, ()))
    found.update(concept for end in range(1, len(word) + 1) for concept in beginnings.get(word[:end], ()))
    if word.isdecimal():
        found.add(NUMBER)
    return tuple(sorted(found))


@cache
def lists() -> Lists:
    """Concepts by whole word and by beginning."""
    whole: dict[str, list[str]] = defaultdict(list)
    beginnings: dict[str, list[str]] = defaultdict(list)
    for concept, words in json.loads(FILE.read_text(encoding="utf-8")).items():
        for word in words.split():
            (beginnings if word.endswith("*") else whole)[word.removesuffix("*")].append(concept)
    return ({word: tuple(c) for word, c in whole.items()}, {word: tuple(c) for word, c in beginnings.items()})


@cache
def concepts_digest() -> str:
    """SHA-256 of the list: features made with another list do not fit these."""
    return sha256(FILE.read_bytes()).hexdigest()
