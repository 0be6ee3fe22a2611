"""flask sampling draw and flask sampling why."""

from pathlib import Path

from flask import Flask

from surveys.core.queue import run_waiting
from surveys.sampling.models import Outcome
from tests.makers.contacts import load_rows, row
from tests.sampling.made import KEY, make_plan, outcomes


def test_the_draw_command_tells_each_outcome(app: Flask, folder: Path) -> None:
    make_plan(10_000)
    load_rows(folder, [row("A1"), row("A2"), row("A3", email="")])
    command = app.test_cli_runner()
    assert command.invoke(args=["sampling", "draw"]).output.splitlines() == ["selected: 2", "unreachable: 1"]
    assert command.invoke(args=["sampling", "draw"]).output == "Nothing to draw.\n"


def test_the_why_command_explains_without_the_key(app: Flask, folder: Path) -> None:
    plan = make_plan(10_000)
    load_rows(folder, [row("A1")])
    command = app.test_cli_runner()
    assert "not been drawn yet" in command.invoke(args=["sampling", "why", "A1"]).output
    command.invoke(args=["sampling", "draw"])
    words = command.invoke(args=["sampling", "why", "A1"]).output
    assert "It was selected" in words
    assert f"rate 100%, plan commitment {plan.commitment}" in words
    assert KEY.hex() not in words


def test_the_why_command_says_that_nothing_was_loaded(app: Flask) -> None:
    found = app.test_cli_runner().invoke(args=["sampling", "why", "A9"])
    assert (found.exit_code, found.output) == (
        1,
        "Error: No contact with this reference was loaded from this source.\n",
    )


def test_loading_a_file_wakes_the_draw(app: Flask, folder: Path) -> None:
    make_plan(10_000)
    load_rows(folder, [row("A1")])
    run_waiting(app)
    assert outcomes() == {"A1": Outcome.SELECTED}
