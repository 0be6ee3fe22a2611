"""What staff wrote and has not left is stopped together with the word that ends it: a stop, or "no" after "yes"."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.at_once import take_in_at_once
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import take_in, take_in_many
from surveys.contacts.models import Contact, Stop
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.tokens import seal
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import Invitation, InvitationState
from surveys.invitations.replies import heed
from surveys.messaging.keywords import Meaning
from surveys.messaging.models import Medium
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Given
from tests.answers.racing import invited
from tests.makers.people import make_user, sign_in

State = InvitationState
RATING = Given("overall", code="very_dissatisfied")
YES, NO = Given("contact_back", code="yes"), Given("contact_back", code="no")
Say = Callable[[FlaskClient, str], object]


@pytest.fixture
def token(app: Flask, tmp_path: Path) -> str:
    """Of somebody who said yes, and has not come to the end; the other survey of the council is somebody else's."""
    tokens = invited(tmp_path, 2)
    for one in tokens:
        with transaction():
            take_in(sheet_of(open_link(one), (RATING, YES), "en", now(), completes=False), open_link(one).definition)
    return tokens[0]


def contact_of(token: str) -> int:
    number = open_link(token).invitation_id
    return db.session.scalars(sa.select(Invitation.contact_id).where(Invitation.id == number)).one()


def write_to_everybody() -> None:
    """One message that waits and one that is on its way, to each contact."""
    author = make_user(Role.OFFICER, email="writer@example.gov.uk").id
    with transaction():
        for contact in db.session.scalars(sa.select(Contact.id)).all():
            for state in (State.DUE, State.CLAIMED):
                about = {"contact_id": contact, "medium": Medium.SMS, "words": "Your fine.", "written_by": author}
                moments = {"written_at": now(), "due_at": now(), "claimed_at": now()}
                once = sha256(f"{contact} {state}".encode()).digest()
                db.session.add(DirectMessage(**about, **moments, once=once, state=state))


def messages_of(contact: int) -> list[tuple[State, str | None]]:
    db.session.rollback()
    d = DirectMessage
    rows = db.session.execute(sa.select(d.state, d.reason).where(d.contact_id == contact).order_by(d.id))
    return [(row.state, row.reason) for row in rows]


def by_a_page(_client: FlaskClient, token: str) -> None:
    opened = open_link(token)
    assert take_in_at_once(sheet_of(opened, (NO,), "en", now(), completes=False), opened.definition)


def with_a_rating(_client: FlaskClient, token: str) -> None:
    opened = open_link(token)
    assert take_in_at_once(sheet_of(opened, (RATING, NO), "en", now(), completes=True), opened.definition)


def ordinarily(_client: FlaskClient, token: str) -> None:
    opened = open_link(token)
    with transaction():
        take_in(sheet_of(opened, (NO,), "en", now(), completes=True), opened.definition)


def by_taking_it_away(_client: FlaskClient, token: str) -> None:
    opened = open_link(token)
    sheet = sheet_of(opened, (), "en", now(), completes=True, withdrawn=("contact_back",))
    with transaction():
        take_in(sheet, opened.definition)


def among_many(_client: FlaskClient, token: str) -> None:
    opened = open_link(token)
    with transaction():
        take_in_many([sheet_of(opened, (NO,), "en", now(), completes=False)], opened.definition)


@pytest.mark.parametrize("say_no", [by_a_page, with_a_rating, ordinarily, by_taking_it_away, among_many])
def test_who_takes_their_consent_back_gets_no_message_that_waited(client: FlaskClient, token: str, say_no: Say) -> None:
    write_to_everybody()
    say_no(client, token)
    mine = contact_of(token)
    (other,) = db.session.scalars(sa.select(Contact.id).where(Contact.id != mine)).all()
    assert messages_of(mine) == [(State.NOT_SENT, "consent taken back"), (State.CLAIMED, None)]
    assert messages_of(other) == [(State.DUE, None), (State.CLAIMED, None)]


def test_other_answers_stop_nothing(client: FlaskClient, token: str) -> None:
    write_to_everybody()
    opened = open_link(token)
    more = (Given("resolved", code="no"), YES)
    assert take_in_at_once(sheet_of(opened, more, "en", now(), completes=True), opened.definition)
    assert messages_of(contact_of(token))[0] == (State.DUE, None)


def on_the_page(client: FlaskClient, token: str) -> None:
    client.post(f"/stop/{token}", data={"seal": seal("survey forms", token)})


def in_one_click(client: FlaskClient, token: str) -> None:
    client.post(f"/stop/{token}", data={"List-Unsubscribe": "One-Click"})


def by_text(_client: FlaskClient, token: str) -> None:
    phone = b"a phone of theirs"[:16]
    with transaction():
        db.session.execute(sa.update(Contact).where(Contact.id == contact_of(token)).values(phone_hash=phone))
        heed(Meaning.STOP, phone, None, now(), Stop.REPLY)


def through_an_officer(client: FlaskClient, token: str) -> None:
    sign_in(client, make_user(Role.OFFICER))
    mailbox = db.session.scalars(sa.select(Contact.email).where(Contact.id == contact_of(token))).one()
    client.post("/opt-outs", data={"address": mailbox, "confirmed": "yes"})


@pytest.mark.parametrize("say_stop", [on_the_page, in_one_click, by_text, through_an_officer])
def test_who_says_stop_gets_no_message_that_waited(client: FlaskClient, token: str, say_stop: Say) -> None:
    write_to_everybody()
    say_stop(client, token)
    assert messages_of(contact_of(token)) == [(State.NOT_SENT, "opted-out"), (State.CLAIMED, None)]
