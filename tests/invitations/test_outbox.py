"""Claim and commit, send with nothing open, settle: nobody gets the same message twice."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.core.db import db, transaction
from surveys.core.tokens import token_digest
from surveys.invitations.claim import claim
from surveys.invitations.models import MOVES, Invitation, InvitationState
from surveys.invitations.moves import move
from surveys.invitations.outbox import send_due
from surveys.invitations.pace import SendingRules
from surveys.invitations.queries import counts_by_state
from surveys.invitations.settle import give_up_stale_claims
from surveys.messaging.outcomes import Accepted, Message, NotSent, Rejected, Sent, Uncertain
from tests.invitations.made import MOMENT, Scripted, make_due, rows_by_reference, states, stop


def in_the_database(statement: str) -> list[str]:
    """What another connection sees at this moment."""
    with db.engine.connect() as connection:
        return list(connection.execute(sa.text(statement)).scalars())


def test_the_claim_is_committed_before_the_message_is_handed_over(app: Flask, folder: Path) -> None:
    make_due(folder, 2)
    seen: list[list[str]] = []

    def look(message: Message) -> Sent:
        seen.append(in_the_database("SELECT state FROM invitations ORDER BY id"))
        assert not db.session().in_transaction(), "nothing is open while a provider is called"
        return Accepted(message.correlation)

    assert send_due(Scripted(look).senders()) == 2
    assert seen == [["claimed", "claimed"]] * 2
    assert states() == ["sent", "sent"]


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (Accepted("SM1"), "sent", None),
        (Rejected("21211"), "rejected", "21211"),
        (Uncertain("ReadTimeout"), "uncertain", "ReadTimeout"),
        (NotSent("20429"), "due", "20429"),
        (NotSent("20003", stops_run=True), "due", "20003"),
    ],
)
def test_each_outcome_leads_to_its_state(
    app: Flask, folder: Path, outcome: Sent, state: str, reason: str | None
) -> None:
    make_due(folder, 1)
    send_due(Scripted(lambda _message: outcome).senders())
    (made,) = rows_by_reference().values()
    assert (made.state.value, made.reason) == (state, reason)
    assert (made.provider_ref, made.sent_at) == (("SM1", MOMENT) if state == "sent" else (None, None))


@pytest.mark.parametrize("outcome", [Accepted("SM1"), Rejected("21211"), Uncertain("ReadTimeout")])
def test_what_has_ended_is_never_sent_again(
    app: Flask, folder: Path, clock: time_machine.Traveller, outcome: Sent
) -> None:
    make_due(folder, 1)
    send_due(Scripted(lambda _message: outcome).senders())
    again = Scripted()
    for days in (1, 7, 27):
        clock.move_to(MOMENT + timedelta(days=days))
        send_due(again.senders())
    assert again.messages == []


def test_a_message_not_sent_is_tried_five_times_at_growing_distances(
    app: Flask, folder: Path, clock: time_machine.Traveller
) -> None:
    make_due(folder, 1)
    later = Scripted(lambda _message: NotSent("20429"))
    tried_after = []
    for minute in range(120):
        clock.move_to(MOMENT + timedelta(minutes=minute))
        before = len(later.messages)
        send_due(later.senders())
        tried_after += [minute] if len(later.messages) > before else []
    waits = [later - earlier for earlier, later in pairwise(tried_after)]
    assert len(waits) == 4
    # Full jitter between half and all of 2, 4, 8 and 16 minutes; a minute is the clock's step here.
    assert all(longest / 2 <= wait <= longest + 1 for wait, longest in zip(waits, (2, 4, 8, 16), strict=True)), waits
    (made,) = rows_by_reference().values()
    assert (made.state.value, made.reason, made.attempts) == ("not_sent", "20429", 5)


def test_without_a_sender_for_its_medium_an_invitation_waits(app: Flask, folder: Path) -> None:
    make_due(folder, 1)
    assert send_due({}) == 0
    (made,) = rows_by_reference().values()
    assert (made.state.value, made.reason, made.due_at) == ("due", "no-sender", MOMENT + timedelta(minutes=1))


def test_a_sender_that_fails_leaves_its_claim_and_no_other(
    app: Flask, folder: Path, clock: time_machine.Traveller
) -> None:
    make_due(folder, 4)

    def fail_on_third(message: Message) -> Sent:
        if message.recipient == "a002@example.com":
            raise ZeroDivisionError
        return Accepted(message.correlation)

    with pytest.raises(ZeroDivisionError):
        send_due(Scripted(fail_on_third).senders())
    assert states() == ["sent", "sent", "claimed", "due"]
    clock.shift(timedelta(minutes=20))
    working = Scripted()
    send_due(working.senders())
    assert working.recipients == ["a003@example.com"]
    with transaction():
        assert give_up_stale_claims(MOMENT + timedelta(minutes=20)) == 1
    assert states() == ["sent", "sent", "uncertain", "sent"]


@pytest.mark.parametrize(("minutes", "state"), [(10, "claimed"), (11, "uncertain")])
def test_a_claim_that_a_dead_worker_left_becomes_uncertain_and_never_due(
    app: Flask, folder: Path, clock: time_machine.Traveller, minutes: int, state: str
) -> None:
    make_due(folder, 2)
    claim("a run that dies", MOMENT, 10, SendingRules())
    clock.move_to(MOMENT + timedelta(minutes=minutes))
    app.extensions["perform"].call_local("invitations.sweep")
    working = Scripted()
    send_due(working.senders())
    assert working.messages == []
    assert states() == [state, state]
    assert {made.reason for made in rows_by_reference().values()} == {"worker-lost" if state == "uncertain" else None}


def test_a_slow_batch_lets_go_of_what_it_has_not_handed_over(
    app: Flask, folder: Path, clock: time_machine.Traveller
) -> None:
    make_due(folder, 4)

    def slow(message: Message) -> Sent:
        clock.shift(timedelta(minutes=3))
        return Accepted(message.correlation)

    provider = Scripted(slow)
    assert send_due(provider.senders()) == 2
    assert states() == ["sent", "sent", "due", "due"]
    assert {made.attempts for made in rows_by_reference().values()} == {0, 1}


@pytest.mark.parametrize("ends", [NotSent("20003", stops_run=True), None])
def test_what_stops_a_run_stops_it_for_all_its_threads(app: Flask, folder: Path, ends: Sent | None) -> None:
    make_due(folder, 20)

    def end(_message: Message) -> Sent:
        if ends is None:
            raise ZeroDivisionError
        return ends

    provider = Scripted(end)
    with nullcontext() if ends else pytest.raises(ZeroDivisionError):
        send_due(provider.senders(), rules=SendingRules(threads=4))
    assert 1 <= len(provider.messages) <= 4
    assert states().count("due") == 20 - (0 if ends else len(provider.messages))


def test_who_says_stop_while_others_are_sent_to_gets_nothing(app: Flask, folder: Path) -> None:
    make_due(folder, 4)

    def stop_another(message: Message) -> Sent:
        if message.recipient == "a000@example.com":
            with app.app_context():
                stop("a003@example.com")
        return Accepted(message.correlation)

    provider = Scripted(stop_another)
    assert send_due(provider.senders()) == 3
    assert provider.recipients == ["a000@example.com", "a001@example.com", "a002@example.com"]
    assert rows_by_reference()["A003"].reason == "opted-out"
    assert states() == ["sent", "sent", "sent", "not_sent"]


def test_a_link_that_would_open_on_an_expired_survey_is_not_sent(
    app: Flask, folder: Path, clock: time_machine.Traveller
) -> None:
    make_due(folder, 1)
    clock.shift(timedelta(days=28))
    provider = Scripted()
    assert send_due(provider.senders()) == 0
    assert provider.messages == []
    (made,) = rows_by_reference().values()
    assert (made.state.value, made.reason) == ("not_sent", "expired")


def test_what_is_due_later_waits(app: Flask, folder: Path) -> None:
    make_due(folder, 1)
    assert send_due(Scripted().senders(), moment=MOMENT - timedelta(seconds=1)) == 0
    assert states() == ["due"]


def test_a_limit_is_kept(app: Flask, folder: Path) -> None:
    make_due(folder, 5)
    assert send_due(Scripted().senders(), limit=2) == 2
    assert counts_by_state() == {InvitationState.DUE: 3, InvitationState.SENT: 2}


def test_the_database_keeps_a_digest_of_the_token_and_never_the_token(app: Flask, folder: Path) -> None:
    make_due(folder, 1)
    provider = Scripted()
    send_due(provider.senders())
    token = provider.messages[0].body.split("/s/")[1].split()[0]
    (made,) = rows_by_reference().values()
    assert made.token_digest == token_digest(token)
    for column in Invitation.__table__.columns:
        assert token not in str(getattr(made, column.key))


def test_the_link_of_the_message_opens_its_survey(app: Flask, folder: Path) -> None:
    make_due(folder, 1)
    provider = Scripted()
    send_due(provider.senders())
    here = app.extensions["settings"].public_url
    link = next(word for word in provider.messages[0].body.split() if word.startswith(f"{here}/s/"))
    client = app.test_client()
    assert client.get(link.removeprefix(here)).status_code == 200
    assert client.get(link.removeprefix(here)[:-1]).status_code == 404


@pytest.mark.parametrize("start", list(InvitationState))
@pytest.mark.parametrize("end", list(InvitationState))
def test_only_the_moves_of_the_table_are_made(start: InvitationState, end: InvitationState) -> None:
    invitation = Invitation(state=start, claimed_at=MOMENT)
    attempt: Callable[[], None] = lambda: move(invitation, end, MOMENT, "why")  # noqa: E731
    if end in MOVES[start]:
        attempt()
        assert (invitation.state, invitation.reason) == (end, "why")
        return
    with pytest.raises(ValueError, match="cannot go from"):
        attempt()
    assert invitation.state is start


def test_nothing_uncertain_or_ended_may_become_due() -> None:
    assert {state for state, following in MOVES.items() if InvitationState.DUE in following} == {
        InvitationState.CLAIMED
    }
