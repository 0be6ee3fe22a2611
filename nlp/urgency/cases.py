"""Made-up comments with the flags they should and should not raise: to tune by, to learn from, to be measured on."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nlp.urgency.types import Urgency

FOLDER = Path(__file__).parent / "sets"


@dataclass(frozen=True)
class Case:
    """`flags` are right; `like` are flags that the words suggest and that would be wrong."""

    text: str
    flags: frozenset[Urgency]
    like: frozenset[Urgency]
    family: str


@cache
def cases(name: str) -> tuple[Case, ...]:
    """A set by its name: hard, lessons, unseen or fresh. ValueError unless its first line says it is synthetic."""
    first, *lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    if json.loads(first).get("synthetic") is not True:
        raise ValueError(f"{name}.jsonl must say in its first line that it is synthetic")
    return tuple(case_of(json.loads(line)) for line in lines)


def case_of(written: dict[str, Any]) -> Case:
    flags, like = (frozenset(Urgency(flag) for flag in written[key]) for key in ("flags", "like"))
    return Case(written["text"], flags, like, written["family"])
