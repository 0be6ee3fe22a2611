"""Is a comment urgent? Three separate answers, and the words that gave them. A person always looks."""

from collections.abc import Iterable
from functools import cache

from nlp.urgency.concerns import (
    adult,
    authority,
    child,
    complaint,
    concern,
    destitution,
    domestic,
    self_harm,
    threat,
)
from nlp.urgency.guards import past_or_made_good
from nlp.urgency.idioms import without_idioms
from nlp.urgency.learned import flags_of, heard, telling
from nlp.urgency.rule import Found, Rule, first_found
from nlp.urgency.trials import Trial, Trials, trials_of
from nlp.urgency.types import Reason, Urgency
from nlp.urgency.words import PAUSE, STOP, WORD, Line, line_of, lowered, spoken, starts_of

RULES: tuple[Rule, ...] = (
    *self_harm.RULES,
    *domestic.RULES,
    *child.RULES,
    *adult.RULES,
    *destitution.RULES,
    *concern.RULES,
    *threat.RULES,
    *complaint.RULES,
    *authority.RULES,
)

LEARNED = "learned words"
MOST_WORDS = 3


def urgency_of(text: str) -> tuple[Urgency, ...]:
    """The flags a comment raises, in the order of Urgency; empty for an ordinary comment.

    Reads text as written or redacted alike ("[NAME] hits her"). Never raises; the same text gives the same flags.
    """
    words = spoken(text)
    awake, likely = woken(words), flags_of(words)
    if not awake and not likely:
        return ()
    plain = line_of(text).plain
    raised = flags_by_rule(plain, awake) | (likely and flags_by_words(plain))
    return tuple(flag for flag in Urgency if flag in raised)


@cache
def trials() -> Trials:
    """Of every rule; put together when the first comment is judged, which takes a fifth of a second."""
    return trials_of(RULES)


def woken(words: set[str]) -> list[Trial]:
    return trials().woken({STOP, PAUSE}.union(*map(starts_of, words)))


def flags_by_words(plain: str) -> set[Urgency]:
    """What the learned words raise once idioms are left out, unless the comment tells of what is over."""
    raised = flags_of(heard(plain))
    return set() if raised and past_or_made_good(plain) else raised


def flags_by_rule(plain: str, awake: list[Trial]) -> set[Urgency]:
    hits = [trial for trial in awake if trial.pattern.search(plain)]
    if not hits:
        return set()
    # Blotting idioms out takes longest, and few comments come so far.
    clear = without_idioms(plain)
    return {trial.rule.flag for trial in hits if first_found(trial.pattern, trial.rule, clear)}


def reasons(text: str) -> tuple[Reason, ...]:
    """Why `urgency_of` raised its flags: the words of every rule that matched, and the learned words that told most.

    Places are in `text` as given, in the order they stand there. Empty where no flag is raised.
    """
    line, words = line_of(text), spoken(text)
    by_rule = (told(line, rule, found) for rule, found in matches(line, woken(words)).items())
    by_words = (
        reason for flag in (flags_of(words) and flags_by_words(line.plain)) for reason in told_by_words(text, flag)
    )
    return tuple(sorted((*by_rule, *by_words), key=place))


def matches(line: Line, trials: list[Trial]) -> dict[Rule, Found]:
    """The first match of each rule."""
    plain = without_idioms(line.plain)
    places: dict[Rule, Found] = {}
    for trial in trials:
        found = first_found(trial.pattern, trial.rule, plain)
        if found is not None:
            places.setdefault(trial.rule, found)
    return places


def told(line: Line, rule: Rule, found: Found) -> Reason:
    start, end = line.origin(found.start, found.end)
    return Reason(rule.flag, start, end, rule.name)


def told_by_words(text: str, flag: Urgency) -> Iterable[Reason]:
    """The few words that speak most for the flag, each once."""
    first_places = {match.group(): match.span() for match in reversed(list(WORD.finditer(lowered(text))))}
    speaking = sorted(first_places, key=lambda word: (-telling(flag, word), first_places[word]))
    for word in speaking[:MOST_WORDS]:
        if telling(flag, word) > 0:
            yield Reason(flag, *first_places[word], LEARNED)


def place(reason: Reason) -> tuple[int, int, str]:
    return reason.start, reason.end, reason.rule
