"""What everybody reads of published figures, in the words of a language. Names of services stay as they are. Pure."""

from datetime import date
from pathlib import Path

from surveys.answers.wording import WORDS
from surveys.contacts.models import Channel
from surveys.core.texts import read_texts
from surveys.evidence.publishing.quarters import Quarter
from surveys.rates.months import Month
from surveys.rates.protection_tables import Shown

OWN_WORDS = read_texts(Path(__file__).parent / "words")
LANGUAGES = tuple(OWN_WORDS)
ALL_WORDS = {language: WORDS[language] | own for language, own in OWN_WORDS.items()}


def quarter_in(language: str, quarter: Quarter) -> str:
    """Each quarter has words of its own, since a month changes its first letter after another in Welsh."""
    return OWN_WORDS[language][f"quarter_from_{quarter.first.month}"].format(year=quarter.last.year)


def month_in(language: str, month: Month) -> str:
    return f"{ALL_WORDS[language]['months'].split(', ')[month.month - 1]} {month.year}"


def short_month_in(language: str, month: Month) -> str:
    return OWN_WORDS[language]["months_short"].split(", ")[month.month - 1]


def day_in(language: str, day: date) -> str:
    return f"{day.day} {month_in(language, Month.of(day))}"


def channel_in(language: str, channel: Channel) -> str:
    return OWN_WORDS[language][f"channel_{channel.value}"]


def marks_in(language: str, shown: Shown) -> str:
    return "; ".join(OWN_WORDS[language]["mark_" + mark.value.strip("[]")] for mark in shown.marks)
