"""The command of the made-up council: the same each time, at any hour, and never where it must not be."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.answers.models import Answer, Response
from surveys.contacts.models import Contact
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.refusals import Refused
from surveys.demo.load import Wanted, is_loaded, load_council
from surveys.demo.users import USERS
from surveys.invitations.models import Invitation
from surveys.people.models import User
from surveys.sampling.models import Draw
from tests.conftest import empty

NOW = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
SMALL = Wanted(contacts=300, days=30, seed=3, now=NOW)


@pytest.fixture
def moment() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def count(kind: type[db.Model], *conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(kind).where(*conditions)) or 0


def whole_story() -> list[Any]:
    """Each contact with its draw and what was answered."""
    query = (
        sa.select(Contact.external_ref, Contact.email_hash, Draw.number, Draw.outcome, Answer.code, Answer.words)
        .join(Draw, Draw.contact_id == Contact.id)
        .outerjoin(Invitation, Invitation.contact_id == Contact.id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(Answer, Answer.response_id == Response.id)
        .order_by(Contact.external_ref, Answer.question)
    )
    return [tuple(row) for row in db.session.execute(query)]


def test_the_same_seed_tells_the_same_story_to_the_last_comment(app: Flask, moment: None, folder: Path) -> None:
    load_council(SMALL)
    first = whole_story()
    db.session.remove()
    empty(folder)
    app.extensions.pop("definitions")
    load_council(SMALL)
    assert is_loaded()
    assert whole_story() == first
    assert sum(row[-2] is not None for row in first) > 10


def test_the_command_tells_who_may_sign_in_and_refuses_in_words(app: Flask, moment: None) -> None:
    run = app.test_cli_runner()
    first = run.invoke(args=["demo", "load", "--contacts", "60", "--days", "30"])
    assert first.exit_code == 0, first.output
    assert "60 made-up contacts from 2026-02-09 to 2026-03-10" in first.output
    assert "Parking gets worse from July 2025" in first.output
    for user in USERS:
        assert any({user.email, user.words} <= set(line.split()) for line in first.output.splitlines())
    second = run.invoke(args=["demo", "load", "--contacts", "60", "--days", "30"])
    assert second.exit_code == 1
    assert "Load the made-up council into an empty database" in second.output


def test_a_council_counts_as_loaded_only_once_it_is_whole(app: Flask, moment: None) -> None:
    def stopped(_contacts: int) -> None:
        raise KeyboardInterrupt

    assert not is_loaded()
    with pytest.raises(KeyboardInterrupt):
        load_council(SMALL, stopped)
    assert count(Contact) > 0
    assert not is_loaded()


def test_a_database_with_a_plan_is_not_filled(app: Flask, moment: None) -> None:
    assert app.test_cli_runner().invoke(args=["sampling", "draw"]).exit_code == 0
    with pytest.raises(Refused, match="holds sampling plans already"):
        load_council(SMALL)


def test_a_real_installation_is_never_filled(app: Flask, moment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    real = app.extensions["settings"].model_copy(update={"public_url": "https://surveys.example.gov.uk"})
    monkeypatch.setitem(app.extensions, "settings", real)
    with pytest.raises(Refused, match="real installation"):
        load_council(SMALL)
    assert count(Contact) == count(User) == 0


def test_a_council_of_no_days_is_refused(app: Flask, moment: None) -> None:
    with pytest.raises(Refused, match="30 days or more"):
        load_council(Wanted(contacts=10, days=3, seed=1, now=NOW))


@pytest.mark.parametrize("hour", [0, 23])
def test_it_can_be_loaded_at_any_hour(app: Flask, hour: int) -> None:
    at = NOW.replace(hour=hour, minute=5)
    with time_machine.travel(at, tick=False):
        load_council(Wanted(contacts=120, days=30, seed=1, now=at))
    assert count(Contact) == count(Draw) == 120
    assert db.session.scalar(sa.select(sa.func.max(Contact.day))) <= day_of(at) - timedelta(days=1)
