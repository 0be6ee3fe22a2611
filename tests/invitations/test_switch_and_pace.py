"""Pausing and resuming, provider refusals, hours, the day's cap, and the pace."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from flask import Flask

from surveys.core.db import transaction
from surveys.invitations.invite import invite
from surveys.invitations.outbox import send_due
from surveys.invitations.pace import SendingRules, TokenBucket, batch_for
from surveys.invitations.policy import sending_rules
from surveys.invitations.switch import pause, pause_now, resume
from surveys.messaging.hours import Hours
from surveys.messaging.outcomes import NotSent
from surveys.people.audit import breaks
from surveys.people.roles import Role
from tests.invitations.made import BOTH, MOMENT, Scripted, make_due, rows_by_reference, select
from tests.makers.contacts import row
from tests.makers.people import make_user, sign_in
from tests.pages import CheckedClient, text_of

DAYTIME = SendingRules(hours=Hours(nation="england", opens=time(9), closes=time(20)))
NIGHT = datetime(2026, 3, 10, 22, tzinfo=UTC)


def states() -> list[str]:
    return sorted(row.state for row in rows_by_reference().values())


def test_while_paused_nothing_goes_and_afterwards_everything_does(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 3)
    provider = Scripted()
    with transaction():
        pause(MOMENT)
    assert send_due(provider.senders(), MOMENT) == 0
    with transaction():
        resume()
    assert send_due(provider.senders(), MOMENT) == 3
    assert list(breaks()) == []


def test_a_pause_in_the_middle_of_a_batch_stops_at_once(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 5)
    provider = Scripted()

    def pauses(message: object) -> object:
        with app.app_context(), transaction():
            pause(MOMENT)
        return Scripted().send(message)  # type: ignore[arg-type]  # a message

    provider.answer = pauses  # type: ignore[assignment]  # a scripted provider
    send_due(provider.senders(), MOMENT)
    assert len(provider.messages) == 1
    assert states() == ["due"] * 4 + ["sent"]


def test_an_account_that_is_refused_pauses_the_sending_and_says_so(
    app: Flask, client: CheckedClient, tmp_path: Path
) -> None:
    make_due(tmp_path, 4)
    provider = Scripted(lambda _message: NotSent("20003", stops_run=True))
    send_due(provider.senders(), MOMENT)
    send_due(provider.senders(), MOMENT + timedelta(hours=1))
    assert len(provider.messages) == 1
    paused = pause_now()
    assert paused is not None
    assert paused.reason == "email:20003"
    assert states() == ["due"] * 4
    sign_in(client, make_user(Role.ADMINISTRATOR))
    assert "code 20003" in text_of(client.get("/invitations"))
    client.post("/sending/resume")
    provider.answer = None
    assert send_due(provider.senders(), MOMENT + timedelta(hours=2)) == 4


def test_nothing_goes_at_night_and_nothing_is_lost(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 3)
    provider = Scripted()
    assert send_due(provider.senders(), NIGHT, rules=DAYTIME) == 0
    assert states() == ["due"] * 3
    assert send_due(provider.senders(), NIGHT + timedelta(hours=12), rules=DAYTIME) == 3


def test_a_catch_up_is_spread_over_days_by_the_cap(app: Flask, tmp_path: Path) -> None:
    make_due(tmp_path, 7)
    provider = Scripted()
    rules = SendingRules(daily_cap=3)
    sent = [send_due(provider.senders(), MOMENT + timedelta(days=day), rules=rules) for day in (0, 0, 1, 2, 3)]
    assert sent == [3, 0, 3, 1, 0]


def test_an_invitation_about_an_old_contact_is_not_sent_and_says_so(app: Flask, tmp_path: Path) -> None:
    select(tmp_path, [row("OLD", MOMENT - timedelta(days=1))])
    with transaction():
        invite(MOMENT, BOTH)
    provider = Scripted()
    rules = SendingRules(too_old_days=14)
    assert send_due(provider.senders(), MOMENT + timedelta(days=13, hours=1), rules=rules) == 0
    assert (rows_by_reference()["OLD"].state, rows_by_reference()["OLD"].reason) == ("not_sent", "too-old")


def test_a_pace_lets_through_a_burst_and_then_its_rate() -> None:
    bucket = TokenBucket(10)
    waits = [bucket.wait_for() for _ in range(30)]
    assert waits[:10] == [0.0] * 10
    assert 1.5 < waits[-1] < 2.1


def test_a_pace_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        TokenBucket(0)


@pytest.mark.parametrize(("threads", "batch"), [(1, 64), (8, 64), (9, 72), (64, 512)])
def test_a_batch_keeps_every_thread_busy_and_is_no_larger_than_that_needs(threads: int, batch: int) -> None:
    assert batch_for(threads) == batch


def test_the_council_s_rules_take_the_batch_that_suits_their_threads(app: Flask) -> None:
    rules = sending_rules()
    assert rules.batch == batch_for(rules.threads)
