"""Migrations are numbered and linear, run both ways, and make the tables that the models describe."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from surveys import create_app
from surveys.answers.models import EqualityAnswer, Mode, Response
from surveys.core.db import db, transaction
from surveys.core.settings import read_settings
from surveys.questionnaires.default import DEFAULT_SLUG, DEFAULT_TITLE
from surveys.questionnaires.queries import publish_default_if_none
from surveys.rates.checking import answer_drifts
from surveys.rates.models import DayFigure
from surveys.rates.recounts import recounted_days
from tests.house.schema import described, triggers
from tests.house.tree import ROOT, files
from tests.makers.people import make_service
from tests.rates.made import make_response

SECRET = "a secret for tests that is long enough 1234567890"


def app_on(url: str, folder: Path) -> Flask:
    settings = read_settings(instance_dir=folder, database_url=url, queue_url="memory://", secret_key=SECRET)
    return create_app(settings)


def other_database(lane_url: str, name: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database beside the one under test; dropped at the end."""
    url = sa.make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", lane_url))
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    scratch = f"{url.database}_{name}"
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{scratch}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{scratch}"'))
    yield url.set(database=scratch).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE "{scratch}" WITH (FORCE)'))
    server.dispose()


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.once), "postgresql"])
def scratch(request: pytest.FixtureRequest, lane_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on an empty database of its own, of either kind."""
    if request.param == "sqlite":
        yield from opened(app_on(f"sqlite:///{tmp_path / 'scratch.sqlite'}", tmp_path))
        return
    if not lane_url.startswith("postgres"):
        pytest.skip("this lane has no PostgreSQL: set TEST_DATABASE_URL")
    for url in other_database(lane_url, "scratch"):
        yield from opened(app_on(url, tmp_path))


def opened(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrations_are_numbered_in_one_line() -> None:
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    line = list(reversed(list(scripts.walk_revisions())))
    assert [script.revision for script in line] == [f"{n:04}" for n in range(1, len(line) + 1)]
    assert [script.down_revision for script in line] == [None, *(script.revision for script in line[:-1])]
    assert [Path(script.path).name[:5] for script in line] == [f"{script.revision}_" for script in line]
    assert len(files("migrations/versions")) == len(line)


def test_every_migration_runs_both_ways(scratch: Flask) -> None:
    upgrade()
    up = described(db.engine), triggers(db.engine)
    downgrade(revision="base")
    assert set(described(db.engine)) == {"alembic_version"}
    assert triggers(db.engine) == []
    upgrade()
    assert (described(db.engine), triggers(db.engine)) == up


def test_each_migration_can_be_taken_back_by_itself(scratch: Flask) -> None:
    upgrade()
    whole = described(db.engine)
    for _ in files("migrations/versions"):
        downgrade(revision="-1")
    upgrade()
    assert described(db.engine) == whole


@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index:UserWarning")
def test_the_models_have_not_drifted_from_the_migrations(scratch: Flask) -> None:
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_migrations_make_every_rule_that_the_models_state(scratch: Flask) -> None:
    db.create_all()
    wanted = described(db.engine)
    db.drop_all()
    upgrade()
    made = described(db.engine)
    made.pop("alembic_version")
    assert set(made) == set(wanted)
    for table, rules in wanted.items():
        assert made[table] == rules, table


def test_history_is_guarded_by_triggers(scratch: Flask) -> None:
    upgrade()
    guarded = {table for _, table in triggers(db.engine)}
    assert {"audit_entries", "questionnaire_versions"} <= guarded


def word(**values: str) -> None:
    """One changed message, as the schema of the moment has it."""
    columns = {
        "kind": "reminder",
        "medium": "sms",
        "language": "en",
        "subject": "",
        "changed_at": "2026-03-10",
    } | values
    names = ", ".join(columns)
    with db.engine.begin() as connection:
        marks = ", ".join(f":{name}" for name in columns)
        connection.execute(sa.text(f"INSERT INTO message_wordings ({names}) VALUES ({marks})"), columns)


def rows_of(columns: str, table: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(f"SELECT {columns} FROM {table} ORDER BY id"))]


def test_words_from_before_questionnaires_differed_are_kept_for_the_default_one(scratch: Flask) -> None:
    upgrade(revision="0010")
    word(body="Ours")
    upgrade(revision="0011")
    assert rows_of("questionnaire, kind, body", "message_wordings") == [("contact", "reminder", "Ours")]
    assert rows_of("slug, title", "questionnaires") == [(DEFAULT_SLUG, DEFAULT_TITLE)]
    upgrade()
    with transaction():
        assert publish_default_if_none().number == 1
    assert len(rows_of("slug", "questionnaires")) == 1


def test_going_back_to_one_wording_for_all_keeps_that_of_the_default_questionnaire(scratch: Flask) -> None:
    upgrade(revision="0011")
    with db.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO questionnaires (slug, title) VALUES ('contact', 'A'), ('bins', 'B')"))
    word(questionnaire="bins", body="Of bins")
    word(questionnaire="contact", body="Ours")
    downgrade(revision="0010")
    assert rows_of("kind, body", "message_wordings") == [("reminder", "Ours")]
    upgrade(revision="0011")
    assert rows_of("questionnaire, body", "message_wordings") == [("contact", "Ours")]


def test_an_installation_with_answers_gets_its_figures_by_month_and_no_revision(scratch: Flask) -> None:
    upgrade(revision="0022")
    service = make_service().id
    with transaction():
        for mode in (Mode.WEB, Mode.KIOSK):
            response = make_response(service, mode=mode, resolved="no")
            db.session.add(EqualityAnswer(response_id=response, item="age", code="16_24"))
        db.session.execute(sa.update(Response).values(counted=True))
        columns = [column.name for column in DayFigure.__table__.columns]
        db.session.execute(sa.insert(DayFigure).from_select(columns, recounted_days()))
    upgrade()
    assert [drift for drift in answer_drifts() if drift.key[0] != "point"] == []
    assert len(rows_of("month AS id", "month_figures")) == 4
    assert sorted(rows_of("question AS id, code", "cross_figures")) == [("equality.age", "16_24"), ("resolved", "no")]
    assert rows_of("id", "revisions") == []
