"""Questions about the resident, by the harmonised standards of the Government Statistical Service.

Asked after the end, of their own will; kept apart from comments. Bands of age stand in for a date of birth, so that
no more is known than is needed.
"""

from collections.abc import Iterable
from pathlib import Path

from surveys.core.texts import by_language, read_texts
from surveys.questionnaires.kinds import Option, Question, ShowIf, Words

TEXTS = read_texts(Path(__file__).parent / "equality_words")
PREFER_NOT = "prefer_not_to_say"
# The answers of each, in the harmonised order.
EQUALITY: dict[str, tuple[str, ...]] = {
    "age": ("16_24", "25_34", "35_44", "45_54", "55_64", "65_74", "75_84", "85_over"),
    "sex": ("female", "male"),
    "gender_same": ("yes", "no"),
    "health": ("yes", "no"),
    "health_effect": ("a_lot", "a_little", "not_at_all"),
    "ethnic_group": ("white", "mixed", "asian", "black", "other"),
}
SHOWN_IF = {"health_effect": ShowIf("health", ("yes",))}


def equality_questions(names: Iterable[str]) -> tuple[Question, ...]:
    """The items of these names, in the library's order; one that depends on another only beside it."""
    wanted = set(names)
    return tuple(
        question_of(name)
        for name in EQUALITY
        if name in wanted and (name not in SHOWN_IF or SHOWN_IF[name].question in wanted)
    )


def question_of(name: str) -> Question:
    options = [Option(code, words_of(f"{name}.{code}")) for code in EQUALITY[name]]
    options.append(Option(PREFER_NOT, words_of(PREFER_NOT), apart=True))
    return Question(name, "equality", words_of(name), True, {}, {}, tuple(options), show_if=SHOWN_IF.get(name))


def words_of(key: str) -> Words:
    return by_language(TEXTS, key)
