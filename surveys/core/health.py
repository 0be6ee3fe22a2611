"""Whether this process is alive, and whether it is ready for work: database, queue and migrations."""

from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app, make_response
from sqlalchemy.exc import SQLAlchemyError

from surveys.core.db import db
from surveys.core.queue import QUEUE_DOWN
from surveys.core.settings import PROJECT

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    return make_response({"alive": True})


@blueprint.get("/readyz")
def ready() -> Response:
    state = {"database": database_answers(), "queue": queue_answers(), "migrations": migrations_are_current()}
    return make_response(dict(state), 200 if all(state.values()) else 503)


def database_answers() -> bool:
    try:
        db.session.execute(sa.select(1))
    except SQLAlchemyError:
        return False
    return True


def queue_answers() -> bool:
    try:
        current_app.extensions["huey"].pending_count()
    except QUEUE_DOWN:
        return False
    return True


def newest_migration() -> str | None:
    config = Config()
    config.set_main_option("script_location", str(Path(PROJECT) / "migrations"))
    return ScriptDirectory.from_config(config).get_current_head()


def migrations_are_current() -> bool:
    try:
        found = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError:
        return False
    return found is not None and found == newest_migration()
