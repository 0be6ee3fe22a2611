"""How Alembic runs our numbered migrations, on SQLite and on PostgreSQL."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from surveys.core.db import db


def run() -> None:
    """Each migration in a transaction of its own, with SQLite's tables rebuilt where it cannot alter them."""
    given = context.config.attributes.get("connection")
    if given is not None:
        migrate(given)
        return
    with current_app.extensions["migrate"].db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Rebuilding a table drops it; with foreign keys on, its dependants would go too.
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        migrate(connection)
        if connection.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


def migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
