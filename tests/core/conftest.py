"""Applications of their own, for tests that need other settings or a failing part."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from surveys import create_app
from surveys.core.db import db
from surveys.core.settings import read_settings
from tests.pages import CheckedClient

MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Make an application on an empty SQLite file and a queue in memory, or as the settings given say."""
    made: list[Flask] = []

    def make(**given: object) -> Flask:
        usual: dict[str, object] = {"instance_dir": tmp_path, "queue_url": "memory://", "database_url": ""}
        app = create_app(read_settings(**usual | given))
        app.test_client_class = CheckedClient
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def breaking(app: Flask, error: Exception, endpoint: str = "health.alive") -> Flask:
    """The application with one page that fails."""

    def fail(**_given: object) -> str:
        raise error

    app.view_functions[endpoint] = fail
    return app
