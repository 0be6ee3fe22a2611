"""Whether and how the resident behind a case may be reached, and what came of what they were written."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.erasure import erase
from surveys.contacts.models import Contact, PhoneKind, PointKind, Stop
from surveys.contacts.suppression import mark_unusable, opt_out
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, NotFound
from surveys.core.tokens import address_hash, address_key
from surveys.followups.cases.models import Case
from surveys.followups.handling.reaching import ERASED, NO_ADDRESS, NO_CONSENT, NO_MEDIUM, STOPPED, reach_of
from surveys.followups.handling.reaching_acts import Letter, look_up, write_to
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import InboundReply, Invitation
from surveys.messaging.models import Medium
from tests.answers.racing import at_once, inside
from tests.counting import statements
from tests.makers.cases import make_case
from tests.makers.people import make_user

PHONE, EMAIL = "+447700900123", "resident@example.com"
BOTH = (Medium.SMS, Medium.EMAIL)
ONCE = b"a form".ljust(32)


def point(address: str) -> tuple[PointKind, bytes]:
    return PointKind.EMAIL if "@" in address else PointKind.PHONE, address_hash(address, address_key())


def standing(number: int) -> tuple[bool, str, tuple[Medium, ...]]:
    reach = reach_of(number, None)
    db.session.rollback()
    return reach.may_look, reach.why_not, reach.media


def write(number: int, user_id: int, medium: Medium = Medium.SMS, once: bytes = ONCE) -> None:
    subject = "Your permit" if medium is Medium.EMAIL else ""
    with transaction():
        write_to(number, None, Letter(medium, subject, "It is put right.", once), None, user_id, now())


def test_a_resident_who_asked_for_it_may_be_reached_by_what_is_held(app: Flask) -> None:
    assert standing(make_case(phone=PHONE, email=EMAIL)) == (True, "", BOTH)
    assert standing(make_case(phone=None, email=EMAIL)) == (True, "", (Medium.EMAIL,))
    assert standing(make_case(phone=None, email=None)) == (False, NO_ADDRESS, ())


def test_without_consent_nobody_is_reached(app: Flask) -> None:
    assert standing(make_case(consent=False, email=EMAIL)) == (False, NO_CONSENT, ())


def test_a_landline_may_be_rung_and_not_texted(app: Flask) -> None:
    number = make_case(phone=PHONE)
    with transaction():
        db.session.execute(sa.update(Contact).values(phone_kind=PhoneKind.LANDLINE))
    assert standing(number) == (True, NO_MEDIUM, ())


def test_who_said_stop_by_either_address_is_not_written_to_and_may_be_rung(app: Flask) -> None:
    number, user = make_case(phone=PHONE, email=EMAIL), make_user()
    with transaction():
        opt_out([point(EMAIL)], now(), Stop.PAGE)
    assert standing(number) == (True, STOPPED, ())
    with pytest.raises(Conflict, match="no more messages"):
        write(number, user.id)
    with transaction():
        assert look_up(number, None, user.id, now()).phone == PHONE


def test_an_address_at_which_nothing_arrives_is_not_offered(app: Flask) -> None:
    number = make_case(phone=PHONE, email=EMAIL)
    with transaction():
        mark_unusable([point(EMAIL)], now())
    assert standing(number) == (True, "", (Medium.SMS,))
    with pytest.raises(Conflict, match="cannot be reached that way"):
        write(number, make_user().id, Medium.EMAIL)


def test_after_the_resident_had_all_erased_nothing_leads_to_them_even_before_the_case_knows(app: Flask) -> None:
    number, user = make_case(phone=PHONE, email=EMAIL), make_user()
    write(number, user.id)
    with transaction():
        erase(db.session.scalars(sa.select(Invitation.id)).one(), now())
    assert standing(number) == (False, NO_ADDRESS, ())
    (message,) = reach_of(number, None).messages
    assert (message.words, message.state_words) == (
        None,
        "Not sent: the resident had what was held on them erased",
    )
    with pytest.raises(Conflict), transaction():
        look_up(number, None, user.id, now())
    with transaction():
        gone = {"response_id": None, "contact_id": None, "consent": False, "erased_at": now()}
        db.session.execute(sa.update(Case).values(gone))
    assert standing(number) == (False, ERASED, ())


def test_a_case_of_another_service_is_not_found(app: Flask) -> None:
    number, user = make_case(), make_user()
    with pytest.raises(NotFound):
        reach_of(number, frozenset({0}))
    with pytest.raises(NotFound), transaction():
        look_up(number, frozenset({0}), user.id, now())


def test_a_form_that_comes_twice_writes_one_message(app: Flask) -> None:
    number, user = make_case(), make_user()
    write(number, user.id)
    write(number, user.id)
    write(number, user.id, once=b"another".ljust(32))
    assert db.session.scalar(sa.select(sa.func.count(DirectMessage.id))) == 2


def test_a_form_that_comes_twice_at_once_writes_one_message(app: Flask) -> None:
    number, user = make_case(), make_user().id
    letter, moment = Letter(Medium.SMS, "", "It is put right.", ONCE), now()
    at_once(app, *[inside(app, lambda: write_to(number, None, letter, None, user, moment))] * 2)
    assert db.session.scalar(sa.select(sa.func.count(DirectMessage.id))) == 1


def test_a_text_that_came_back_stands_with_what_was_written(app: Flask) -> None:
    number, user = make_case(phone=PHONE), make_user()
    write(number, user.id)
    with transaction():
        for minutes, survey in ((-5, None), (5, None), (6, 1)):
            reply = {
                "from_hash": point(PHONE)[1],
                "meaning": "other",
                "words": f"At {minutes}",
                "invitation_id": survey,
            }
            at = now() + timedelta(minutes=minutes)
            db.session.add(InboundReply(provider_ref=f"SM{minutes}", received_at=at, **reply))
    assert [reply.words for reply in reach_of(number, None).came_back] == ["At 5"]


def test_however_many_messages_there_are_three_queries_read_them(app: Flask) -> None:
    number, user = make_case(), make_user()
    for n in range(5):
        write(number, user.id, once=f"form {n}".encode().ljust(32))
    with statements() as told:
        assert len(reach_of(number, None).messages) == 5
    assert len(told) == 3
