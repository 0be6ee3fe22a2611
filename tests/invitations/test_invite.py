"""Each selected contact is invited once, and one person is asked once, over texts and emails together."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError

from surveys.contacts.models import ContactPoint
from surveys.core.db import db, transaction
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.invite import Media, invite
from surveys.invitations.models import Invitation
from surveys.people.models import AuditEntry
from tests.invitations.made import BOTH, MOMENT, point_of, rows_by_reference, select, states
from tests.makers.contacts import row

A_MOBILE = "07700 900321"
E164 = "+447700900321"


def invite_all(media: Media = BOTH) -> int:
    with transaction():
        return invite(MOMENT, media)


def test_each_selected_contact_is_invited_once(app: Flask, folder: Path) -> None:
    select(folder, [row("A1"), row("A2"), row("nowhere", email="")])
    assert invite_all() == 2
    assert invite_all() == 0
    assert list(rows_by_reference()) == ["A1", "A2"]
    assert states() == ["due", "due"]


def test_a_mobile_is_texted_and_a_mailbox_is_written_to(app: Flask, folder: Path) -> None:
    select(folder, [row("text", phone=A_MOBILE), row("mail"), row("line", phone="020 7946 0018")])
    invite_all()
    assert {r: i.medium.value for r, i in rows_by_reference().items()} == {
        "text": "sms",
        "mail": "email",
        "line": "email",
    }


def test_inviting_marks_every_address_of_the_person_as_asked(app: Flask, folder: Path) -> None:
    select(folder, [row("A1", phone=A_MOBILE, email="a1@example.com")])
    invite_all()
    for address in (E164, "a1@example.com"):
        point = point_of(address)
        assert point is not None
        assert point.last_invited_at == MOMENT


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"phone": A_MOBILE, "email": "one@example.com"}, {"phone": "", "email": "one@example.com"}),
        ({"phone": "", "email": "one@example.com"}, {"phone": A_MOBILE, "email": "one@example.com"}),
        ({"phone": A_MOBILE, "email": ""}, {"phone": A_MOBILE, "email": "other@example.com"}),
    ],
)
def test_one_person_is_asked_once_over_texts_and_emails(
    app: Flask, folder: Path, first: dict[str, str], second: dict[str, str]
) -> None:
    rows = [row("A1", moment=MOMENT - timedelta(days=2), **first), row("A2", **second)]
    select(folder, rows)
    assert invite_all() == 1
    found = {r: (i.state.value, i.reason) for r, i in rows_by_reference().items()}
    assert found["A1"] == ("due", None)
    assert found.get("A2", ("not_sent", "asked-recently")) == ("not_sent", "asked-recently")


def test_a_person_asked_between_the_draw_and_the_invitation_is_left_alone(app: Flask, folder: Path) -> None:
    select(folder, [row("A1", phone=A_MOBILE)])
    key = address_key()
    with transaction():
        point = ContactPoint(address_hash=address_hash("a1@example.com", key), kind="email", last_invited_at=MOMENT)
        db.session.add(point)
    assert invite_all() == 0
    (made,) = rows_by_reference().values()
    assert (made.state.value, made.reason) == ("not_sent", "asked-recently")
    assert point_of(E164) is None, "who was not asked is not marked as asked"


def test_a_phone_that_proved_unusable_is_not_texted_where_there_is_a_mailbox(app: Flask, folder: Path) -> None:
    select(folder, [row("A1", phone=A_MOBILE)])
    with transaction():
        db.session.add(ContactPoint(address_hash=address_hash(E164, address_key()), kind="phone", unusable_at=MOMENT))
    assert invite_all() == 1
    assert rows_by_reference()["A1"].medium == "email"


def test_a_medium_that_was_switched_off_after_the_draw_leaves_nobody_an_empty_address(app: Flask, folder: Path) -> None:
    select(folder, [row("A1", phone=A_MOBILE, email=""), row("A2")])
    assert invite_all(Media(texts=False, emails=True)) == 1
    found = {r: (i.state.value, i.reason) for r, i in rows_by_reference().items()}
    assert found == {"A1": ("not_sent", "unreachable"), "A2": ("due", None)}


def test_an_invitation_runs_out_after_four_weeks(app: Flask, folder: Path) -> None:
    select(folder, [row("A1")])
    invite_all()
    (made,) = rows_by_reference().values()
    assert made.expires_at == MOMENT + timedelta(days=28)


def test_the_invitations_made_are_in_the_audit_trail_by_count(app: Flask, folder: Path) -> None:
    select(folder, [row("A1"), row("A2")])
    invite_all()
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "invitations made")).one()
    assert entry.details == {"due": 2}


def test_the_person_is_asked_again_after_ninety_days(app: Flask, folder: Path, clock: time_machine.Traveller) -> None:
    select(folder, [row("A1", email="p@example.com")])
    invite_all()
    later = MOMENT + timedelta(days=90, minutes=1)
    clock.move_to(later)
    select(folder, [row("A2", email="p@example.com")], later)
    with transaction():
        assert invite(later, BOTH) == 1


def test_the_database_refuses_a_second_invitation_of_a_contact(app: Flask, folder: Path) -> None:
    select(folder, [row("A1")])
    invite_all()
    (made,) = rows_by_reference().values()
    with pytest.raises(IntegrityError), transaction():
        db.session.add(
            Invitation(
                contact_id=made.contact_id,
                version_id=made.version_id,
                medium="email",
                language="en",
                state="due",
                due_at=MOMENT,
                expires_at=MOMENT,
            )
        )


@pytest.mark.parametrize("state", ["sent", "claimed"])
def test_the_database_refuses_a_state_without_its_moment(app: Flask, folder: Path, state: str) -> None:
    select(folder, [row("A1")])
    invite_all()
    with pytest.raises(IntegrityError, match="has_a_moment"), transaction():
        db.session.execute(sa.text("UPDATE invitations SET state = :state"), {"state": state})
