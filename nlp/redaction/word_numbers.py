"""Words as numbers of 32 bits, in a file that holds no words."""

import zlib
from array import array
from collections.abc import Iterable
from itertools import accumulate


def key(word: str) -> int:
    """32 bits stand for a word; of ten thousand names that are no words, hardly one meets a word's number."""
    return zlib.crc32(word.encode())


def packed(words: Iterable[str]) -> bytes:
    """The words' numbers, sorted, as differences: what `unpacked` reads. The same words give the same bytes."""
    keys = sorted({key(word) for word in words})
    steps = [b - a for a, b in zip([0, *keys], keys, strict=False)]
    return zlib.compress(b"".join(step.to_bytes(4, "little") for step in steps), 9)


def unpacked(content: bytes) -> frozenset[int]:
    raw = zlib.decompress(content)
    steps = array("Q", (int.from_bytes(raw[at : at + 4], "little") for at in range(0, len(raw), 4)))
    return frozenset(accumulate(steps))
