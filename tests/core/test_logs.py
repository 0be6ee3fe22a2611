"""A log line is a fixed phrase with numbers and codes: what could be somebody's words is withheld."""

import json

import pytest
import structlog
from flask import Flask

from surveys.core.logs import init_logs, log, only_plain


def line(**values: object) -> dict[str, object]:
    return dict(only_plain(None, "info", {"event": "a fixed phrase", **values}))


@pytest.mark.parametrize(
    "value",
    [
        "jane.resident@example.com",
        "+447700900123",
        "07700900123",
        "07700-900-123",
        "0117.496.0123",
        "Jane Resident",
        "1 High Street, Bath",
        "mae'r ffôn wedi torri",
        "a" * 81,
        "two\nlines",
        ["jane", "resident"],
        {"name": "Jane"},
        ValueError("the officer was rude"),
    ],
)
def test_what_could_be_personal_is_withheld(value: object) -> None:
    assert line(value=value)["value"] == "[withheld]"


@pytest.mark.parametrize(
    "value",
    [7, 0.25, None, True, "contacts.load", "OperationalError", "intake.py:120", "2026-11-22T00:55:46.340323Z", "30007"],
)
def test_numbers_codes_and_names_of_ours_pass(value: object) -> None:
    assert line(value=value)["value"] == value


def test_a_line_is_one_json_object_on_standard_error(app: Flask, capfd: pytest.CaptureFixture[str]) -> None:
    log.error("a fixed phrase", contact=7, name="Jane Resident")
    told = capfd.readouterr()
    assert told.out == ""
    entry = json.loads(told.err)
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {"event": "a fixed phrase", "level": "error", "contact": 7, "name": "[withheld]"}


def test_the_level_chosen_is_the_least_that_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        init_logs("WARNING")
        log.info("not told")
        log.warning("told")
    finally:
        structlog.configure(**before)
    assert [json.loads(told)["event"] for told in capfd.readouterr().err.splitlines()] == ["told"]
