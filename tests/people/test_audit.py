"""The audit trail: an entry for each act, chained, and shut to every change."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.core.db import db, is_sqlite, transaction
from surveys.people.accounts import add_service, change_service, change_user, set_password
from surveys.people.audit import FIRST, breaks, record
from surveys.people.audit_reading import A_PAGE
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.makers.people import make_user, sign_in
from tests.pages import text_of
from tests.people.conftest import Browser, acts, last_entry


def write(count: int) -> None:
    with transaction():
        for number in range(count):
            record("tried", f"thing:{number}", number=number)


def entries() -> list[AuditEntry]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id)))


def told() -> list[tuple[int, str]]:
    db.session.rollback()
    return [(broken.number, broken.words) for broken in breaks()]


def tamper(*statements: str) -> None:
    """Change the trail as somebody with the keys of the database could: its triggers first."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if is_sqlite():
            for act in ("update", "delete"):
                connection.execute(sa.text(f"DROP TRIGGER audit_entries_refuse_{act}"))
        else:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(sa.text(statement))


def test_an_entry_is_chained_to_the_one_before_it_by_a_hash_anybody_can_make(app: Flask) -> None:
    write(3)
    previous = FIRST
    for number, entry in enumerate(entries(), start=1):
        words = {
            "number": number,
            "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "actor": "system",
            "action": "tried",
            "subject": f"thing:{number - 1}",
            "details": {"number": number - 1},
        }
        canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert entry.previous_hash == previous
        assert entry.hash == hashlib.sha256((previous + canonical).encode()).hexdigest()
        previous = entry.hash


def test_a_trail_left_alone_holds(app: Flask) -> None:
    assert told() == []
    write(5)
    with transaction():
        record("tried", "things", words="Ŵy “dyfyniad” 😀", share=0.1, none=None, nested={"b": [1, 2], "a": True})
    assert told() == []


def test_a_moment_given_in_another_zone_is_kept_as_the_same_moment(app: Flask) -> None:
    summer = datetime(2026, 7, 1, 12, 30, 0, 5, ZoneInfo("Europe/London"))
    with transaction():
        record("tried", "thing", at=summer)
    assert told() == []
    assert last_entry().at == datetime(2026, 7, 1, 11, 30, 0, 5, UTC)


@pytest.mark.parametrize("column", ["actor = 'user:9'", "action = 'other'", "subject = 'x'", "details = '{}'"])
def test_a_changed_entry_shows(app: Flask, column: str) -> None:
    write(3)
    tamper(f"UPDATE audit_entries SET {column} WHERE id = 2")
    assert told() == [(2, "was changed after it was written")]


def test_a_changed_moment_shows(app: Flask) -> None:
    write(3)
    tamper("UPDATE audit_entries SET at = '2020-01-01 00:00:00.000000' WHERE id = 3")
    assert told() == [(3, "was changed after it was written")]


def test_a_removed_entry_shows(app: Flask) -> None:
    write(4)
    tamper("DELETE FROM audit_entries WHERE id IN (2, 3)")
    assert told() == [(4, "entries 2 to 3 are missing"), (4, "does not follow the entry before it")]


def test_a_removed_entry_shows_though_the_rest_were_numbered_anew(app: Flask) -> None:
    write(3)
    tamper("DELETE FROM audit_entries WHERE id = 2", "UPDATE audit_entries SET id = 2 WHERE id = 3")
    assert told() == [(2, "does not follow the entry before it"), (2, "was changed after it was written")]


def test_entries_in_another_order_show(app: Flask) -> None:
    write(3)
    tamper(
        "UPDATE audit_entries SET id = 99 WHERE id = 1",
        "UPDATE audit_entries SET id = 1 WHERE id = 2",
        "UPDATE audit_entries SET id = 2 WHERE id = 99",
    )
    assert {number for number, _ in told()} == {1, 2, 3}


def test_an_entry_made_up_with_a_sound_hash_of_its_own_shows_at_the_next(app: Flask) -> None:
    write(3)
    first, second, _ = entries()
    words = {"number": 2, "at": second.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "actor": "system", "action": "made up"}
    words |= {"subject": second.subject, "details": second.details}
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    forged = hashlib.sha256((first.hash + canonical).encode()).hexdigest()
    tamper(f"UPDATE audit_entries SET action = 'made up', hash = '{forged}' WHERE id = 2")
    assert told() == [(3, "does not follow the entry before it")]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entries SET actor = 'user:9' WHERE id = 1", "DELETE FROM audit_entries WHERE id = 1"],
)
def test_the_database_itself_refuses_to_change_an_entry(app: Flask, statement: str) -> None:
    write(2)
    with pytest.raises(sa.exc.DBAPIError, match="audit entries cannot be changed"), transaction():
        db.session.execute(sa.text(statement))
    assert told() == []
    assert len(entries()) == 2


def test_an_act_that_was_undone_leaves_no_entry(app: Flask) -> None:
    def write_and_fail() -> None:
        with transaction():
            record("tried", "thing")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert acts() == []


def test_writers_at_the_same_time_keep_one_chain(app: Flask) -> None:
    together = Barrier(4)

    def write_five(writer: int) -> None:
        together.wait(timeout=20)
        for number in range(5):
            with app.app_context(), transaction():
                record("tried", f"thing:{writer}-{number}", actor=f"user:{writer}")

    with ThreadPoolExecutor(4) as pool:
        for work in [pool.submit(write_five, writer) for writer in range(4)]:
            work.result(timeout=60)
    assert [entry.id for entry in entries()] == list(range(1, 21))
    assert len({entry.subject for entry in entries()}) == 20
    assert told() == []


def test_each_act_on_people_and_services_leaves_its_entry(app: Flask) -> None:
    user = make_user(Role.MANAGER)
    with transaction():
        change_user(user, "New Name", True, [(Role.REVIEWER, None)])
        set_password(user, "quite another set of words")
        service = add_service("parking", "Parking")
        change_service(service, "Parking and permits", "", False)
    assert acts() == ["user added", "user changed", "password set", "service added", "service changed"]
    assert told() == []


def test_the_page_shows_the_newest_acts_first_and_leads_to_the_older(browser: Browser) -> None:
    write(A_PAGE)
    client = sign_in(browser(), make_user())
    page = text_of(client.get("/audit"))
    assert page.index("signed in") < page.index("user added") < page.index("thing:49")
    assert "thing:1 " not in page
    assert "/audit?before=3" in client.get("/audit").text
    assert "thing:1 " in text_of(client.get("/audit?before=3"))
    assert "Older acts" not in text_of(client.get("/audit?before=3"))


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999999", ""])
def test_a_place_in_the_trail_that_is_none_shows_the_newest(browser: Browser, before: str) -> None:
    client = sign_in(browser(), make_user())
    assert "signed in" in text_of(client.get(f"/audit?before={before}"))


def test_the_page_of_the_check_tells_what_it_found(browser: Browser) -> None:
    client = sign_in(browser(), make_user())
    assert "The chain holds" in text_of(client.get("/audit/check"))
    tamper("UPDATE audit_entries SET subject = 'user:9' WHERE id = 1")
    assert "Entry 1 was changed after it was written." in text_of(client.get("/audit/check"))
