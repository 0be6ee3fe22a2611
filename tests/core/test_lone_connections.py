"""What lone statements keep: one connection for many, one more for whoever comes meanwhile, none that failed."""

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from surveys.core.db import db, is_sqlite, table_of
from surveys.core.lone import LoneStatement, attempt_together, keeper
from surveys.people.models import Service
from tests.makers.people import make_service

SERVICES = table_of(Service).c
ALL = LoneStatement(sa.select(SERVICES.slug).order_by(SERVICES.slug))


@pytest.fixture
def made(app: Flask) -> Iterator[list[object]]:
    """The connections made inside the test; there are none at its beginning."""
    db.session.remove()
    db.engine.dispose()
    seen: list[object] = []

    def note(connection: object, _record: object) -> None:
        seen.append(connection)

    event.listen(db.engine, "connect", note)
    yield seen
    event.remove(db.engine, "connect", note)


def test_one_connection_serves_statement_after_statement(made: list[object]) -> None:
    for _ in range(20):
        ALL.rows()
    assert len(made) == 1
    assert len(keeper().idle) == 1


def test_who_comes_meanwhile_gets_one_more_and_both_are_kept(made: list[object]) -> None:
    with keeper().lend() as first, keeper().lend() as second:
        assert first is not second
    for _ in range(5):
        ALL.rows()
    assert len(made) == len(keeper().idle) == 2


def test_threads_share_what_is_kept(app: Flask, made: list[object]) -> None:
    def ask() -> None:
        with app.app_context():
            ALL.rows()

    for _ in range(5):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert len(made) == 1


def test_all_are_closed_with_the_engine(made: list[object]) -> None:
    with keeper().lend() as kept:
        pass
    db.engine.dispose()
    assert not keeper().idle
    with pytest.raises(db.engine.dialect.loaded_dbapi.Error):
        kept.run(b"closed", "SELECT 1", ())


@pytest.mark.parametrize("kind", [ZeroDivisionError, KeyboardInterrupt])
def test_none_is_kept_that_failed_and_what_it_began_is_gone(made: list[object], kind: type[BaseException]) -> None:
    if not is_sqlite():
        pytest.skip("elsewhere all is one statement")
    insert = sa.insert(table_of(Service)).values(slug="half", name="Half", area="", active=True)
    half = LoneStatement(insert.returning(SERVICES.id))

    def work(run: object) -> bool:
        assert callable(run)
        run(half, {})
        raise kind

    with pytest.raises(kind):
        attempt_together(work)
    assert not keeper().idle
    assert ALL.rows() == []


def test_a_table_that_changed_under_a_prepared_statement_is_read_all_the_same(made: list[object]) -> None:
    if is_sqlite():
        pytest.skip("SQLite prepares anew by itself")
    db.session.execute(sa.text("CREATE TABLE changing (word varchar(10))"))
    db.session.execute(sa.text("INSERT INTO changing VALUES ('seven')"))
    db.session.commit()
    words = LoneStatement(sa.select(sa.table("changing", sa.column("word", sa.String)).c.word))
    try:
        assert words.rows() == [("seven",)]
        db.session.execute(sa.text("ALTER TABLE changing ALTER word TYPE text"))
        db.session.commit()
        assert words.rows() == [("seven",)]
        assert words.rows() == [("seven",)]
    finally:
        db.session.execute(sa.text("DROP TABLE changing"))
        db.session.commit()


def test_nothing_stays_open_between_statements(made: list[object]) -> None:
    make_service()
    assert ALL.rows() == [("parking",)]
    make_service("libraries", "Libraries")
    assert ALL.rows() == [("libraries",), ("parking",)]
