"""The languages residents may choose, and how their pages are written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    direction: str = "ltr"


LANGUAGES = {language.code: language for language in (Language("en", "English"), Language("cy", "Cymraeg"))}
DEFAULT = "en"


def known_language(code: str | None) -> str:
    """The language asked for where there is one, else English. Accepts en, EN, en-GB and names."""
    wanted = (code or "").strip().lower()
    if wanted in ("welsh", "cymraeg"):
        return "cy"
    return wanted[:2] if wanted[:2] in LANGUAGES else DEFAULT
