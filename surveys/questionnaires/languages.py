"""The languages residents may choose, and how their pages are written."""

from dataclasses import dataclass
from pathlib import Path

from surveys.core.texts import read_texts


@dataclass(frozen=True)
class Language:
    """code as in HTML's lang; name in the language itself; english for staff."""

    code: str
    name: str
    english: str
    direction: str = "ltr"


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "English"),
        Language("cy", "Cymraeg", "Welsh"),
        Language("pl", "Polski", "Polish"),
        Language("lt", "Lietuvių", "Lithuanian"),
        Language("pt", "Português", "Portuguese"),
        Language("ur", "اردو", "Urdu", "rtl"),
        Language("pa", "ਪੰਜਾਬੀ", "Punjabi"),
    )
}
DEFAULT = "en"
# The words that questions of every questionnaire share, by language.
QUESTION_WORDS = read_texts(Path(__file__).parent / "words")
BY_NAME = {name.lower(): one.code for one in LANGUAGES.values() for name in (one.name, one.english)}


def known_language(code: str | None) -> str:
    """The language asked for where there is one, else English. Accepts en, EN, en-GB and names."""
    wanted = (code or "").strip().lower()
    if wanted in BY_NAME:
        return BY_NAME[wanted]
    return wanted[:2] if wanted[:2] in LANGUAGES and wanted[2:3] in ("", "-", "_") else DEFAULT


def in_every_language(key: str) -> dict[str, str]:
    """One of the shared words, by language."""
    return {code: QUESTION_WORDS[code][key] for code in LANGUAGES}
