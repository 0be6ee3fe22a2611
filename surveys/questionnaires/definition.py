"""A questionnaire as data: checked in words before it is used, then frozen."""

import re
from dataclasses import dataclass
from typing import Any

from surveys.core.refusals import Refused
from surveys.questionnaires.kinds import KINDS, Option, Question
from surveys.questionnaires.languages import LANGUAGES

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
USUAL_LONGEST, MOST_LONGEST = 1000, 10_000


@dataclass(frozen=True)
class Definition:
    """The questions of one version, in order. The first is the rating that a response cannot be without."""

    questions: tuple[Question, ...]

    @property
    def rating(self) -> Question:
        return self.questions[0]

    @property
    def rest(self) -> tuple[Question, ...]:
        return self.questions[1:]


def read_definition(raw: dict[str, Any]) -> Definition:
    """Turn stored JSON into questions. Raises Refused with every fault, a line each."""
    questions, faults = [], []
    for number, item in enumerate(list_of(raw.get("questions")), 1):
        found = faults_of(item)
        faults += [f"Question {number}: {fault}" for fault in found]
        if not found:
            questions.append(read_question(item))
    keys = [question.key for question in questions]
    faults += [f"Two questions have the key {key}." for key in sorted({k for k in keys if keys.count(k) > 1})]
    if not faults and (not questions or questions[0].kind != "satisfaction"):
        faults.append("The first question must be the satisfaction rating.")
    if faults:
        raise Refused("\n".join(faults))
    return Definition(tuple(questions))


def list_of(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def faults_of(item: Any) -> list[str]:
    if not isinstance(item, dict):
        return ["this is no question."]
    faults = []
    if not KEY.fullmatch(str(item.get("key", ""))):
        faults.append("the key must be lower case letters, numbers and underscores.")
    if item.get("kind") not in list(KINDS):
        faults.append(f"the kind must be one of {', '.join(KINDS)}.")
    faults += missing_words("text", item.get("text"))
    if not item.get("optional"):
        faults += missing_words("error", item.get("error"))
    longest = item.get("longest", USUAL_LONGEST)
    if not isinstance(longest, int) or not 1 <= longest <= MOST_LONGEST:
        faults.append(f"longest must be a number of characters from 1 to {MOST_LONGEST:,}.")
    return faults + faults_of_options(item)


def faults_of_options(item: dict[str, Any]) -> list[str]:
    options = [option if isinstance(option, dict) else {} for option in list_of(item.get("options"))]
    faults = []
    if item.get("kind") == "choice" and len(options) < 2:
        faults.append("a choice needs two options or more.")
    codes = [str(option.get("code", "")) for option in options]
    faults += [f"option {n} needs a code like those of keys." for n, c in enumerate(codes, 1) if not KEY.fullmatch(c)]
    faults += [f"two options have the code {code}." for code in sorted({c for c in codes if codes.count(c) > 1})]
    for code, option in zip(codes, options, strict=True):
        faults += missing_words(f"option {code}", option.get("text"))
    return faults


def missing_words(what: str, words: Any) -> list[str]:
    given = words if isinstance(words, dict) else {}
    return [
        f"{what} has no words in {language.name}."
        for language in LANGUAGES.values()
        if not str(given.get(language.code) or "").strip()
    ]


def read_question(item: dict[str, Any]) -> Question:
    return Question(
        key=item["key"],
        kind=item["kind"],
        text=item["text"],
        optional=bool(item.get("optional")),
        hint=item.get("hint", {}),
        error=item.get("error", {}),
        options=tuple(Option(o["code"], o["text"], bool(o.get("apart"))) for o in item.get("options", [])),
        longest=item.get("longest", USUAL_LONGEST),
    )
