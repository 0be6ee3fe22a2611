"""What speaks against a questionnaire's definition, in words that say what to change. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from surveys.questionnaires.drivers import DRIVERS
from surveys.questionnaires.equality import EQUALITY
from surveys.questionnaires.kinds import ASKS, EDITABLE_KINDS, KINDS, ContactBackKind, Option, Question
from surveys.questionnaires.languages import DEFAULT, LANGUAGES

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
USUAL_LONGEST, MOST_LONGEST = 1000, 10_000
LONGEST_TEXT = 300
RATING_KEY = "overall"
MOST_QUESTIONS, MOST_OPTIONS = 40, 30
# An option of a choices question is kept under the key and its code.
LONGEST_KEPT = 40
# What definitions are in that do not say: those published before languages could be chosen.
FIRST_LANGUAGES = ("en", "cy")


@dataclass(frozen=True)
class DefinitionFault:
    """What is wrong, and at which question, counted from 1; None: the questionnaire as a whole."""

    question: int | None
    words: str

    def __str__(self) -> str:
        return self.words if self.question is None else f"Question {self.question}: {self.words}"


def faults_in(raw: dict[str, Any]) -> list[DefinitionFault]:
    """Everything that must change before this may be published; empty where nothing must."""
    items = [item if isinstance(item, dict) else {} for item in list_of(raw.get("questions"))]
    languages = tuple(code for code in list_of(raw.get("languages", FIRST_LANGUAGES)) if code in LANGUAGES)
    faults = [DefinitionFault(None, words) for words in faults_of_whole(raw, items)]
    unreached: set[str] = set()
    for number, item in enumerate(items, 1):
        unmet = list(faults_of_condition(item, items[: number - 1], unreached))
        unreached |= {str(item.get("key"))} if unmet else set()
        faults += [DefinitionFault(number, words) for words in (*faults_of(item, languages), *unmet)]
    return faults


def list_of(found: object) -> list[Any]:
    return list(found) if isinstance(found, list | tuple) else []


def faults_of_whole(raw: dict[str, Any], items: list[dict[str, Any]]) -> Iterator[str]:
    languages = list_of(raw.get("languages", FIRST_LANGUAGES))
    if DEFAULT not in languages or any(code not in LANGUAGES for code in languages):
        yield f"The languages must be English and any of {', '.join(LANGUAGES)}."
    if not items or items[0].get("kind") != "satisfaction":
        yield "The first question must be the satisfaction rating."
    elif items[0].get("key") != RATING_KEY:
        yield f"The satisfaction rating must have the key {RATING_KEY}, so that every questionnaire's counts together."
    elif items[0].get("show_if") or items[0].get("optional") or items[0].get("pool"):
        yield "The satisfaction rating must be asked of everyone."
    if len(items) > MOST_QUESTIONS:
        yield f"There may be {MOST_QUESTIONS} questions at most."
    keys = [str(item.get("key", "")) for item in items]
    yield from (f"Two questions have the key {key}." for key in sorted({k for k in keys if keys.count(k) > 1}))
    if sum(item.get("kind") == ContactBackKind.name for item in items) > 1:
        yield "Only one question may ask whether we may contact the person."
    yield from (
        f"There is no equality question {name}." for name in list_of(raw.get("equality")) if name not in EQUALITY
    )
    most = raw.get("most_of_pool")
    pool = sum(bool(item.get("pool")) for item in items)
    if most is not None and (not isinstance(most, int) or not 1 <= most <= max(1, pool)):
        yield f"The number of questions from the pool must be from 1 to {max(1, pool)}."


def faults_of(item: dict[str, Any], languages: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with one question by itself."""
    if not item:
        yield "this is no question."
        return
    if not KEY.fullmatch(str(item.get("key", ""))):
        yield "the key must be lower case letters, numbers and underscores."
    if item.get("kind") not in EDITABLE_KINDS:
        yield f"the kind must be one of {', '.join(EDITABLE_KINDS)}."
    yield from missing_words("text", item.get("text"), languages)
    if not item.get("optional"):
        yield from missing_words("error", item.get("error"), languages)
    for name in ("hint", "low", "high"):
        if any(words_given(item.get(name)).values()):
            yield from missing_words(name, item.get(name), languages)
    yield from too_long(item)
    longest = item.get("longest", USUAL_LONGEST)
    if not isinstance(longest, int) or not 1 <= longest <= MOST_LONGEST:
        yield f"longest must be a number of characters from 1 to {MOST_LONGEST:,}."
    if item.get("driver", "") not in ("", *DRIVERS):
        yield f"the driver must be one of {', '.join(DRIVERS)}."
    if item.get("asks", "") not in ("", *ASKS):
        yield f"what it asks for must be one of {', '.join(ASKS)}."
    if item.get("asks") and item.get("kind") != "comment":
        yield "only a question in own words says what it asks for."
    if item.get("kind") == ContactBackKind.name and (item.get("pool") or not item.get("optional")):
        yield "whether we may contact the person must be optional and not of the pool."
    if item.get("pool") and not item.get("optional"):
        yield "a question of the pool must be optional, for not everyone is asked it."
    yield from faults_of_scale(item)
    yield from faults_of_options(item, languages)


