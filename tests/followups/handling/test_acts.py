"""What people do to a case: every act is an event, in the audit trail without a word, and over nobody's change."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.clock import day_of, now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, NotFound
from surveys.followups.cases.history import history
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseOutcome, CaseState
from surveys.followups.cases.moves import Act, NotFilledIn, Step
from surveys.followups.cases.working_days import add_working_days
from surveys.followups.handling.acts import Form, close, give, move, note, reopen
from surveys.followups.notices.models import AlertKind, Notice
from surveys.messaging.hours import Nation
from surveys.people.audit import breaks
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.answers.racing import at_once
from tests.followups.acting import form_of, officer_of, send, signed_in
from tests.makers.cases import case_of, event_kinds, make_case, make_rule
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

WORDS = "Rang Mrs Example on 01632 960001."
ACTIONS = [f"case {act}" for act in ("given", "moved", "noted", "moved", "moved", "closed")]
CLOSED = {"outcome": "put_right", "cause": "other", "words": WORDS}


def form(number: int, once: bytes = b"1" * 32) -> Form:
    return Form(once, case_of(number).edition)


def events_of(number: int) -> list[CaseEvent]:
    db.session.rollback()
    return [event for event in history(number) if event.kind is not CaseEventKind.OPENED]


def test_from_new_to_closed_each_act_is_an_event_with_its_words_and_an_audit_entry_without_them(
    app: Flask, client: FlaskClient
) -> None:
    number, user = make_case(), signed_in(client)
    acts = [
        ("give", {"owner": str(user.id)}),
        ("move", {"act": "acknowledge"}),
        ("note", {"words": "A note about the bay."}),
        ("move", {"act": "wait", "words": "For the parking team."}),
        ("move", {"act": "answer", "words": WORDS}),
        ("close", CLOSED),
    ]
    for act, typed in acts:
        assert send(client, number, act, **typed).status_code == 303
    case = case_of(number)
    assert (case.state, case.outcome, case.cause) == (CaseState.CLOSED, CaseOutcome.PUT_RIGHT, "other")
    assert (case.owner_id, case.edition) == (user.id, 6)
    assert None not in (case.acted_at, case.answered_at, case.closed_at)
    found = events_of(number)
    assert [event.kind.value for event in found] == ["given", "moved", "noted", "moved", "moved", "moved"]
    assert {event.by for event in found} == {user.id}
    assert [event.words for event in found[2:]] == ["A note about the bay.", "For the parking team.", WORDS, WORDS]
    mine = sa.select(AuditEntry).where(AuditEntry.subject == f"case:{number}").order_by(AuditEntry.id)
    entries = db.session.scalars(mine).all()
    assert [entry.action for entry in entries] == ACTIONS
    assert {entry.actor for entry in entries} == {f"user:{user.id}"}
    assert not [entry for entry in entries if "Mrs" in str(entry.details) or "bay" in str(entry.details)]
    assert entries[-1].details == {"before": "answered", "outcome": "put_right", "cause": "other"}
    assert list(breaks()) == []


def test_words_of_a_case_are_sealed_in_the_database(app: Flask, client: FlaskClient) -> None:
    number = make_case()
    signed_in(client)
    send(client, number, "note", words=WORDS)
    (kept,) = db.session.execute(sa.text("SELECT words FROM case_events WHERE words IS NOT NULL")).scalars()
    assert "Mrs" not in str(kept)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (CLOSED | {"outcome": ""}, "Select what came of it"),
        (CLOSED | {"cause": ""}, "Select what caused it"),
        (CLOSED | {"cause": "no_such_topic"}, "Select what caused it"),
        (CLOSED | {"words": " ."}, "Enter what came of it"),
    ],
)
def test_without_outcome_cause_or_a_word_it_stays_open_and_what_was_typed_stays(
    app: Flask, client: FlaskClient, typed: dict[str, str], words: str
) -> None:
    number = make_case()
    signed_in(client)
    refused = send(client, number, "close", **typed)
    assert refused.status_code == 422
    assert words in text_of(refused)
    page = soup(refused)
    area = page.find("textarea", id="words-close")
    assert area is not None
    assert area.get_text().strip() == typed["words"].strip()
    assert case_of(number).state is CaseState.NEW


def test_a_form_sent_twice_acts_once_and_other_words_in_it_are_another_note(app: Flask, client: FlaskClient) -> None:
    number = make_case()
    signed_in(client)
    same = form_of(client, number) | {"words": "One note."}
    moved = form_of(client, number) | {"act": "acknowledge"}
    for _ in range(2):
        assert client.post(f"/cases/{number}/note", data=same).status_code == 303
        assert client.post(f"/cases/{number}/move", data=moved).status_code == 303
    # Somebody went back in their browser, wrote something else, and sent that.
    assert client.post(f"/cases/{number}/note", data=same | {"words": "Another note."}).status_code == 303
    assert [event.words for event in events_of(number)] == ["One note.", None, "Another note."]
    assert case_of(number).edition == 2


def test_only_who_may_handle_the_service_can_be_its_owner_and_is_told(app: Flask) -> None:
    number, by = make_case(), officer_of()
    other, manager = officer_of("bins", "binman"), make_user(Role.MANAGER)
    reviewer = make_user(Role.REVIEWER)
    for stranger in (other, reviewer):
        with pytest.raises(NotFilledIn), transaction():
            give(number, None, stranger.id, form(number), by.id, now())
    with transaction():
        give(number, None, manager.id, form(number), by.id, now())
    assert case_of(number).owner_id == manager.id
    told = db.session.execute(sa.select(Notice.user_id, Notice.kind)).all()
    assert [tuple(row) for row in told] == [(manager.id, AlertKind.GIVEN)]
    with transaction():
        give(number, None, None, form(number, b"2" * 32), by.id, now())
    assert case_of(number).owner_id is None


def test_who_takes_a_case_is_not_told_that_they_did(app: Flask) -> None:
    number, by = make_case(), officer_of()
    with transaction():
        give(number, None, by.id, form(number), by.id, now())
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0


def test_opened_again_it_has_a_new_deadline_of_its_rule_and_nothing_of_its_end(app: Flask) -> None:
    long_ago = now() - timedelta(days=30)
    rule = make_rule(answer_days=7)
    number = make_case(state=CaseState.CLOSED, rule_id=rule, opened_at=long_ago, escalation=2, cause="other")
    by, moment = officer_of(), now()
    with transaction():
        reopen(number, None, "It happened again.", Nation.ENGLAND, form(number), by.id, moment)
    case = case_of(number)
    assert (case.state, case.outcome, case.closed_at) == (CaseState.ACKNOWLEDGED, None, None)
    assert (case.escalation, case.reopened, case.cause) == (0, 1, "other")
    assert case.answer_by == add_working_days(day_of(moment), 7, Nation.ENGLAND)
    assert event_kinds(number)[-1] is CaseEventKind.REOPENED


def test_after_a_change_that_the_form_did_not_show_nothing_is_done_but_a_note(app: Flask) -> None:
    number, by = make_case(), officer_of()
    old = form(number, b"2" * 32)
    with transaction():
        move(number, None, Step(Act.ACKNOWLEDGE), form(number), by.id, now())
    acts: list[Callable[[], None]] = [
        lambda: give(number, None, by.id, old, by.id, now()),
        lambda: move(number, None, Step(Act.ANSWER, "Rang."), old, by.id, now()),
        lambda: close(number, None, Step(Act.CLOSE, "Rang.", "put_right", "other"), old, by.id, now()),
        lambda: reopen(number, None, "Again.", Nation.ENGLAND, old, by.id, now()),
    ]
    for act in acts:
        with pytest.raises(Conflict), transaction():
            act()
    with transaction():
        note(number, None, "Still kept.", b"3" * 32, by.id, now())
    assert case_of(number).edition == 2
    assert event_kinds(number)[1:] == [CaseEventKind.MOVED, CaseEventKind.NOTED]


def test_another_service_s_case_is_not_found_by_any_act(app: Flask) -> None:
    number, by = make_case(), officer_of("bins", "binman")
    theirs = frozenset({by.grants[0].service_id or 0})
    with pytest.raises(NotFound), transaction():
        note(number, theirs, "Mine?", b"3" * 32, by.id, now())
    with pytest.raises(NotFound), transaction():
        give(number, theirs, by.id, form(number), by.id, now())


def test_two_officers_at_one_case_at_once_lose_no_words_and_overwrite_nothing_unseen(app: Flask) -> None:
    """Both have the page open, write a note, and close it with another outcome, in the same moment."""
    number, clients, forms = make_case(), [app.test_client(), app.test_client()], []
    for name, client in zip(("ann", "bob"), clients, strict=True):
        sign_in(client, officer_of(name=name))
        forms.append(form_of(client, number))
    outcomes = ("put_right", "explained")

    def at_work(which: int) -> Callable[[FlaskClient], list[TestResponse]]:
        own, typed = clients[which], forms[which]
        closing = {"outcome": outcomes[which], "cause": "other", "words": f"The end of {which}."}

        def work(_client: FlaskClient) -> list[TestResponse]:
            noted = own.post(f"/cases/{number}/note", data=typed | {"words": f"The note of {which}."})
            return [noted, own.post(f"/cases/{number}/close", data=typed | closing)]

        return work

    answers = at_once(app, at_work(0), at_work(1))
    assert [noted.status_code for noted, _ in answers] == [303, 303]
    assert sorted(closing.status_code for _, closing in answers) == [303, 409]
    kept = [event.words for event in events_of(number)]
    won = next(which for which, (_, closing) in enumerate(answers) if closing.status_code == 303)
    assert sorted(word for word in kept if word) == ["The end of " + f"{won}.", "The note of 0.", "The note of 1."]
    case = case_of(number)
    assert (case.outcome, case.edition) == (CaseOutcome(outcomes[won]), 2)
    lost = text_of(answers[1 - won][1])
    assert f"The end of {1 - won}." in lost, "what they typed is still on the page"
    assert f"The end of {won}." in lost, "they see what changed"
    assert "This case changed while you had it open" in lost
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1
