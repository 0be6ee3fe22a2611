"""Commands on the terminal: refusals and an unready database are told in words, without a stack trace."""

from pathlib import Path

import pytest
from flask import Flask

from surveys import create_app
from surveys.core.settings import read_settings

COMMANDS = (
    ["sampling", "draw"],
    ["invitations", "send"],
    ["rates", "check"],
    ["rates", "recount"],
    ["audit", "verify"],
    ["demo", "load"],
)


@pytest.fixture
def unready(tmp_path: Path) -> Flask:
    """An application whose database has no tables."""
    return create_app(read_settings(instance_dir=tmp_path, database_url="", queue_url="memory://"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_on_a_database_without_tables_a_command_says_what_to_do(unready: Flask, command: list[str]) -> None:
    result = unready.test_cli_runner().invoke(args=command)
    assert result.exit_code == 1
    assert "flask db upgrade" in result.output
    assert "Traceback" not in result.output
