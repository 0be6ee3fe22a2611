"""The words around the questions on resident pages, by language: one JSON file each in words/."""

from datetime import date
from pathlib import Path

from surveys.core.texts import read_texts

WORDS = read_texts(Path(__file__).parent / "words")


def day_in(language: str, day: date) -> str:
    """A day as people write it in this language."""
    words = WORDS[language]
    month = words["months"].split(", ")[day.month - 1]
    return words["date"].format(day=day.day, month=month, year=day.year)
