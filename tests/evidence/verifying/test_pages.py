"""/audit/seals: how far all is sealed, and a check of the last days that finds what was changed."""

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.evidence.seals.models import Sealed
from surveys.evidence.seals.signing import fingerprint, public_key
from surveys.evidence.verifying.state import check, standing
from surveys.people.roles import Role
from tests.evidence.made import SEALED_AT, SEALED_TO, change, make_sealed, seal
from tests.makers.people import make_user, sign_in
from tests.pages import text_of
from tests.people.test_audit import tamper

TODAY = SEALED_AT.date()


def faults(days: int = 7) -> list[str]:
    return [fault.words for fault in check(days, TODAY).faults]


def test_the_page_says_how_far_all_is_sealed_and_shows_head_and_key(client: FlaskClient) -> None:
    assert "Nothing has been sealed yet" in text_of(sign_in(client, make_user(Role.ASSESSOR)).get("/audit/seals"))
    make_sealed(5)
    page = text_of(client.get("/audit/seals"))
    assert "Answers 14 March 2026" in page
    assert fingerprint(public_key()) in page
    assert "All holds" not in page, "it checks only what it is asked to"


def test_an_honest_trail_holds_and_the_page_says_of_how_much(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.DATA_PROTECTION_OFFICER))
    with time_machine.travel(SEALED_AT):
        make_sealed(5)
        found = check(7, TODAY)
        assert (list(found.faults), found.answers) == ([], 5)
    with time_machine.travel(SEALED_AT):
        sign_in(client, make_user(Role.ADMINISTRATOR))
        assert "5 sealed responses" in text_of(client.get("/audit/seals?days=7"))


def test_a_changed_answer_of_these_days_is_found_and_one_from_before_is_not(app: Flask) -> None:
    number = make_sealed(5)[0]
    change("UPDATE answers SET code = 'very_dissatisfied' WHERE response_id = :number", number=number)
    assert faults() == [f"Answers of 11 March 2026: response {number} was changed after it was sealed."]
    assert faults(1) == []


def test_a_rewritten_seal_is_found(app: Flask) -> None:
    make_sealed(3)
    change("UPDATE day_seals SET digest = '00' WHERE day = '2026-03-13' AND kind = 'answers'")
    assert any("not what the audit chain says" in words for words in faults())


def test_a_changed_entry_of_the_trail_is_found(app: Flask) -> None:
    with time_machine.travel(SEALED_AT):
        make_sealed(3)
    number = 2
    tamper(f"UPDATE audit_entries SET subject = 'user:9' WHERE id = {number}")
    assert f"Audit entry {number}: was changed after it was written." in faults()


@pytest.mark.parametrize("days", ["", "0", "32", "x", "-1", "99999999"])
def test_days_that_cannot_be_check_nothing(client: FlaskClient, days: str) -> None:
    answer = sign_in(client, make_user()).get(f"/audit/seals?days={days}")
    assert (answer.status_code, "All holds" in text_of(answer)) == (200, False)


def test_each_kind_stands_for_itself(app: Flask) -> None:
    make_sealed(2)
    seal(SEALED_TO)
    assert [(one.kind, one.last, one.count) for one in standing()] == [(Sealed.ANSWERS, SEALED_TO, 2)]
