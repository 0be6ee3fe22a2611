"""Ready questions for each Customer Service Excellence driver, in every language, to be taken into a draft.

Each is optional and of the pool: with rotation a resident gets a few of them beside the rating.
"""

from copy import deepcopy
from pathlib import Path
from typing import Any

from surveys.core.texts import by_language, read_texts
from surveys.questionnaires.default import CONTACT_BACK

TEXTS = read_texts(Path(__file__).parent / "library_words")
# The worded answers that several of them share, positive first.
SCALES = {
    "agree": ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree"),
    "ease": ("very_easy", "fairly_easy", "neither", "fairly_difficult", "very_difficult"),
}
# By driver, in the order in which they are offered: key, and kind or worded answers.
QUESTIONS: dict[str, dict[str, str]] = {
    "delivery": {"outcome": "satisfaction", "did_as_said": "yes_no"},
    "timeliness": {"time_to_reach": "satisfaction", "time_to_deal": "satisfaction", "told_how_long": "yes_no"},
    "information": {"easy_to_understand": "agree", "accurate": "agree", "kept_informed": "agree"},
    "professionalism": {"knowledge": "agree", "responsibility": "agree"},
    "staff_attitude": {"polite": "agree", "listened": "agree"},
    "access": {"easy_to_contact": "ease", "effort": "scale"},
    "fairness": {"treated_fairly": "agree", "respect": "agree"},
}


def words(key: str) -> dict[str, str]:
    return by_language(TEXTS, key)


def ready_question(key: str, driver: str, answers: str) -> dict[str, Any]:
    kind = "choice" if answers in SCALES else answers
    item: dict[str, Any] = {"key": key, "kind": kind, "text": words(key), "optional": True}
    if answers in SCALES:
        item["options"] = [{"code": code, "text": words(f"{answers}.{code}")} for code in SCALES[answers]]
        item["options"].append({"code": "do_not_know", "text": words(f"{answers}.do_not_know"), "apart": True})
    if kind == "scale":
        item |= {"lowest": 1, "highest": 5, "low": words(f"{key}.low"), "high": words(f"{key}.high")}
    return item | {"pool": True, "driver": driver}


READY: dict[str, dict[str, Any]] = {
    key: ready_question(key, driver, answers)
    for driver, questions in QUESTIONS.items()
    for key, answers in questions.items()
}

# What a new question of a kind begins with, where it is not blank.
STARTS = {CONTACT_BACK["kind"]: CONTACT_BACK}


def taken(key: str) -> dict[str, Any] | None:
    """A copy of the ready question of this key, to be changed at will."""
    return deepcopy(READY.get(key))
