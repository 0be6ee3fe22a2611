"""python -m nlp.redaction.build_words COMMON ALL: make the numbers of the vocabulary from two lists of English words.

The lists are Debian's wbritish-small and wbritish (SCOWL); words/README.md has their notice.
"""

import sys
from pathlib import Path

from nlp.redaction.word_numbers import packed

FOLDER = Path(__file__).parent / "words"


def ordinary(path: str) -> set[str]:
    """The lower-case words of a list, one a line: names stand in it with a capital, and stay out."""
    words = Path(path).read_text(encoding="utf-8").split()
    return {word for word in words if word == word.lower() and not word.endswith("'s")}


def main(common: str, everything: str) -> None:
    few = ordinary(common)
    (FOLDER / "common.bin").write_bytes(packed(few))
    (FOLDER / "rarer.bin").write_bytes(packed(ordinary(everything) - few))


if __name__ == "__main__":
    main(*sys.argv[1:3])
