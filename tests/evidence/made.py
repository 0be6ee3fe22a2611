"""Makers for evidence: contacts drawn and answered, and days that are sealed."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from surveys.core.db import db, is_sqlite, transaction
from surveys.evidence.seals.sealing import seal_through
from surveys.evidence.verifying.verify import faults
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service
from tests.rates.made import AT, make_response

SEALED_TO = date(2026, 3, 14)
SEALED_AT = datetime(2026, 3, 15, 2, 10, tzinfo=UTC)


def words() -> list[str]:
    db.session.rollback()
    return [fault.words for fault in faults()]


def seal(last: date = SEALED_TO, moment: datetime = SEALED_AT) -> int:
    with transaction():
        return seal_through(last, moment)


def make_sealed(count: int = 5, **codes: str) -> list[int]:
    """Responses that closed on 11 March 2026, sealed; returns their numbers."""
    service = make_service().id
    with transaction():
        numbers = [make_response(service, **codes) for _ in range(count)]
    seal()
    return numbers


def load_some(folder: Path, count: int = 5) -> None:
    """Contacts of yesterday, to be drawn."""
    load_rows(folder, [row(f"A{number}") for number in range(count)])


def change(*statements: str, **values: object) -> None:
    """Change rows past the program, as somebody with the keys of the database could."""
    db.session.rollback()
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if not is_sqlite():
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(sa.text(statement), values)


def later(**given: float) -> datetime:
    return AT + timedelta(**given)
