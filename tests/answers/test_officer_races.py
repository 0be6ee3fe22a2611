"""An officer beside the resident, other officers and the sending: one response, and never a mix of two doors."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.answers.models import Answer, Mode, Response
from surveys.answers.officer import LOOKED_UP, MOST_LOOKS
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.tokens import seal
from surveys.invitations.invite import Media, invite
from surveys.invitations.models import Invitation
from surveys.invitations.outbox import send_due
from surveys.messaging.senders import senders
from surveys.people.audit import breaks
from surveys.people.models import AuditEntry, User
from surveys.people.roles import Role
from surveys.sampling.draw import Reach, draw
from tests.answers.racing import assert_sound, at_once, invited, kept, post, the_response
from tests.invitations.told import audited
from tests.makers.answers import answer, invited_token
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_user, sign_in
from tests.pages import text_of

WHOLE = {"q-overall": "fairly_satisfied", "heard": "phone", "page": "1", "q-resolved": "no", "q-why": "Slow"}
ENTERED = {"overall": "fairly_satisfied", "resolved": "no", "why": "Slow"}
ROUNDS = 4
Act = Callable[[FlaskClient], TestResponse]


def officer(app: Flask, name: str = "officer") -> FlaskClient:
    return sign_in(app.test_client(), make_user(Role.OFFICER, email=f"{name}@example.gov.uk"))


def look(client: FlaskClient, reference: str) -> TestResponse:
    return client.post("/enter", data={"source": "crm", "reference": reference})


def save(client: FlaskClient, reference: str) -> Act:
    """The last button of a form that this officer has opened."""
    place = look(client, reference).location
    assert place.startswith("/enter/")

    return lambda _other: another_tab(client).post(place, data=WHOLE)


def another_tab(client: FlaskClient) -> FlaskClient:
    """The same session; a test client of its own, for they are no good to two threads at once."""
    session = client.get_cookie("fairly")
    assert session is not None
    copy = client.application.test_client()
    copy.set_cookie("fairly", session.value)
    return copy


def entries() -> int:
    return [action for action, _, _ in audited()].count("answer entered")


def test_an_officer_and_the_resident_at_once_leave_the_answer_of_one(app: Flask, tmp_path: Path) -> None:
    client = officer(app)
    for number, token in enumerate(invited(tmp_path, ROUNDS)):
        press = save(client, f"R{number}")
        entered, sent = at_once(app, press, post("", token, overall="very_dissatisfied"))
        one = db.session.scalars(sa.select(Response).order_by(Response.id.desc()).limit(1)).one()
        if one.mode is Mode.OFFICER:
            assert (one.satisfaction, one.completed_at is not None) == ("fairly_satisfied", True)
            assert entered.status_code == 303
        else:
            assert (one.satisfaction, one.entered_by) == ("very_dissatisfied", None)
            assert (entered.status_code, sent.status_code) == (409, 303)
    assert_sound(ROUNDS)


def test_an_officer_never_comes_between_a_resident_s_rating_and_the_rest(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    press = save(officer(app), "A1")
    answer(token, "neither", completes=False)
    entered, sent = at_once(app, press, post("/more", token, resolved="first_time"))
    assert (entered.status_code, sent.status_code) == (409, 303)
    assert kept() == {"overall": "neither", "resolved": "first_time"}
    assert_sound(1)


def test_two_officers_at_once_save_one_answer_and_the_other_is_told(app: Flask, tmp_path: Path) -> None:
    invited_token(tmp_path)
    names = ("one", "two", "three")
    sent = at_once(app, *[save(officer(app, name), "A1") for name in names])
    assert sorted(answer.status_code for answer in sent) == [303, 409, 409]
    winner = next(name for name, answer in zip(names, sent, strict=True) if answer.status_code == 303)
    assert db.session.get_one(User, the_response().entered_by).email == f"{winner}@example.gov.uk"
    assert (kept(), entries()) == (ENTERED, 1)
    assert_sound(1)


def test_an_officer_s_button_pressed_twice_at_once_saves_once(app: Flask, tmp_path: Path) -> None:
    invited_token(tmp_path)
    press = save(officer(app), "A1")
    assert [answer.status_code for answer in at_once(app, press, press, press)] == [303] * 3
    assert (kept(), entries()) == (ENTERED, 1)
    assert_sound(1)


def test_a_stop_while_an_officer_saves_loses_neither(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    press = save(officer(app), "A1")

    def stop(client: FlaskClient) -> TestResponse:
        return client.post(f"/stop/{token}", data={"List-Unsubscribe": "One-Click"})

    assert [answer.status_code for answer in at_once(app, press, stop)] == [303, 200]
    assert "surveys stopped" in [action for action, _, _ in audited()]
    assert kept() == ENTERED
    assert_sound(1)


def test_an_invitation_claimed_while_an_officer_saves_goes_or_is_left_out(app: Flask, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("R1"), row("R2")])
    with transaction():
        draw(now(), Reach(texts=True, emails=True))
    with transaction():
        invite(now(), Media(texts=True, emails=True))
    client = officer(app)
    presses = [save(client, reference) for reference in ("R1", "R2")]

    def send(_client: FlaskClient) -> object:
        with app.app_context():
            return send_due(senders())

    at_once(app, send, *presses)
    db.session.rollback()
    states = db.session.execute(sa.select(Invitation.state, Invitation.reason)).all()
    assert {(state.value, reason) for state, reason in states} <= {("sent", None), ("not_sent", "answered")}
    assert_sound(2)


def test_looks_at_once_are_all_in_the_audit_trail_and_its_chain_holds(app: Flask, tmp_path: Path) -> None:
    invited(tmp_path, 1)
    clients = [officer(app, name) for name in ("one", "two", "three", "other")]
    found = at_once(app, *(looking(client, "R0") for client in clients))
    assert [answer.status_code for answer in found] == [303] * 4
    assert list(breaks()) == []
    assert [action for action, _, _ in audited()].count(LOOKED_UP) == 4


def looking(client: FlaskClient, reference: str) -> Act:
    return lambda _other: look(client, reference)


def test_the_hour_s_limit_holds_for_looks_at_once(app: Flask, tmp_path: Path) -> None:
    client = officer(app)
    for number in range(MOST_LOOKS - 1):
        look(client, f"X{number}")
    found = at_once(app, *(looking(another_tab(client), "X") for _ in range(4)))
    assert sorted(answer.status_code for answer in found) == [422, 429, 429, 429]
    looks = sa.select(sa.func.count()).where(AuditEntry.action == LOOKED_UP)
    assert db.session.scalar(looks) == MOST_LOOKS


def test_an_erasure_while_an_officer_saves_leaves_no_words_and_no_link_to_the_person(
    app: Flask, tmp_path: Path
) -> None:
    client = officer(app)
    for number, token in enumerate(invited(tmp_path, ROUNDS)):
        press = save(client, f"R{number}")
        form = {"seal": seal("survey forms", token)}
        at_once(app, press, lambda other, token=token, form=form: other.post(f"/erase/{token}", data=form))
    db.session.rollback()
    assert db.session.scalars(sa.select(Answer).where(Answer.words.is_not(None))).all() == []
    assert db.session.scalars(sa.select(Response).where(Response.invitation_id.is_not(None))).all() == []


def test_nothing_is_entered_for_somebody_who_had_it_erased(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    client = officer(app)
    press = save(client, "A1")
    client.post(f"/erase/{token}", data={"seal": seal("survey forms", token)})
    assert press(client).status_code == 409
    assert "had what we hold on them erased" in text_of(look(client, "A1"))
    assert db.session.scalars(sa.select(Response)).all() == []
