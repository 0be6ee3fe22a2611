"""flask audit verify finds every change to what was sealed, and says where it is."""

from pathlib import Path

import pytest
from flask import Flask

from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.evidence.verifying.verify import LET_GO
from surveys.people.audit import record
from tests.evidence.made import change, load_some, make_sealed, seal, words
from tests.makers.answers import draw_and_send
from tests.people.test_audit import tamper, write

DAY = "Answers of 11 March 2026"


def verify(app: Flask) -> tuple[int, str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["audit", "verify"])
    return result.exit_code, result.output


def test_what_was_not_touched_holds(app: Flask) -> None:
    make_sealed()
    code, output = verify(app)
    assert code == 0
    assert "The audit chain holds" in output
    assert "Every seal holds" in output


def test_a_trail_that_was_changed_is_told_entry_by_entry_and_fails(app: Flask) -> None:
    write(3)
    tamper("UPDATE audit_entries SET subject = 'x' WHERE id = 2", "DELETE FROM audit_entries WHERE id = 1")
    code, output = verify(app)
    assert code == 1
    assert "entry 2: entries 1 to 1 are missing" in output
    assert "entry 2: was changed after it was written" in output


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answers SET code = 'very_dissatisfied' WHERE response_id = :number",
        "DELETE FROM answers WHERE response_id = :number",
        "UPDATE responses SET channel = 'web' WHERE id = :number",
        "UPDATE responses SET day = '2026-04-01' WHERE id = :number",
        "UPDATE responses SET mode = 'sms' WHERE id = :number",
        "UPDATE responses SET completed_at = NULL WHERE id = :number",
        "INSERT INTO answers (response_id, question, code, given_at, unread) "
        "VALUES (:number, 'resolved', 'first_time', '2026-03-11', :no)",
    ],
)
def test_any_change_of_a_sealed_response_is_found(statement: str) -> None:
    number = make_sealed()[1]
    change(statement, number=number, **({"no": False} if ":no" in statement else {}))
    assert words() == [f"{DAY}: response {number} was changed after it was sealed."]


@pytest.mark.usefixtures("app")
def test_a_sealed_response_that_is_gone_is_found_unless_the_trail_says_that_it_was_let_go() -> None:
    number = make_sealed()[1]
    change("DELETE FROM answers WHERE response_id = :number", "DELETE FROM responses WHERE id = :number", number=number)
    assert words() == ["Answers: 1 sealed responses are gone, and the audit trail tells of 0 that were let go."]
    with transaction():
        record(LET_GO, "responses", responses=1)
    assert words() == []


@pytest.mark.usefixtures("app")
def test_a_changed_leaf_is_found_though_its_response_was_changed_to_match() -> None:
    number = make_sealed()[1]
    change("UPDATE answers SET code = 'very_dissatisfied' WHERE response_id = :number", number=number)
    change("UPDATE response_seals SET leaf = :leaf WHERE response_id = :number", number=number, leaf=b"\0" * 32)
    assert f"{DAY}: the kept leaves are not those that were sealed." in words()


@pytest.mark.usefixtures("app")
def test_a_seal_written_anew_differs_from_the_chain() -> None:
    make_sealed()
    change("UPDATE day_seals SET digest = :digest, count = 4 WHERE day = '2026-03-11'", digest="0" * 64)
    assert f"{DAY}: the row of the seal is not what the audit chain says." in words()


@pytest.mark.usefixtures("app")
def test_a_seal_whose_row_is_gone_is_missed() -> None:
    make_sealed()
    change("DELETE FROM day_seals WHERE day = '2026-03-12'")
    assert words() == ["Answers of 12 March 2026: the audit chain has a seal, and its row is gone."]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE draws SET outcome = 'not_drawn'", "a contact or its draw was changed after it was sealed."),
        ("UPDATE draws SET rate = 1", "a contact or its draw was changed after it was sealed."),
        (
            "UPDATE contacts SET external_ref = 'B' || external_ref",
            "a contact or its draw was changed after it was sealed.",
        ),
        (
            "DELETE FROM draws WHERE contact_id = (SELECT min(contact_id) FROM draws)",
            "4 draws are there, and 5 were sealed.",
        ),
    ],
)
def test_any_change_of_a_sealed_draw_is_found(tmp_path: Path, statement: str, told: str) -> None:
    load_some(tmp_path)
    draw_and_send()
    seal(today(), now())
    change(statement)
    assert [one.split(": ")[1] for one in words()] == [told]
