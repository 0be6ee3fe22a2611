"""Each of Twilio's error codes has a meaning in plain words and one outcome; an unknown one counts by its status."""

import pytest

from surveys.messaging.outcomes import NotSent, Rejected, Sent, Uncertain
from surveys.messaging.twilio_errors import (
    CODES,
    Unknown,
    meaning_of,
    outcome_of,
    stops_sending,
    suppress_for,
    verdict_on,
)

STOPS = {20003, 20404, 21212, 21408, 21606, 21608, 21659, 30002, 30042}
LATER = {20429, 21611, 30001}
NEVER = {14107, 21612, 21617, 30003, 30004, 30007, 30008, 30036, 30450}
UNUSABLE = {21211, 21614, 21635, 30005, 30006}
UNKNOWN = {20500, 20503, 11200, 11205, 12100, 12200}


def expected(code: int) -> Sent:
    if code in STOPS:
        return NotSent(str(code), stops_run=True)
    if code in LATER:
        return NotSent(str(code))
    if code in UNKNOWN:
        return Uncertain(str(code))
    return Rejected(str(code), "opted_out" if code == 21610 else "unusable" if code in UNUSABLE else None)


def test_the_table_holds_these_codes_and_no_other() -> None:
    assert set(CODES) == STOPS | LATER | NEVER | UNUSABLE | UNKNOWN | {21610}


@pytest.mark.parametrize("code", sorted(CODES))
def test_each_code_has_its_outcome(code: int) -> None:
    assert outcome_of(400, code) == expected(code)
    assert meaning_of(code)


@pytest.mark.parametrize("code", sorted(CODES))
def test_no_code_makes_a_failure_of_twilio_s_own_safe_to_repeat(code: int) -> None:
    assert isinstance(outcome_of(500, code), Uncertain)
    assert isinstance(outcome_of(0, code), Uncertain)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (400, Rejected("99999")),
        (401, NotSent("99999", stops_run=True)),
        (403, NotSent("99999", stops_run=True)),
        (404, NotSent("99999", stops_run=True)),
        (408, Uncertain("99999")),
        (422, Rejected("99999")),
        (429, NotSent("99999")),
        (502, Uncertain("99999")),
    ],
)
def test_an_unknown_code_counts_by_its_status(status: int, outcome: Sent) -> None:
    assert outcome_of(status, 99999) == outcome


def test_an_answer_without_code_or_status_is_uncertain() -> None:
    assert outcome_of(0, 0) == Uncertain("no-status")


def test_a_receipt_s_code_tells_what_becomes_of_the_address() -> None:
    assert {code for code in CODES if suppress_for(code) == "unusable"} == UNUSABLE
    assert {code for code in CODES if suppress_for(str(code)) == "opted_out"} == {21610}
    assert {code for code in CODES if stops_sending(str(code))} == STOPS


@pytest.mark.parametrize("code", [None, "", "abc", "²", "-1", 99999, "99999"])
def test_a_code_that_is_none_of_twilio_s_says_nothing(code: int | str | None) -> None:
    assert (verdict_on(code), meaning_of(code), suppress_for(code), stops_sending(code)) == (None, "", None, False)


def test_a_text_that_may_have_gone_is_never_called_safe() -> None:
    assert {code for code, verdict in CODES.items() if isinstance(verdict, Unknown)} == UNKNOWN
