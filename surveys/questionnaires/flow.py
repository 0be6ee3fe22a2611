"""Who gets which questions, in which order: pages that need no script, conditions, and the rotated pool. Pure."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from surveys.questionnaires.definition import Definition
from surveys.questionnaires.kinds import SELECTED, Given, Question

# The codes that a resident has given so far, by question.
Codes = Mapping[str, frozenset[str]]


def codes_of(given: Iterable[Given]) -> dict[str, frozenset[str]]:
    """The answers' codes by question; an option of a choices question counts for the question it belongs to."""
    found: dict[str, frozenset[str]] = {}
    for one in given:
        question, _, option = one.question.partition(".")
        if option and one.code == SELECTED:
            found[question] = found.get(question, frozenset()) | {option}
        elif not option and one.code is not None:
            found[question] = frozenset({one.code})
    return found


def is_shown(question: Question, codes: Codes) -> bool:
    """Whether these answers call for the question."""
    condition = question.show_if
    return condition is None or bool(codes.get(condition.question, frozenset()) & set(condition.any_of))


def asked_on(definition: Definition, page: int, codes: Codes, allotted: Iterable[str] | None) -> tuple[Question, ...]:
    """The questions of one page that this resident gets. allotted None: the whole pool."""
    pages = definition.pages
    given = None if allotted is None else set(allotted)
    return tuple(
        question
        for question in (pages[page] if page < len(pages) else ())
        if is_shown(question, codes) and (given is None or not question.pool or question.key in given)
    )


def next_page(definition: Definition, after: int, codes: Codes, allotted: Iterable[str] | None) -> int | None:
    """The next page that has a question for this resident; None where all is asked."""
    allotted = None if allotted is None else tuple(allotted)
    following = range(after + 1, len(definition.pages))
    return next((page for page in following if asked_on(definition, page, codes, allotted)), None)


def allot(definition: Definition, seed: bytes) -> tuple[str, ...] | None:
    """The questions of the pool that one resident gets, by chance but the same for the same seed.

    None where the questionnaire rotates nothing. Each question of the pool has the same chance.
    """
    pool = [question.key for question in definition.questions if question.pool]
    if definition.most_of_pool is None or not pool:
        return None
    by_chance = sorted(pool, key=lambda key: sha256(seed + b"|" + key.encode()).digest())
    chosen = set(by_chance[: definition.most_of_pool])
    return tuple(key for key in pool if key in chosen)
