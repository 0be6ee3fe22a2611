"""Where the invitations stand: the page for staff, the command, and the tasks that make and send them."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.queue import ask, run_waiting
from surveys.people.roles import Role
from tests.invitations.made import make_due, select, states
from tests.makers.contacts import row
from tests.makers.people import make_user, sign_in
from tests.pages import text_of


@pytest.mark.parametrize("query", ["", "?state=due", "?state=sent", "?state=nonsense"])
def test_the_page_tells_how_many_stand_where_and_names_nobody(client: FlaskClient, folder: Path, query: str) -> None:
    make_due(folder, 3)
    response = sign_in(client, make_user()).get(f"/invitations{query}")
    assert response.status_code == 200
    assert "3" in text_of(response)
    assert "a000@example.com" not in response.get_data(as_text=True)


def test_only_who_may_watch_the_sending_sees_the_page(client: FlaskClient, app: Flask) -> None:
    assert sign_in(client, make_user(Role.ASSESSOR)).get("/invitations").status_code == 403


def test_the_command_invites_sends_and_tells_the_counts(app: Flask, folder: Path) -> None:
    select(folder, [row("A1"), row("A2"), row("A3")])
    command = app.test_cli_runner()
    first = command.invoke(args=["invitations", "send", "--limit", "2"])
    assert first.output == "3 invitations made, 2 accepted by the senders.\n  due: 1\n  sent: 2\n"
    assert command.invoke(args=["invitations", "send"]).output.startswith("0 invitations made, 1 accepted")
    assert states() == ["sent"] * 3


def test_one_stage_wakes_the_next_from_the_draw_to_the_sending(app: Flask, folder: Path) -> None:
    select(folder, [row("A1")])
    run_waiting(app)
    ask("invitations.invite")
    assert run_waiting(app) == 2
    assert states() == ["sent"]
