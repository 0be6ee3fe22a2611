"""One way to commit: all or nothing, never nested, and what was queued leaves after it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.core.db import after_commit, db, is_sqlite, transaction
from surveys.people.models import Grant, Service, User
from surveys.people.roles import Role
from tests.makers.people import make_user


def service(slug: str) -> Service:
    return Service(slug=slug, name=slug, area="", active=True)


def slugs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Service.slug).order_by(Service.slug)))


def test_a_block_that_ends_well_is_committed(app: Flask) -> None:
    with transaction():
        db.session.add(service("parking"))
    assert slugs() == ["parking"]


def test_a_block_that_fails_leaves_nothing(app: Flask) -> None:
    def add_and_fail() -> None:
        with transaction():
            db.session.add(service("parking"))
            db.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    assert slugs() == []


def test_a_block_left_by_return_is_committed(app: Flask) -> None:
    def add() -> str:
        with transaction():
            db.session.add(service("parking"))
            return "done"

    assert add() == "done"
    assert slugs() == ["parking"]


def test_transactions_do_not_nest(app: Flask) -> None:
    with transaction():
        db.session.add(service("outer"))
        with pytest.raises(RuntimeError, match="do not nest"), transaction():
            db.session.add(service("inner"))
    assert slugs() == ["outer"]


def test_rows_changed_before_the_transaction_are_refused(app: Flask) -> None:
    db.session.add(service("early"))
    with pytest.raises(RuntimeError, match="before the transaction began"), transaction():
        pass
    assert slugs() == []


def test_a_failed_transaction_does_not_stand_in_the_way_of_the_next(app: Flask) -> None:
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add_all([service("twice"), service("twice")])
    with transaction():
        db.session.add(service("once"))
    assert slugs() == ["once"]


def test_what_was_queued_leaves_after_the_commit_and_in_order(app: Flask) -> None:
    seen: list[tuple[str, list[str]]] = []
    with transaction():
        db.session.add(service("parking"))
        after_commit(lambda: seen.append(("first", slugs())))
        after_commit(lambda: seen.append(("second", slugs())))
        assert seen == []
    assert seen == [("first", ["parking"]), ("second", ["parking"])]


def test_what_was_queued_never_leaves_after_a_rollback(app: Flask) -> None:
    seen: list[str] = []

    def queue_and_fail() -> None:
        with transaction():
            after_commit(lambda: seen.append("left"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        queue_and_fail()
    with transaction():
        pass
    assert seen == []


def test_outside_a_transaction_it_leaves_at_once(app: Flask) -> None:
    seen: list[str] = []
    after_commit(lambda: seen.append("left"))
    assert seen == ["left"]


def test_writers_wait_for_each_other_instead_of_failing(app: Flask) -> None:
    """Each reads, then writes what it read plus one: on SQLite two of these would otherwise collide."""
    with transaction():
        db.session.add(Service(slug="parking", name="0", area="", active=True))
    together = Barrier(4)

    def count_up() -> None:
        together.wait(timeout=20)
        for _ in range(5):
            with app.app_context(), transaction():
                found = db.session.scalars(sa.select(Service).with_for_update()).one()
                found.name = str(int(found.name) + 1)

    with ThreadPoolExecutor(4) as pool:
        for work in [pool.submit(count_up) for _ in range(4)]:
            work.result(timeout=60)
    db.session.rollback()
    assert db.session.scalars(sa.select(Service.name)).one() == "20"


def test_a_reader_is_not_held_up_by_a_writer(app: Flask) -> None:
    def read() -> int:
        with app.app_context():
            return int(db.session.scalar(sa.select(sa.func.count()).select_from(Service)) or 0)

    with transaction(), ThreadPoolExecutor(1) as pool:
        db.session.add(service("parking"))
        db.session.flush()
        assert pool.submit(read).result(timeout=10) == 0


def test_foreign_keys_are_enforced(app: Flask) -> None:
    with pytest.raises(sa.exc.IntegrityError), transaction():
        db.session.add(Grant(user_id=1, role=Role.MANAGER, service_id=None))


def test_removing_a_user_removes_its_grants(app: Flask) -> None:
    user_id = make_user(Role.MANAGER).id
    with transaction():
        db.session.execute(sa.delete(User).where(User.id == user_id))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Grant)) == 0


def test_a_state_that_is_none_of_ours_is_refused_by_the_database(app: Flask) -> None:
    user_id = make_user(Role.MANAGER).id
    with pytest.raises(sa.exc.IntegrityError, match="role"), transaction():
        db.session.execute(sa.text("UPDATE grants SET role = 'king' WHERE user_id = :user"), {"user": user_id})


def test_the_embedded_database_writes_ahead_and_waits(app: Flask) -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL has its own log")
    found = {name: db.session.scalar(sa.text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")}
    assert found == {"journal_mode": "wal", "foreign_keys": 1}
    assert db.session.scalar(sa.text("PRAGMA busy_timeout")) == 15_000


def test_the_text_of_a_database_error_has_no_values(app: Flask) -> None:
    with transaction():
        db.session.add(service("parking"))
    with pytest.raises(sa.exc.IntegrityError) as failed, transaction():
        db.session.add(Service(slug="parking", name="Jane Resident", area="", active=True))
    assert "Jane Resident" not in str(failed.value)
