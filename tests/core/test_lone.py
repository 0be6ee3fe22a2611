"""Lone selects: the same rows as by the ordinary way, nothing left open behind them, failures told as everywhere."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from surveys.core.db import db, is_sqlite, table_of, transaction
from surveys.core.lone import LoneStatement, Run, attempt_together
from surveys.core.tokens import TOKEN_LENGTH
from surveys.people.models import Service, User
from tests.core.conftest import MakeApp
from tests.counting import statements
from tests.makers.people import make_service, make_user

SERVICES, USERS = table_of(Service).c, table_of(User).c
BY_ID = sa.select(USERS.id, USERS.email, USERS.active, USERS.created_at, sa.null()).where(
    USERS.id == sa.bindparam("user")
)


def test_values_come_as_the_program_knows_them(app: Flask) -> None:
    user = make_user()
    rows = LoneStatement(BY_ID).rows(user=user.id)
    assert rows == [tuple(row) for row in db.session.execute(BY_ID, {"user": user.id})]
    assert rows[0][2] is True
    assert isinstance(rows[0][3], datetime)
    assert rows[0][3].tzinfo is UTC


def test_every_named_parameter_finds_its_place(app: Flask) -> None:
    first, second = make_service(), make_service("libraries", "Libraries")
    both = sa.or_(SERVICES.slug == sa.bindparam("one"), SERVICES.slug == sa.bindparam("other"))
    select = LoneStatement(
        sa.select(SERVICES.id).where(both, SERVICES.id >= sa.bindparam("least")).order_by(SERVICES.id)
    )
    assert select.rows(other=first.slug, least=0, one=second.slug) == [(first.id,), (second.id,)]
    assert select.rows(other=first.slug, least=second.id, one="none") == []


def test_a_transaction_on_the_same_connection_can_still_be_taken_back(app: Flask) -> None:
    select = LoneStatement(sa.select(SERVICES.slug).where(SERVICES.slug == sa.bindparam("slug")))
    db.session.remove()
    db.engine.dispose()
    assert select.rows(slug="wasted") == []
    with pytest.raises(ZeroDivisionError), transaction():
        db.session.add(Service(slug="wasted", name="Wasted", area=""))
        db.session.flush()
        raise ZeroDivisionError
    assert select.rows(slug="wasted") == []


def test_a_failure_is_told_as_sqlalchemy_tells_it_and_holds_no_connection(app: Flask) -> None:
    broken = LoneStatement(sa.select(sa.table("nowhere", sa.column("id", sa.Integer)).c.id))
    db.session.remove()
    with pytest.raises(SQLAlchemyError):
        broken.rows()
    assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # both databases have a pool that counts


def test_a_database_that_is_away_is_told_as_on_any_page(make_app: MakeApp, tmp_path: Path) -> None:
    away = make_app(database_url=f"sqlite:///{tmp_path / 'no' / 'such' / 'folder' / 'x.sqlite'}")
    assert away.test_client().get("/s/" + "2" * TOKEN_LENGTH).status_code == 503


def test_a_connection_lost_a_moment_ago_costs_nobody_their_page(app: Flask) -> None:
    if is_sqlite():
        pytest.skip("an embedded database has no connection that could be lost")
    behind = LoneStatement(sa.select(sa.func.pg_backend_pid()))
    db.session.remove()
    db.engine.dispose()
    ((lost,),) = behind.rows()
    elsewhere = sa.create_engine(db.engine.url, poolclass=sa.NullPool)
    with elsewhere.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": lost})
    assert behind.rows() != [(lost,)]


def test_it_is_counted_among_the_statements(app: Flask) -> None:
    select = LoneStatement(sa.select(SERVICES.id))
    with statements() as seen:
        select.rows()
    assert len(seen) == 1


ADD = LoneStatement(
    sa.insert(table_of(Service))
    .values({name: sa.bindparam(name) for name in ("slug", "name", "area")} | {"active": sa.true()})
    .returning(SERVICES.id)
)


def slugs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(SERVICES.slug).order_by(SERVICES.id)))


def add(slug: str) -> dict[str, object]:
    return {"slug": slug, "name": slug.title(), "area": ""}


@pytest.mark.parametrize(
    ("second", "well", "left"),
    [
        pytest.param("libraries", True, ["parking", "libraries"], id="all is well"),
        pytest.param("libraries", False, [], id="the work says no"),
        pytest.param("parking", True, [], id="the database says no"),
    ],
)
def test_statements_in_a_row_are_kept_together_or_not_at_all(
    app: Flask, second: str, well: bool, left: list[str]
) -> None:
    if not is_sqlite():
        pytest.skip("elsewhere all is one statement")

    def work(run: Run) -> bool:
        return len([run(ADD, add(slug)) for slug in ("parking", second)]) == 2 and well

    assert attempt_together(work) is bool(left)
    assert slugs() == left


def test_a_change_that_the_database_refuses_is_told_as_none(app: Flask) -> None:
    if is_sqlite():
        pytest.skip("an embedded database takes changes in a row")
    assert ADD.attempt(**add("parking"))
    assert ADD.attempt(**add("parking")) is None
    assert slugs() == ["parking"]