def too_long(item: dict[str, Any]) -> Iterator[str]:
    for name in ("text", "hint", "error"):
        if any(len(words) > LONGEST_TEXT for words in words_given(item.get(name)).values()):
            yield f"the {name} must be {LONGEST_TEXT} characters or less in every language."


def faults_of_scale(item: dict[str, Any]) -> Iterator[str]:
    if item.get("kind") != "scale":
        return
    lowest, highest = item.get("lowest", 0), item.get("highest", 10)
    if lowest not in (0, 1) or not isinstance(highest, int) or not 3 <= highest <= 10:
        yield "a scale must begin at 0 or 1 and end at a number from 3 to 10."


def faults_of_options(item: dict[str, Any], languages: tuple[str, ...]) -> Iterator[str]:
    options = [option if isinstance(option, dict) else {} for option in list_of(item.get("options"))]
    kind = item.get("kind")
    if kind in ("choice", "choices") and len(options) < 2:
        yield "a choice needs two options or more." if kind == "choice" else "choices need two options or more."
    if len(options) > MOST_OPTIONS:
        yield f"there may be {MOST_OPTIONS} options at most."
    codes = [str(option.get("code", "")) for option in options]
    yield from (f"option {n} needs a code like those of keys." for n, c in enumerate(codes, 1) if not KEY.fullmatch(c))
    yield from (f"two options have the code {code}." for code in sorted({c for c in codes if codes.count(c) > 1}))
    if kind == "choices":
        too_long = [code for code in codes if len(f"{item.get('key')}.{code}") > LONGEST_KEPT]
        yield from (
            f"the key and the code {code} must be {LONGEST_KEPT - 1} characters or less together." for code in too_long
        )
    for code, option in zip(codes, options, strict=True):
        yield from missing_words(f"option {code}", option.get("text"), languages)


def faults_of_condition(item: dict[str, Any], before: list[dict[str, Any]], unreached: set[str]) -> Iterator[str]:
    """A condition must name an earlier question and answers that it has; otherwise nobody ever gets this one.

    unreached: the keys of earlier questions that nobody ever gets.
    """
    condition = item.get("show_if")
    if not condition:
        return
    if not isinstance(condition, dict) or not list_of(condition.get("any_of")):
        yield "the condition must name an earlier question and at least one of its answers."
        return
    named = next((one for one in before if one.get("key") == condition.get("question")), None)
    if named is None:
        yield f"nobody would reach it: no earlier question has the key {condition.get('question')}."
        return
    if named["key"] in unreached:
        yield f"nobody would reach it: nobody would reach question {named['key']}."
        return
    codes = codes_of_raw(named)
    if not codes:
        yield f"nobody would reach it: question {named['key']} has no answers to choose from."
    for code in list_of(condition.get("any_of")):
        if codes and code not in codes:
            yield f"nobody would reach it: question {named['key']} has no answer {code}."


def codes_of_raw(item: dict[str, Any]) -> set[str]:
    """The codes that a question as stored may be answered with; empty for words of one's own."""
    kind = KINDS.get(str(item.get("kind")))
    if kind is None or not kind.counted:
        return set()
    options = tuple(Option(str(o.get("code")), {}) for o in list_of(item.get("options")) if isinstance(o, dict))
    lowest, highest = item.get("lowest", 0), item.get("highest", 10)
    if not (isinstance(lowest, int) and isinstance(highest, int) and 0 <= lowest <= highest <= 10):
        return set()
    asked = Question(str(item.get("key")), kind.name, {}, True, {}, {}, options, lowest=lowest, highest=highest)
    return {option.code for option in kind.options(asked)}


def words_given(words: Any) -> dict[str, str]:
    return {str(code): str(said or "") for code, said in words.items()} if isinstance(words, dict) else {}


def missing_words(what: str, words: Any, languages: tuple[str, ...]) -> list[str]:
    given = words_given(words)
    return [
        f"{what} has no words in {LANGUAGES[code].english}." for code in languages if not given.get(code, "").strip()
    ]
