"""What the made-up council asks: the default questions, and of one question a driver three by turns."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from surveys.answers.opening import Opened, allotted_to
from surveys.demo.opinions import DISSATISFIED
from surveys.questionnaires.default import CONTACT_BACK
from surveys.questionnaires.drafts import begin_draft, change_draft, find_draft, publish_draft
from surveys.questionnaires.kinds import SATISFIED, Question, Satisfaction
from surveys.questionnaires.library import READY
from surveys.questionnaires.queries import publish_default_if_none

ASKED_EACH = 3
# How many of the satisfied, and of all others, are content: the drivers differ in how closely they go with the whole.
CONTENT: Mapping[str, tuple[float, float]] = {
    "outcome": (0.92, 0.22),
    "time_to_deal": (0.74, 0.38),
    "easy_to_understand": (0.90, 0.55),
    "knowledge": (0.91, 0.48),
    "polite": (0.96, 0.66),
    "easy_to_contact": (0.72, 0.52),
    "treated_fairly": (0.94, 0.42),
}
LEFT_OUT = 0.06


def publish_with_drivers() -> None:
    """Through a draft, as an administrator would do it."""
    questionnaire = publish_default_if_none().questionnaire_id
    begin_draft(questionnaire)
    change_draft(questionnaire, find_draft(questionnaire).edition, with_drivers)
    publish_draft(questionnaire, find_draft(questionnaire).edition)


def with_drivers(definition: dict[str, Any]) -> dict[str, Any]:
    questions = [*definition["questions"], *(READY[key] for key in CONTENT)]
    return definition | {"questions": questions, "most_of_pool": ASKED_EACH}


def asked_of(opened: Opened, questions: Iterable[Question]) -> tuple[Question, ...]:
    """Without the questions of the pool that somebody else gets."""
    mine = allotted_to(opened) or ()
    return tuple(question for question in questions if not question.pool or question.key in mine)


def driver_answers(opened: Opened, questions: Iterable[Question], rating: Satisfaction) -> dict[str, list[str]]:
    """Chance of its own for each resident, so that all else is made up as before."""
    rng = Random(f"{opened.invitation_id} drivers")  # noqa: S311  # makes up a council, not a secret
    return {question.key: [driver_answer(rng, question, rating)] for question in questions if question.pool}


def contact_back(opened: Opened, rating: Satisfaction) -> dict[str, list[str]]:
    """Whether somebody dissatisfied asks to be contacted: more do who are very dissatisfied."""
    if rating not in DISSATISFIED:
        return {}
    chance = Random(f"{opened.invitation_id} contact").random()  # noqa: S311  # makes up a council, not a secret
    wants = chance < (0.45 if rating is Satisfaction.VERY_DISSATISFIED else 0.16)
    return {CONTACT_BACK["key"]: ["yes" if wants else "no" if chance < 0.9 else ""]}


def driver_answer(rng: Random, question: Question, rating: Satisfaction) -> str:
    """One of the worded answers, which stand with the positive ones first; empty where it is left out."""
    if rng.random() < LEFT_OUT:
        return ""
    codes = [option.code for option in question.handler.options(question) if not option.apart]
    half = len(codes) // 2
    is_content = rng.random() < CONTENT[question.key][0 if rating in SATISFIED else 1]
    return rng.choice(codes[:half] if is_content else codes[half:])
