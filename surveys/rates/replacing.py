"""Putting what is counted now in the place of the figures that are stored."""

import sqlalchemy as sa

from surveys.core.db import Model, db, insert_into, is_sqlite, table_of
from surveys.rates.recounts import Counted, Which


def replace(kind: type[Model], which: Which, fresh: Counted) -> None:
    """fresh has the columns of the table in their order."""
    if is_sqlite():
        write_whole(kind, which, fresh)
    else:
        db.session.execute(write_changes(kind, which, fresh))


def write_whole(kind: type[Model], which: Which, fresh: Counted) -> None:
    db.session.execute(sa.delete(kind).where(which).execution_options(synchronize_session=False))
    columns = [column.name for column in table_of(kind).columns]
    db.session.execute(sa.insert(kind).from_select(columns, fresh))


def write_changes(kind: type[Model], which: Which, fresh: Counted) -> sa.Insert:
    """Only figures that are not as they were: PostgreSQL keeps the old row of each that is written, and pages read
    past all of them until a vacuum has come by.
    """
    table = table_of(kind)
    stored, counted = sa.select(table).where(which).cte("stored"), fresh.cte("counted")
    found = dict(zip(table.columns.keys(), counted.c, strict=True))
    keys = [column.name for column in table.primary_key]
    counts = [name for name in found if name not in keys]
    same = sa.and_(*(stored.c[name] == found[name] for name in keys))
    changed = (
        sa.select(*(sa.func.coalesce(found[name], stored.c[name]).label(name) for name in keys))
        .add_columns(*(found[name].label(name) for name in counts))
        .select_from(stored.join(counted, same, full=True))
        .where(sa.or_(*(found[name].is_distinct_from(stored.c[name]) for name in counts)))
        .cte("changed")
    )
    gone = changed.c[counts[0]].is_(None)
    here = sa.and_(*(table.c[name] == changed.c[name] for name in keys))
    left_over = sa.delete(table).where(here, gone).cte("left_over")
    # In the order of the months, so that those which still change share no pages with the others.
    there = sa.select(changed).where(sa.not_(gone)).order_by(*(changed.c[name] for name in keys)).add_cte(left_over)
    written = insert_into(kind).from_select([*keys, *counts], there)
    return written.on_conflict_do_update(index_elements=keys, set_={name: written.excluded[name] for name in counts})
