"""A signal is told once, to those granted its service who chose it; an old one never, and nothing that is hidden."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.followups.emails.alerts import may_tell
from surveys.followups.emails.choices import choose
from surveys.followups.emails.models import SignalTold
from surveys.messaging.outcomes import Message, NotSent, Sent, Uncertain
from surveys.people.roles import Role
from surveys.rates.models import MonthFigure
from surveys.rates.page_counts import count_pages
from tests.counting import statements
from tests.followups.made import LAST, MOMENT, RUNNING, Mailbox, freeze_usual, make_month, make_years, run
from tests.invitations.test_workers import at_once
from tests.makers.people import make_service, make_user

CHIEF = "chief@example.gov.uk"


def look(app: Flask) -> None:
    run(app, "followups.signals")


def kept() -> list[tuple[str, str, str, bool]]:
    """(series, month, rule, told?) of each signal that is kept."""
    db.session.rollback()
    s = SignalTold
    rows = db.session.execute(sa.select(s.of, s.month, s.rule, s.told_at).order_by(s.month, s.of, s.rule))
    return [(row.of, f"{row.month:%Y-%m}", row.rule, row.told_at is not None) for row in rows]


@pytest.fixture
def fallen(app: Flask) -> int:
    """Parking fell in October; everybody's chief froze what is usual."""
    chief, parking = make_user(Role.MANAGER, email=CHIEF), make_service().id
    make_years(parking, [(120, 200), (80, 100)])
    freeze_usual(parking, chief.id)
    return parking


def test_a_signal_of_the_last_month_is_told_once_in_words(app: Flask, mail: Mailbox, fallen: int) -> None:
    for _ in range(3):
        look(app)
    assert mail.told == [CHIEF]
    assert mail.messages[0].subject == "Customer satisfaction: a signal"
    assert "Parking fell to 60% in October 2026, outside its usual range of 72% to 89%." in mail.messages[0].body
    assert f"/rates/service/{fallen}?from=2024-12&to=2026-11" in mail.messages[0].body
    assert "/account/emails" in mail.messages[0].body
    assert kept() == [(f"service:{fallen}", "2026-10", "beyond_limits", True)]


def test_workers_at_once_tell_it_once(app: Flask, mail: Mailbox, fallen: int) -> None:
    at_once(app, lambda: look(app))
    assert mail.told == [CHIEF]
    assert len(kept()) == 1


def test_old_signals_are_kept_as_seen_and_told_to_nobody(app: Flask, mail: Mailbox) -> None:
    chief, parking = make_user(Role.MANAGER, email=CHIEF), make_service().id
    make_years(parking, [(100, 200), (60, 200), (100, 200), (160, 200), (158, 200), (80, 100)])
    freeze_usual(parking, chief.id)
    look(app)
    assert mail.told == []
    assert {(of, month, told) for of, month, _, told in kept()} == {
        (f"service:{parking}", month, False) for month in ("2026-06", "2026-07", "2026-08")
    }


def test_a_new_month_is_told_when_it_comes(
    app: Flask, mail: Mailbox, fallen: int, clock: time_machine.Traveller
) -> None:
    look(app)
    with transaction():
        make_month(fallen, RUNNING.plus(1), 20, 60)
    clock.move_to(MOMENT + timedelta(days=21))
    look(app)
    assert "Parking fell to 33% in December 2026 so far, outside its usual range" in mail.messages[1].body
    assert "October" not in mail.messages[1].body


def test_a_run_is_told_where_it_begins_and_not_each_month_that_it_goes_on(
    app: Flask, mail: Mailbox, clock: time_machine.Traveller
) -> None:
    chief, parking = make_user(Role.MANAGER, email=CHIEF), make_service().id
    make_years(parking, [(156, 200), *[(164, 200)] * 8])
    freeze_usual(parking, chief.id)
    look(app)
    assert mail.told == [], "a run does not count a month that is not over"
    clock.move_to(MOMENT + timedelta(days=14))
    look(app)
    assert "Parking was at 82% in November 2026" in mail.messages[0].body
    assert "for at least 8 months in a row" in mail.messages[0].body
    with transaction():
        make_month(parking, RUNNING.plus(1), 164, 200)
    clock.move_to(MOMENT + timedelta(days=45))
    look(app)
    assert len(mail.messages) == 1
    assert [signal[1:] for signal in kept() if signal[0] == f"service:{parking}"] == [
        ("2026-11", "shift", True),
        ("2026-12", "shift", False),
    ]


