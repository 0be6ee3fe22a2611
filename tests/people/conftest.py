"""Visitors of the console: each request is one of its own, and each browser keeps its own cookies."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.core.db import db
from surveys.people import passwords
from surveys.people.models import AuditEntry
from tests.pages import CheckedClient

Browser = Callable[[], CheckedClient]
STRONG = passwords.hasher


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A new browser each time it is called."""
    return lambda: CheckedClient(app, app.response_class)


@pytest.fixture
def client(browser: Browser) -> CheckedClient:
    return browser()


def acts() -> list[str]:
    """What the audit trail tells, in order."""
    db.session.rollback()
    return list(db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)))


def last_entry() -> AuditEntry:
    db.session.rollback()
    return db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
