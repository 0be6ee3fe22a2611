"""What a database says of its own tables, in values that compare."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

SPACES = re.compile(r"\s+")
TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}


def plain(found: Any) -> Any:
    """Mappings as sorted pairs, types and expressions as text, so that two databases' answers compare."""
    if isinstance(found, Mapping):
        return sorted((str(key), repr(plain(value))) for key, value in found.items())
    if isinstance(found, list | tuple):
        return [plain(item) for item in found]
    if isinstance(found, sa.types.TypeEngine | sa.sql.elements.ClauseElement | str):
        return SPACES.sub(" ", str(found))
    return found


def by_name(found: Iterable[Mapping[str, Any]]) -> list[Any]:
    return [plain(item) for item in sorted(found, key=lambda item: str(item["name"]))]


def described(engine: Engine) -> dict[str, dict[str, Any]]:
    """Columns, keys, checks, uniques and indexes of each table, names included."""
    there = sa.inspect(engine)
    return {
        table: {
            "columns": by_name(there.get_columns(table)),
            "primary key": plain(there.get_pk_constraint(table)),
            "foreign keys": by_name(there.get_foreign_keys(table)),
            "checks": by_name(there.get_check_constraints(table)),
            "uniques": by_name(there.get_unique_constraints(table)),
            "indexes": by_name(there.get_indexes(table)),
        }
        for table in there.get_table_names()
    }


def triggers(engine: Engine) -> list[tuple[str, str]]:
    """(name, table) of each trigger."""
    with engine.connect() as connection:
        found = connection.execute(sa.text(TRIGGERS[engine.dialect.name]))
        return [(name, table) for name, table in found]
