"""Which versions ask a question alike, so that a trend goes on over them, and where it breaks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.definition import read_question
from surveys.questionnaires.languages import DEFAULT


@dataclass(frozen=True)
class Published:
    """One published version, as stored."""

    number: int
    published_at: datetime
    definition: dict[str, Any]


@dataclass(frozen=True)
class Stretch:
    """From this version on a question was asked in one wording; wording is its digest."""

    number: int
    published_at: datetime
    wording: str


def wording_of(item: dict[str, Any]) -> str:
    """A digest of all that makes two answers comparable: the English words, the kind, the answers and their order.

    Other languages are left out: to translate a question better is not to ask another one.
    """
    question = read_question(item)
    answers = [(option.code, option.text.get(DEFAULT)) for option in question.handler.options(question)]
    return sha256_of([question.text.get(DEFAULT), question.kind, answers])


def stretches(versions: Iterable[Published]) -> dict[str, tuple[Stretch, ...]]:
    """By key, the stretches of one questionnaire's versions. Each but a key's first is a break of its trend."""
    found: dict[str, list[Stretch]] = {}
    for version in sorted(versions, key=lambda one: one.number):
        for item in version.definition["questions"]:
            known, wording = found.setdefault(item["key"], []), wording_of(item)
            if not known or known[-1].wording != wording:
                known.append(Stretch(version.number, version.published_at, wording))
    return {key: tuple(known) for key, known in found.items()}


def breaks(known: Sequence[Stretch]) -> tuple[datetime, ...]:
    """The moments at which the trend of one key breaks."""
    return tuple(stretch.published_at for stretch in known[1:])
