"""Contacts by what the draw said of them, and the selected by where asking them ended."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.answers.erasure import erase
from surveys.contacts.models import Contact, Stop
from surveys.contacts.suppression import addresses_of, opt_out
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.invitations.models import Invitation
from surveys.rates.checking import contact_drifts
from surveys.rates.contact_counts import count_contacts, months_to_count
from surveys.rates.contacted import Outcomes, read_outcomes, read_outcomes_by_month, read_population, together
from surveys.rates.models import Disposition
from surveys.rates.months import Month
from tests.counting import statements
from tests.makers.answers import answer, draw_and_send
from tests.makers.contacts import load_rows, row
from tests.rates.made import EVERYTHING

END = timedelta(days=29)
SENT, DELIVERED, LOST = {"state": "sent"}, {"state": "delivered"}, {"state": "undelivered"}
NEVER_SENT = {"state": "not_sent", "sent_at": None}


def counted(moment: datetime | None = None, everything: bool = False) -> Outcomes:
    with transaction():
        count_contacts(moment or now(), everything)
    return together(read_outcomes(EVERYTHING).values())


def ended() -> dict[Disposition, int]:
    """The dispositions after the links have expired."""
    return dict(counted(now() + END).by_disposition)


def invited(folder: Path, count: int = 1) -> list[str]:
    load_rows(folder, [row(f"A{n}") for n in range(count)])
    return draw_and_send()


def change(**values: Any) -> None:
    with transaction():
        db.session.execute(sa.update(Invitation).values(values))


@pytest.mark.parametrize(
    ("values", "disposition"),
    [
        (SENT, "non_contact"),
        (DELIVERED, "non_contact"),
        (LOST | {"reason": "30005"}, "not_eligible"),
        (LOST | {"reason": "5.1.1"}, "not_eligible"),
        (LOST | {"reason": "bounced"}, "not_eligible"),
        (LOST | {"reason": "5.2.2"}, "unknown"),
        (LOST | {"reason": "30003"}, "unknown"),
        (LOST, "unknown"),
        ({"state": "rejected", "reason": "21610"}, "refusal"),
        ({"state": "rejected", "reason": "21614"}, "not_eligible"),
        ({"state": "rejected", "reason": "550"}, "unknown"),
        ({"state": "uncertain", "reason": "timed-out"}, "unknown"),
        ({"state": "claimed"}, "unknown"),
        (NEVER_SENT | {"reason": "asked-recently"}, "not_sent"),
        ({"state": "due", "sent_at": None}, "not_sent"),
    ],
)
def test_an_invitation_without_an_answer_ends_as_its_message_did(
    app: Flask, tmp_path: Path, values: dict[str, Any], disposition: str
) -> None:
    invited(tmp_path)
    change(**values)
    assert ended() == {disposition: 1}


@pytest.mark.parametrize("state", ["due", "claimed", "sent", "delivered", "uncertain"])
def test_until_the_link_expires_they_wait(app: Flask, tmp_path: Path, state: str) -> None:
    invited(tmp_path)
    change(state=state)
    found = counted()
    assert (found.waiting, found.selected) == (1, 1)
    assert found.dispositions.eligible == 0


def test_who_answered_is_complete_or_partial_whatever_became_of_the_message(app: Flask, tmp_path: Path) -> None:
    whole, rated, _ = invited(tmp_path, 3)
    answer(whole)
    answer(rated, completes=False)
    change(state="undelivered", reason="30005")
    assert ended() == {"complete": 1, "partial": 1, "not_eligible": 1}


@pytest.mark.parametrize(("days", "disposition"), [(3, "refusal"), (40, "non_contact"), (-3, "non_contact")])
def test_a_stop_after_being_asked_is_a_refusal_and_one_before_or_long_after_is_not(
    app: Flask, tmp_path: Path, days: int, disposition: str
) -> None:
    invited(tmp_path)
    with transaction():
        contact = db.session.scalars(sa.select(Contact.id)).one()
        opt_out(addresses_of(contact), now() + timedelta(days=days), Stop.PAGE)
    with time_machine.travel(now() + timedelta(days=45), tick=False):
        assert dict(counted().by_disposition) == {disposition: 1}


def test_an_erasure_leaves_who_answered_among_the_partial_and_makes_the_silent_a_refusal(
    app: Flask, tmp_path: Path
) -> None:
    whole, _ = invited(tmp_path, 2)
    answer(whole)
    for number in db.session.scalars(sa.select(Invitation.id)).all():
        db.session.rollback()
        with transaction():
            erase(number, now())
    assert ended() == {"partial": 1, "refusal": 1}


def test_the_draw_s_outcomes_are_counted_and_a_duplicate_is_no_contact(app: Flask, tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1"), row("A2", email=""), row("A3", email="", phone="020 7946 0000"), row("A4")])
    draw_and_send()
    with transaction():
        db.session.execute(
            sa.text("UPDATE draws SET outcome = 'duplicate' WHERE contact_id = (SELECT max(id) FROM contacts)")
        )
        db.session.execute(sa.text("DELETE FROM invitations WHERE contact_id = (SELECT max(id) FROM contacts)"))
    load_rows(tmp_path, [row("A5", channel="web")])
    found = counted()
    assert found.by_outcome == {"selected": 1, "unreachable": 1, "landline": 1, "duplicate": 1, "waiting": 1}
    assert (found.loaded, found.contacts, found.selected, found.out_of_reach) == (5, 4, 1, 2)
    assert read_population(EVERYTHING).total == 4
    assert {channel.value: one.loaded for (_, channel), one in read_outcomes(EVERYTHING).items()} == {
        "phone": 4,
        "web": 1,
    }


def test_each_question_about_contacts_is_one_query(app: Flask, tmp_path: Path) -> None:
    invited(tmp_path, 2)
    counted()
    for read in (read_outcomes, read_outcomes_by_month, read_population):
        with statements() as seen:
            assert read(EVERYTHING)
        assert len(seen) == 1


def test_a_count_does_again_what_may_have_moved_and_lets_months_rest_that_are_over(app: Flask, tmp_path: Path) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-01-20T12:00+00:00"), tick=False) as clock:
        invited(tmp_path)
        counted()
        assert contact_drifts(now()) == []
        clock.move_to(datetime.fromisoformat("2026-08-20T12:00+00:00"))
        assert months_to_count(now()) == [Month(2026, 6), Month(2026, 7), Month(2026, 8)]
        assert counted().by_disposition == {"waiting": 1}
        (drift, _) = contact_drifts(now())
        assert drift.key[:2] == ("contacts", "2026-01-01")
        assert counted(everything=True).by_disposition == {"non_contact": 1}
        assert contact_drifts(now()) == []


def test_a_contact_of_long_ago_that_is_loaded_now_is_counted_now(app: Flask, tmp_path: Path) -> None:
    invited(tmp_path)
    counted()
    load_rows(tmp_path, [row("B1", now() - timedelta(days=200))])
    assert counted().loaded == 2
    assert Month.of((now() - timedelta(days=200)).date()) in months_to_count(now())


def test_the_tasks_count(app: Flask, tmp_path: Path) -> None:
    invited(tmp_path)
    for name in ("rates.count_contacts", "rates.count_all_contacts"):
        app.extensions["perform"].call_local(name)
        assert together(read_outcomes(EVERYTHING).values()).selected == 1
        with transaction():
            db.session.execute(sa.text("UPDATE contact_figures SET count = 7"))
