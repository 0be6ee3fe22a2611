"""The questionnaire every installation starts with: one rating, was it dealt with, why, and may we contact you."""

from pathlib import Path
from typing import Any

from surveys.core.texts import by_language, read_texts
from surveys.questionnaires.languages import LANGUAGES

DEFAULT_SLUG = "contact"
DEFAULT_TITLE = "After a contact"
TEXTS = read_texts(Path(__file__).parent / "default_words")
RESOLVED = ("first_time", "more_than_one", "not_yet", "no")


def words(key: str) -> dict[str, str]:
    return by_language(TEXTS, key)


# Asked of the dissatisfied alone, so that nobody else is kept longer.
CONTACT_BACK: dict[str, Any] = {
    "key": "contact_back",
    "kind": "contact_back",
    "text": words("contact_back"),
    "hint": words("contact_back.hint"),
    "optional": True,
    "show_if": {"question": "overall", "any_of": ["fairly_dissatisfied", "very_dissatisfied"]},
}
DEFAULT_DEFINITION: dict[str, Any] = {
    "languages": list(LANGUAGES),
    "questions": [
        {"key": "overall", "kind": "satisfaction", "text": words("overall"), "error": words("overall.error")},
        {
            "key": "resolved",
            "kind": "choice",
            "text": words("resolved"),
            "optional": True,
            "options": [
                *({"code": code, "text": words(f"resolved.{code}")} for code in RESOLVED),
                {"code": "do_not_know", "text": words("resolved.do_not_know"), "apart": True},
            ],
        },
        {
            "key": "why",
            "kind": "comment",
            "text": words("why"),
            "hint": words("why.hint"),
            "optional": True,
            "longest": 1000,
        },
        CONTACT_BACK,
    ],
}
