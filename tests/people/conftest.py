"""Visitors of the console: each request is one of its own, and each browser keeps its own cookies."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from surveys.core.db import db
from surveys.people import passwords
from surveys.people.models import AuditEntry
from tests.pages import CheckedClient

Browser = Callable[[], CheckedClient]
STRONG = passwords.hasher


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same hash with the least work; test_passwords.py has a word with the real one."""
    passwords.nobody.cache_clear()
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield
    passwords.nobody.cache_clear()


class Visitor(CheckedClient):
    """A request has its own application context here as it does when served: nothing is left from the last one."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("buffered", True)
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        db.session.rollback()
        return response


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A new browser each time it is called."""
    return lambda: Visitor(app, app.response_class)


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
