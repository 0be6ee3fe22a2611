"""What a reply means: keywords whole, in English and Welsh, and nothing that only looks like one."""

import pytest

from surveys.messaging.keywords import WORDS, Meaning, meaning_of

STOPS = ["STOP", "stop", "Stop.", " stop! ", "“STOP”", "Stop all", "STOPALL", "Unsubscribe", "cancel", "END", "quit"]
STOPS += ["REVOKE", "optout", "Opt out", "opt-out", "STOPIO", "stopiwch", "ATAL", "Atal.", "peidiwch", "\u200bstop\n"]
STOPS += ["STOP", "stop  all"]
STARTS = ["START", "start.", "Unstop", "opt in", "DECHRAU", "Dechrau!", "ailddechrau"]
HELPS = ["HELP", "help?", "Info", "CYMORTH", "cymorth.", "gwybodaeth"]
OTHERS = [
    "",
    "   ",
    "...",
    "stop it raining",
    "please stop",
    "Stop sending me these",
    "don't stop",
    "stopped",
    "st0p",
    "S T O P",
    "the end",
    "endless",
    "cancelled",
    "cancel my bin",
    "atal dweud",
    "wedi stopio",
    "quite",
    "quit smoking",
    "restart",
    "start stop",
    "helpful",
    "help me",
    "information",
    "YES",
    "1",
    "5",
    "very satisfied",
    "🛑",
    "stop\nThank you",
    "STOP STOP",
    "opt",
    "out",
]


@pytest.mark.parametrize("words", STOPS)
def test_these_replies_mean_stop(words: str) -> None:
    assert meaning_of(words) is Meaning.STOP


@pytest.mark.parametrize("words", STARTS)
def test_these_replies_mean_start(words: str) -> None:
    assert meaning_of(words) is Meaning.START


@pytest.mark.parametrize("words", HELPS)
def test_these_replies_mean_help(words: str) -> None:
    assert meaning_of(words) is Meaning.HELP


@pytest.mark.parametrize("words", OTHERS)
def test_what_only_looks_like_a_keyword_is_left_to_a_person(words: str) -> None:
    assert meaning_of(words) is Meaning.OTHER


def test_every_word_that_twilio_takes_for_stop_is_one() -> None:
    twilio = ("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL")
    assert {meaning_of(word) for word in twilio} == {Meaning.STOP}


def test_no_word_means_two_things() -> None:
    words = [word for known in WORDS.values() for word in known]
    assert len(words) == len(set(words))


def test_every_known_word_is_written_as_it_is_compared() -> None:
    assert [word for known in WORDS.values() for word in known if meaning_of(word.upper()) is Meaning.OTHER] == []
