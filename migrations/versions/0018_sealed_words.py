"""Residents' own words are encrypted at rest; what lies there in the clear is sealed now."""

import sqlalchemy as sa
from alembic import op

from surveys.core.sealed import sealing

revision = "0018"
down_revision = "0017"

ANSWERS = sa.table("answers", sa.column("response_id"), sa.column("question"), sa.column("words"))
REPLIES = sa.table("inbound_replies", sa.column("id"), sa.column("words"))
AT_ONCE = 5_000


def upgrade() -> None:
    key = sealing()
    change(ANSWERS, ("response_id", "question"), lambda words: key.encrypt(words.encode()).decode("ascii"))
    change(REPLIES, ("id",), lambda words: key.encrypt(words.encode()).decode("ascii"))


def downgrade() -> None:
    key = sealing()
    change(ANSWERS, ("response_id", "question"), lambda words: key.decrypt(words).decode())
    change(REPLIES, ("id",), lambda words: key.decrypt(words).decode())


def change(table: sa.TableClause, keys: tuple[str, ...], changed) -> None:  # type: ignore[no-untyped-def]
    """Put other words in place of all words there are, some thousand rows at a time in the order of their keys."""
    run = op.get_bind().execute
    columns = [table.c[key] for key in keys]
    after: tuple[object, ...] | None = None
    update = (
        sa.update(table)
        .where(*(column == sa.bindparam(f"at_{column.name}") for column in columns))
        .values(words=sa.bindparam("changed"))
    )
    while True:
        query = sa.select(*columns, table.c.words).where(table.c.words.is_not(None)).order_by(*columns).limit(AT_ONCE)
        if after is not None:
            query = query.where(sa.tuple_(*columns) > sa.tuple_(*map(sa.literal, after)))
        rows = run(query).all()
        if not rows:
            return
        run(
            update,
            [{**{f"at_{key}": getattr(row, key) for key in keys}, "changed": changed(row.words)} for row in rows],
        )
        after = tuple(rows[-1][:-1])
