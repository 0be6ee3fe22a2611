"""One way of tampering with a pack, and what must catch it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.proof.edits import list_files_anew


class Hand(StrEnum):
    """How much trouble is taken."""

    CLUMSY = "clumsy: edits a file"
    CAREFUL = "careful: lists the files anew as well"
    INSIDER = "insider: writes the audit trail anew as well"


class Eye(StrEnum):
    """How the pack is checked."""

    PACK = "verify.py"
    SIGNED = "verify.py, with the library for signatures"
    TOLD = "verify.py, with what was told before"
    CLEAN = "another copy of verify.py"


@dataclass(frozen=True)
class Kind:
    """name is a sentence; check and words are those of the finding that must name it."""

    name: str
    hand: Hand
    tamper: Callable[[Path], object]
    check: str
    words: str
    eye: Eye = Eye.PACK

    def apply(self, pack: Path) -> None:
        self.tamper(pack)
        if self.hand is not Hand.CLUMSY:
            list_files_anew(pack)


def clumsy(name: str, tamper: Callable[[Path], object], check: str, words: str, eye: Eye = Eye.PACK) -> Kind:
    return Kind(name, Hand.CLUMSY, tamper, check, words, eye)


def careful(name: str, tamper: Callable[[Path], object], check: str, words: str, eye: Eye = Eye.PACK) -> Kind:
    return Kind(name, Hand.CAREFUL, tamper, check, words, eye)


def insider(name: str, tamper: Callable[[Path], object], check: str, words: str, eye: Eye = Eye.PACK) -> Kind:
    return Kind(name, Hand.INSIDER, tamper, check, words, eye)
