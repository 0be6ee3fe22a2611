"""Putting what is counted now in the place of the figures that are stored."""

import sqlalchemy as sa

from surveys.core.db import Model, db, table_of
from surveys.rates.recounts import Counted


def replace(kind: type[Model], which: sa.ColumnElement[bool], fresh: Counted) -> None:
    """fresh has the columns of the table in their order."""
    db.session.execute(sa.delete(kind).where(which).execution_options(synchronize_session=False))
    columns = [column.name for column in table_of(kind).columns]
    db.session.execute(sa.insert(kind).from_select(columns, fresh))
