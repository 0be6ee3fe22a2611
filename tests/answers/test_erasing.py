"""/erase/<token>: what goes, what stays, and that nothing is kept of the person after it."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from surveys.answers.erasure import erase
from surveys.answers.models import Answer, EqualityAnswer, Response
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import take_in
from surveys.contacts.models import Contact, ContactPoint
from surveys.core.clock import day_of, now, start_of
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.models import DeliveryEvent, InboundReply, Invitation
from surveys.questionnaires.kinds import Given
from surveys.rates.checking import check
from surveys.rates.roll_up import roll_up
from tests.answers.made import publish
from tests.answers.states import EVERY_KIND, Journeys, answer_first_page
from tests.invitations.told import audited
from tests.makers.answers import draw_and_send
from tests.makers.contacts import load_rows, row
from tests.pages import text_of

PHONE, EMAIL = "+447700900123", "a1@example.com"


@pytest.fixture
def made(client: FlaskClient, tmp_path: Path) -> Journeys:
    """Two people who answered to the end, equality questions and all."""
    publish(EVERY_KIND)
    load_rows(tmp_path, [row("A1", phone=PHONE), row("B1", phone="+447700900124")])
    made = Journeys(client, dict(zip(("gone", "other"), draw_and_send(), strict=True)))
    for state, token in made.links.items():
        made.post(f"/s/{token}", token, overall="very_dissatisfied")
        answer_first_page(made, state)
        made.post(f"/s/{token}/more/2", token, did_as_said="no")
        made.post(f"/s/{token}/equality", token, age="35_44", health="no")
    return made


@pytest.fixture
def gone(made: Journeys) -> str:
    return made.links["gone"]


def count(*conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(*conditions)) or 0


def the_contact() -> Contact:
    db.session.rollback()
    return db.session.scalars(sa.select(Contact).where(Contact.external_ref == "A1")).one()


def test_the_page_says_what_goes_and_what_stays_and_does_nothing(made: Journeys, gone: str) -> None:
    page = text_of(made.client.get(f"/erase/{gone}"))
    made.client.head(f"/erase/{gone}")
    for words in ("your phone number and your email address", "stay in our totals", "You cannot undo this"):
        assert words in page
    assert the_contact().phone == PHONE
    assert audited()[-1][0] != "personal data erased"


@pytest.mark.parametrize("seal", ["", "0" * 32, "é"])
def test_a_form_that_the_page_did_not_write_erases_nothing(made: Journeys, gone: str, seal: str) -> None:
    page = made.post(f"/erase/{gone}", gone, seal=seal)
    assert page.status_code == 422
    assert "Press the button again" in text_of(page)
    assert the_contact().phone == PHONE


def test_after_it_the_link_is_dead_and_says_why(made: Journeys, gone: str) -> None:
    done = made.post(f"/erase/{gone}?lang=cy", gone)
    assert (done.status_code, done.location) == (303, "/erased?lang=cy")
    assert "Rydym wedi dileu" in text_of(made.client.get(done.location))
    for path in (f"/s/{gone}", f"/about/{gone}", f"/stop/{gone}", f"/erase/{gone}", f"/s/{gone}/equality"):
        for page in (made.client.get(path), *([made.post(path, gone)] if "about" not in path else [])):
            assert page.status_code == 404
            assert "that is done, and the link no longer works" in text_of(page)


def test_words_and_equality_answers_go_and_the_chosen_answers_lead_to_nobody(made: Journeys, gone: str) -> None:
    response_id = open_link(gone).response_id
    made.post(f"/erase/{gone}", gone)
    mine = Answer.response_id == response_id
    assert count(mine, Answer.words.is_not(None)) == 0
    assert count(mine, Answer.code.is_not(None)) == 7
    assert count(EqualityAnswer.response_id == response_id) == 0
    assert db.session.get_one(Response, response_id).invitation_id is None


def test_another_person_loses_nothing(made: Journeys, gone: str) -> None:
    before = text_of(made.client.get(f"/about/{made.links['other']}"))
    made.post(f"/erase/{gone}", gone)
    assert text_of(made.client.get(f"/about/{made.links['other']}")) == before
    assert "Nobody <called> back" in before


def test_the_figures_stay_and_equal_a_recount(made: Journeys, gone: str) -> None:
    with transaction():
        roll_up()
    before = check().figures
    made.post(f"/erase/{gone}", gone)
    with transaction():
        roll_up()
    assert (check().drifts, check().figures) == ([], before)


def test_addresses_and_their_hashes_go_and_the_stop_stays(made: Journeys, gone: str) -> None:
    made.post(f"/erase/{gone}", gone)
    contact = the_contact()
    assert (contact.phone, contact.phone_kind, contact.phone_hash) == (None, None, None)
    assert (contact.email, contact.email_hash) == (None, None)
    for address in (PHONE, EMAIL):
        found = ContactPoint.address_hash == address_hash(address, address_key())
        assert count(found, ContactPoint.opted_out_at.is_not(None)) == 1


def test_texts_and_receipts_lose_what_names_the_person(made: Journeys, gone: str) -> None:
    first = open_link(gone).invitation_id
    number = address_hash(PHONE, address_key())
    common = {"received_at": now(), "meaning": "other", "words": "My name is Ann"}
    replies = [
        {"provider_ref": "SM1", "from_hash": number, "invitation_id": first},
        {"provider_ref": "SM2", "from_hash": number, "invitation_id": None},
        {"provider_ref": "SM3", "from_hash": b"y" * 16, "invitation_id": None},
    ]
    receipt = {"provider": "twilio", "dedupe_key": "1", "provider_ref": "SM9", "event": "sent", "happened_at": now()}
    with transaction():
        db.session.execute(sa.insert(InboundReply), [common | reply for reply in replies])
        db.session.execute(
            sa.insert(DeliveryEvent).values(**receipt, received_at=now(), invitation_id=first, raw=f"To={PHONE}")
        )
    made.post(f"/erase/{gone}", gone)
    kept = {r.provider_ref: (r.words, r.handled_at is None) for r in db.session.scalars(sa.select(InboundReply))}
    assert kept == {"SM1": (None, False), "SM2": (None, False), "SM3": ("My name is Ann", True)}
    assert db.session.scalars(sa.select(DeliveryEvent.raw)).all() == [""]


def test_of_when_it_was_answered_the_day_stays(made: Journeys, gone: str) -> None:
    """The moment is the response's own, and would lead from the invitation to it."""
    first = open_link(gone).invitation_id
    moment = db.session.get_one(Invitation, first).answered_at
    assert moment is not None
    made.post(f"/erase/{gone}", gone)
    db.session.rollback()
    assert db.session.get_one(Invitation, first).answered_at == start_of(day_of(moment))


def test_it_is_audited_by_the_number_of_the_invitation_alone(made: Journeys, gone: str) -> None:
    first = open_link(gone).invitation_id
    made.post(f"/erase/{gone}", gone)
    assert audited()[-1] == ("personal data erased", f"invitation:{first}", {})


def test_an_answer_on_its_way_at_the_erasing_is_not_kept(made: Journeys, gone: str) -> None:
    opened = open_link(gone)
    made.post(f"/erase/{gone}", gone)
    sheet = sheet_of(opened, (Given("overall", code="neither"), Given("why", words="Late")), "en", now(), True)
    with pytest.raises(Conflict), transaction():
        take_in(sheet, opened.definition)
    assert count(Answer.words == "Late") == 0
    assert count(Response.id > 0) == 2


def test_erasing_is_done_once(made: Journeys, gone: str) -> None:
    first = open_link(gone).invitation_id
    with transaction():
        assert erase(first, now())
    with transaction():
        assert not erase(first, now())
    assert [action for action, _, _ in audited()].count("personal data erased") == 1
