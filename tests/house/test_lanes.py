"""What runs on one database only: tests that say nothing about the database, and tests of pages, listed by file."""

import ast

import pytest
from flask import Flask

from tests.house.tree import dotted, files, name_of, nodes

# Accessibility and layout in a browser, and the validity of HTML. Journeys and everything about data run on both.
ONLY_PAGES = [
    "tests/answers/test_html.py",
    "tests/browser/test_dashboards.py",
    "tests/browser/test_evidence_cover.py",
    "tests/browser/test_kiosk.py",
    "tests/browser/test_officer_screens.py",
    "tests/browser/test_progress.py",
    "tests/browser/test_questionnaire_editor.py",
    "tests/browser/test_replies.py",
    "tests/browser/test_resident_screens.py",
    "tests/browser/test_screens.py",
]
# Where a test makes an SQLite database of its own in either lane.
OWN_DATABASE = ["tests/house/test_migrations.py"]
ADDRESS = "TEST_DATABASE_URL"


def test_only_tests_of_pages_and_of_a_database_of_their_own_are_left_out_by_hand() -> None:
    marked = {name_of(path) for path in files("tests") for node in nodes(path) if dotted(node) == "pytest.mark.once"}
    assert sorted(marked - {"tests/conftest.py"}) == sorted(ONLY_PAGES + OWN_DATABASE)


def test_only_one_fixture_knows_the_database_of_the_lane() -> None:
    """So whoever does not ask for it cannot depend on it."""
    told = {
        name_of(path)
        for path in files("tests")
        for node in nodes(path)
        if isinstance(node, ast.Constant) and node.value == ADDRESS
    }
    assert told == {"tests/conftest.py", "tests/lanes.py", "tests/house/test_lanes.py"}


def test_who_asks_for_the_database_runs_on_both(app: Flask, request: pytest.FixtureRequest) -> None:
    assert app.testing
    assert request.node.get_closest_marker("once") is None


def test_who_does_not_ask_for_it_runs_once(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("once") is not None
