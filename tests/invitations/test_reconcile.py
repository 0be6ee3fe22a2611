"""Uncertain messages: found at the provider, or left for a person; never sent again."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from surveys.core.db import transaction
from surveys.core.refusals import Conflict
from surveys.invitations.outbox import send_due
from surveys.invitations.reconcile import decide, decide_all_not_found, reconcile, undecided
from surveys.messaging.outcomes import CannotTell, Found, Missing, Uncertain
from surveys.people.roles import Role
from tests.invitations.made import MOMENT, Scripted, make_due, rows_by_reference
from tests.makers.people import make_user, sign_in
from tests.pages import CheckedClient, text_of

LATER = MOMENT + timedelta(minutes=5)


@pytest.fixture
def provider(app: Flask, tmp_path: Path) -> Scripted:
    """A provider that left two messages uncertain."""
    make_due(tmp_path, 2)
    provider = Scripted(lambda _message: Uncertain("503"))
    send_due(provider.senders(), MOMENT)
    assert {row.state for row in rows_by_reference().values()} == {"uncertain"}
    return provider


def test_what_is_found_is_sent_and_keeps_the_providers_name(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 1)
    provider = Scripted(lambda _message: Uncertain("503"))
    send_due(provider.senders(), MOMENT)
    provider.found = Found("SM1")
    assert reconcile(provider.senders(), LATER) == 1
    row = rows_by_reference()["A000"]
    assert (row.state, row.provider_ref, row.sent_at) == ("sent", "SM1", MOMENT)


@pytest.mark.parametrize("answer", [Missing(), CannotTell()])
def test_what_is_not_found_stays_for_a_person_and_is_never_sent_again(
    provider: Scripted, answer: Missing | CannotTell
) -> None:
    provider.found = answer
    reconcile(provider.senders(), LATER)
    for hours in range(1, 30):
        reconcile(provider.senders(), MOMENT + timedelta(hours=hours))
        send_due(provider.senders(), MOMENT + timedelta(hours=hours))
    assert undecided() == 2
    assert len(provider.messages) == 2


def test_a_message_is_not_looked_for_in_its_first_minutes(provider: Scripted) -> None:
    provider.found = Found("SM1")
    assert reconcile(provider.senders(), MOMENT + timedelta(minutes=1)) == 0


@pytest.mark.parametrize(("was_sent", "state"), [(True, "sent"), (False, "not_sent")])
def test_a_person_decides_once(provider: Scripted, was_sent: bool, state: str) -> None:
    number = rows_by_reference()["A000"].id
    with transaction():
        decide(number, was_sent, LATER)
    row = rows_by_reference()["A000"]
    assert (row.state, row.reason) == (state, "decided")
    with pytest.raises(Conflict), transaction():
        decide(number, was_sent, LATER)


def test_only_what_a_provider_was_asked_for_is_settled_together(provider: Scripted) -> None:
    with transaction():
        assert decide_all_not_found(LATER) == 0
    provider.found = Missing()
    reconcile(provider.senders(), LATER)
    with transaction():
        assert decide_all_not_found(LATER) == 2
    assert undecided() == 0


def test_what_no_provider_could_tell_of_is_not_settled_together(provider: Scripted) -> None:
    provider.found = CannotTell()
    reconcile(provider.senders(), LATER)
    with transaction():
        assert decide_all_not_found(LATER) == 0
    assert undecided() == 2


def test_a_message_of_another_invitation_is_not_taken_for_this_one(provider: Scripted) -> None:
    provider.found = Found("SM1")
    assert reconcile(provider.senders(), LATER) == 1
    assert sorted(row.state for row in rows_by_reference().values()) == ["sent", "uncertain"]


def test_the_page_shows_and_settles_what_is_uncertain(provider: Scripted, client: CheckedClient) -> None:
    sign_in(client, make_user(Role.ADMINISTRATOR))
    assert "2 messages may have been sent" in text_of(client.get("/invitations"))
    number = rows_by_reference()["A000"].id
    assert client.post(f"/invitations/{number}/decide", data={"was": "sent"}).status_code == 303
    page = text_of(client.get("/invitations/uncertain"))
    assert "1 to decide" in page
    assert rows_by_reference()["A000"].state == "sent"