def test_only_those_granted_it_who_want_it_are_told_each_of_their_own(app: Flask, mail: Mailbox, fallen: int) -> None:
    benefits = make_service("benefits", "Benefits")
    make_years(benefits.id, [(199, 200), (158, 200)])
    freeze_usual(benefits.id, 1)
    make_user(Role.MANAGER, email="benefits@example.gov.uk", service=benefits)
    make_user(Role.REVIEWER, email="reviewer@example.gov.uk")
    quiet = make_user(Role.MANAGER, email="quiet@example.gov.uk")
    with transaction():
        choose(quiet.id, weekly=True, signals=False)
    look(app)
    assert mail.told == [CHIEF, "benefits@example.gov.uk"]
    assert "Parking" in mail.messages[0].body
    assert "Benefits" in mail.messages[0].body
    assert mail.messages[0].subject == "Customer satisfaction: 2 signals"
    assert "Parking" not in mail.messages[1].body


def test_a_channel_of_a_service_is_watched_where_somebody_froze_a_baseline_for_it(app: Flask, mail: Mailbox) -> None:
    chief, parking = make_user(Role.MANAGER, email=CHIEF), make_service().id
    make_years(parking, [(120, 200), (80, 100)], Channel.WEB)
    look(app)
    assert mail.told == []
    freeze_usual(parking, chief.id, Channel.WEB)
    look(app)
    assert "Parking by web fell to 60% in October 2026" in mail.messages[0].body
    assert f"/rates/service/{parking}?from=2024-12&to=2026-11&channel=web" in mail.messages[0].body


def test_a_running_month_of_a_few_answers_says_nothing_yet(app: Flask, mail: Mailbox) -> None:
    chief, parking = make_user(Role.MANAGER, email=CHIEF), make_service().id
    make_years(parking, [(160, 200), (0, 29)])
    freeze_usual(parking, chief.id)
    look(app)
    assert mail.told == []
    with transaction():
        make_month(parking, RUNNING, 0, 1, Channel.WEB)
    look(app)
    assert "Parking fell to 0% in November 2026 so far" in mail.messages[0].body


def test_what_would_give_a_hidden_rate_away_waits_until_it_may_be_told(app: Flask, mail: Mailbox, fallen: int) -> None:
    libraries = make_service("libraries", "Libraries").id
    with transaction():
        make_month(libraries, LAST, 4, 4)
    look(app)
    assert mail.told == []
    assert kept() == []
    with transaction():
        db.session.execute(sa.update(MonthFigure).where(MonthFigure.service_id == libraries).values(count=5))
        count_pages()
    look(app)
    assert "Parking fell to 60%" in mail.messages[0].body


def test_where_nobody_could_be_told_a_later_run_tells_it(
    app: Flask, mail: Mailbox, fallen: int, capsys: pytest.CaptureFixture[str]
) -> None:
    mail.answer = lambda _message: NotSent("not-connected")
    look(app)
    assert kept() == []
    mail.answer = None
    look(app)
    assert len(mail.messages) == 2
    assert kept()[0][3]
    told = capsys.readouterr().err
    assert told.count("not everybody was told of a signal") == 1
    assert CHIEF not in told


def test_what_may_have_been_sent_is_not_sent_again(app: Flask, mail: Mailbox, fallen: int) -> None:
    mail.answer = lambda _message: Uncertain("503")
    look(app)
    look(app)
    assert len(mail.messages) == 1
    assert kept() == [(f"service:{fallen}", "2026-10", "beyond_limits", False)]


def test_a_worker_that_dies_while_telling_tells_nothing_twice(app: Flask, mail: Mailbox, fallen: int) -> None:
    def die(_message: Message) -> Sent:
        raise ZeroDivisionError

    mail.answer = die
    with pytest.raises(ZeroDivisionError):
        look(app)
    look(app)
    assert len(mail.messages) == 1


def test_nobody_is_told_at_night_and_it_waits_for_the_morning(
    app: Flask, mail: Mailbox, fallen: int, clock: time_machine.Traveller
) -> None:
    clock.move_to(MOMENT - timedelta(hours=1))
    look(app)
    assert (mail.told, kept()) == ([], [])
    clock.move_to(MOMENT)
    look(app)
    assert mail.told == [CHIEF]
    assert may_tell(datetime(2026, 7, 6, 6, 0, tzinfo=UTC))
    assert not may_tell(datetime(2026, 1, 6, 6, 0, tzinfo=UTC))


def test_a_look_that_finds_nothing_new_writes_nothing_and_costs_six_queries(
    app: Flask, mail: Mailbox, fallen: int
) -> None:
    look(app)
    with statements() as seen:
        look(app)
    assert [one for one in seen if not one.startswith("SELECT")] == []
    assert len(seen) == 6
