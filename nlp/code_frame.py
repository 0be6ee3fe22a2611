"""The code frame: the labels a comment can have, with what each means. A council may rename, add and retire labels."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "code_frame.json"
NO_CONTENT = "no_content"
PRAISE = "general_praise"
DISSATISFACTION = "general_dissatisfaction"
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class Label:
    """name is for programs and never changes; label is for people and may be reworded."""

    name: str
    label: str
    definition: str
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"a label's name is small letters, digits and underscores, not {self.name!r}")


@dataclass(frozen=True)
class CodeFrame:
    version: int
    labels: tuple[Label, ...]

    def __post_init__(self) -> None:
        names = [label.name for label in self.labels]
        if len(set(names)) < len(names):
            raise ValueError("a code frame has each label's name once")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(label.name for label in self.labels)

    @property
    def topics(self) -> tuple[str, ...]:
        """The labels a model learns: all but the one that is set by rule."""
        return tuple(name for name in self.names if name != NO_CONTENT)


@cache
def code_frame() -> CodeFrame:
    """The code frame that comes with the program."""
    return read_code_frame(json.loads(FILE.read_text(encoding="utf-8")))


def read_code_frame(written: dict[str, Any]) -> CodeFrame:
    """From parsed JSON; ValueError in words where it is not a code frame."""
    try:
        labels = tuple(label_of(entry) for entry in written["labels"])
        return CodeFrame(int(written["version"]), labels)
    except (KeyError, TypeError) as fault:
        raise ValueError(f"this is not a code frame: {fault}") from fault


def label_of(entry: dict[str, Any]) -> Label:
    lists = {name: tuple(entry.get(name, ())) for name in ("examples", "near_misses")}
    return Label(entry["name"], entry["label"], entry["definition"], **lists)
