"""The words around the questions: every one in every language, with the same gaps to be filled."""

import re
from datetime import date

import pytest

from surveys.answers.wording import WORDS, day_in
from surveys.contacts.models import Channel
from surveys.questionnaires.languages import LANGUAGES

GAPS = re.compile(r"\{\w*\}")
# Words that may be the same in two languages.
NEUTRAL = {"date"}


def test_there_are_words_in_every_language_that_questions_may_be_in() -> None:
    assert set(WORDS) == set(LANGUAGES)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_nothing_is_left_in_english_and_every_gap_is_there(language: str) -> None:
    english, words = WORDS["en"], WORDS[language]
    assert [key for key in english if words[key] == english[key] and key not in NEUTRAL] == []
    assert [key for key in english if sorted(GAPS.findall(words[key])) != sorted(GAPS.findall(english[key]))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_channel_and_each_month_has_its_name(language: str) -> None:
    assert all(WORDS[language][f"channel_{channel.value}"] for channel in Channel)
    assert len({day_in(language, date(2026, month, 1)) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "3 August 2026"),
        ("cy", "3 Awst 2026"),
        ("pl", "3 sierpnia 2026"),
        ("lt", "2026 m. rugpjūčio 3 d."),
        ("pt", "3 de agosto de 2026"),
        ("ur", "3 اگست 2026"),
        ("pa", "3 ਅਗਸਤ 2026"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    assert day_in(language, date(2026, 8, 3)) == written


def test_english_follows_the_style_of_public_services() -> None:
    words = " ".join(WORDS["en"].values()).lower()
    assert [word for word in ("please", "sorry", " valid", "click here") if word in words] == []
