"""Which versions ask a question alike, so that a trend goes on over them, and where it breaks. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.definition import read_question
from surveys.questionnaires.kinds import Question
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
    return digest_of(read_question(item))


def digest_of(question: Question) -> str:
    answers = [(option.code, option.text.get(DEFAULT)) for option in question.handler.options(question)]
    return sha256_of([question.text.get(DEFAULT), question.kind, answers])


def stretches(versions: Iterable[Published]) -> dict[str, tuple[Stretch, ...]]:
    """By key, the stretches of one questionnaire's versions. Each but a key's first is a break of its trend."""
    found: dict[str, list[Stretch]] = defaultdict(list)
    for version in sorted(versions, key=lambda one: one.number):
        for item in version.definition["questions"]:
            found[item["key"]].append(Stretch(version.number, version.published_at, wording_of(item)))
    return {key: joined(known) for key, known in found.items()}


def joined(versions: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """One for each run of versions that ask alike, the versions of one question in their order."""
    return tuple(next(run) for _, run in groupby(versions, key=attrgetter("wording")))


def breaks(known: Sequence[Stretch]) -> tuple[datetime, ...]:
    """The moments at which the trend of one key breaks."""
    return tuple(stretch.published_at for stretch in known[1:])
