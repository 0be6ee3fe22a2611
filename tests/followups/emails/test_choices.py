"""Which emails a user gets is the user's own choice, on a page of their account."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db
from surveys.followups.emails.models import EmailChoice
from surveys.people.roles import Role
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of
from tests.people.conftest import last_entry


def ticked(client: FlaskClient) -> list[str]:
    page = soup(client.get("/account/emails"))
    return [str(box["name"]) for box in page.select("#figures input[type=checkbox]") if box.has_attr("checked")]


def test_without_a_choice_all_is_ticked_and_looking_keeps_nothing(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    assert ticked(client) == ["weekly", "signals"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(EmailChoice)) == 0


@pytest.mark.parametrize("wanted", [["signals"], ["weekly"], [], ["weekly", "signals"]])
def test_a_choice_is_kept_shown_and_audited(app: Flask, client: FlaskClient, wanted: list[str]) -> None:
    user = sign_in_manager(client)
    client.post("/account/emails", data={"weekly": "yes"})
    saved = client.post("/account/emails", data=dict.fromkeys(wanted, "yes"), follow_redirects=True)
    assert "Your choice is saved." in text_of(saved)
    assert ticked(client) == wanted
    entry = last_entry()
    assert (entry.action, entry.subject) == ("emails chosen", f"user:{user}")
    assert entry.details == {"weekly": "weekly" in wanted, "signals": "signals" in wanted}


def sign_in_manager(client: FlaskClient) -> int:
    user = make_user(Role.MANAGER)
    number = user.id
    sign_in(client, user)
    return number


def test_who_gets_none_is_told_so_and_the_account_leads_there(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.REVIEWER))
    assert "none goes to you" in text_of(client.get("/account/emails"))
    assert soup(client.get("/account")).find("a", href="/account/emails") is not None
