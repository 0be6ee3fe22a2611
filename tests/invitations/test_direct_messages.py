"""What staff write to a resident goes by the outbox of the surveys, under the same promises."""

from collections import Counter
from datetime import time, timedelta
from pathlib import Path
from threading import Barrier, Lock, Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.erasure import erase
from surveys.contacts.models import ContactPoint
from surveys.core.db import db, transaction
from surveys.invitations.claim import claim
from surveys.invitations.direct_models import DirectMessage
from surveys.invitations.models import Invitation, InvitationState
from surveys.invitations.outbox import send_due
from surveys.invitations.pace import SendingRules
from surveys.invitations.reconcile import decide_all_not_found, reconcile, undecided
from surveys.invitations.settle import give_up_stale_claims
from surveys.invitations.switch import pause_now
from surveys.messaging.hours import Hours, Nation
from surveys.messaging.outcomes import Accepted, Found, Message, Missing, NotSent, Rejected, Sent, Uncertain
from surveys.people.roles import Role
from tests.invitations.direct_made import WORDS, make_message, make_resident, message_of, stands
from tests.invitations.made import MOMENT, Medium, Scripted, make_due, stop
from tests.invitations.told import audited, stopped
from tests.makers.people import make_user, sign_in
from tests.pages import CheckedClient, text_of

PHONE = "+447700900123"
DAYTIME = Hours(Nation.ENGLAND, opens=time(9), closes=time(20))


def test_the_message_brings_the_words_the_council_and_how_to_stop(app: Flask) -> None:
    make_message()
    make_message(Medium.EMAIL, make_resident(phone=None, email="b2@example.com"))
    provider = Scripted()
    assert send_due(provider.senders()) == 2
    text, email = provider.messages
    assert (text.recipient, email.recipient) == (PHONE, "b2@example.com")
    assert text.body.startswith(f"{WORDS}\nTest Council. Replies do not reach us. To stop our messages: http")
    assert (email.subject, email.unsubscribe_url) == ("Your permit", email.body.rpartition(" ")[2])
    assert app.test_client().get(text.unsubscribe_url.partition("127.0.0.1")[2].partition("/")[2]).status_code == 200


def test_it_is_committed_as_claimed_before_it_is_handed_over_with_nothing_open(app: Flask) -> None:
    make_message()
    seen: list[str] = []

    def look(message: Message) -> Sent:
        with db.engine.connect() as connection:
            seen.extend(connection.execute(sa.text("SELECT state FROM direct_messages")).scalars())
        assert not db.session().in_transaction(), "nothing is open while a provider is called"
        return Accepted(message.correlation)

    send_due(Scripted(look).senders())
    assert seen == ["claimed"]


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Accepted("SM1"), ("sent", None)),
        (Rejected("21211"), ("rejected", "21211")),
        (Uncertain("ReadTimeout"), ("uncertain", "ReadTimeout")),
        (NotSent("20429"), ("due", "20429")),
    ],
)
def test_each_outcome_leads_to_its_state_and_only_what_was_not_sent_is_tried_again(
    app: Flask, outcome: Sent, state: tuple[str, str | None]
) -> None:
    number = make_message()
    send_due(Scripted(lambda _message: outcome).senders())
    assert stands(number) == state
    again = Scripted()
    send_due(again.senders(), MOMENT + timedelta(hours=1))
    assert len(again.messages) == (1 if state[0] == "due" else 0)


def test_workers_at_once_send_each_survey_and_each_message_once(app: Flask, folder: Path) -> None:
    make_due(folder, 10)
    for n in range(10):
        make_message(contact=make_resident(f"+4477009001{n:02}", None))
    got, lock, start = Counter[str](), Lock(), Barrier(2)

    class Counting(Scripted):
        def send(self, message: Message) -> Sent:
            with lock:
                got[message.recipient] += 1
            return Accepted(message.correlation)

    def work() -> None:
        with app.app_context():
            start.wait()
            send_due(Counting().senders(), rules=SendingRules(batch=3))
            db.session.remove()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (len(got), set(got.values())) == (20, {1})
    assert db.session.scalar(sa.select(sa.func.count()).where(DirectMessage.state == InvitationState.SENT)) == 10


def test_who_said_stop_is_not_written_to(app: Flask) -> None:
    number = make_message()
    with transaction():
        db.session.add(ContactPoint(address_hash=hash_of("a1@example.com"), kind="email", opted_out_at=MOMENT))
    provider = Scripted()
    assert send_due(provider.senders()) == 0
    assert (provider.messages, stands(number)) == ([], ("not_sent", "opted-out"))


def hash_of(email: str) -> bytes:
    from_contact = sa.text("SELECT email_hash FROM contacts WHERE email = :email").columns(email_hash=sa.LargeBinary)
    return bytes(db.session.scalars(from_contact, {"email": email}).one())


def test_who_says_stop_between_the_claim_and_the_sending_gets_nothing(app: Flask) -> None:
    first = make_message()
    second = make_message(contact=make_resident("+447700900456", None))
    with transaction():
        phone = sa.text("SELECT phone_hash FROM contacts WHERE phone = '+447700900456'")
        of = db.session.scalars(phone.columns(phone_hash=sa.LargeBinary)).one()
        db.session.add(ContactPoint(address_hash=of, kind="phone"))

    def stop_the_other(message: Message) -> Sent:
        with app.app_context():
            stop("+447700900456")
        return Accepted(message.correlation)

    assert send_due(Scripted(stop_the_other).senders()) == 1
    assert (stands(first), stands(second)) == (("sent", None), ("not_sent", "opted-out"))


def test_nothing_goes_at_night_and_what_is_written_then_is_due_in_the_morning(app: Flask) -> None:
    number = make_message(hours=Hours(Nation.ENGLAND, opens=time(13), closes=time(20)))
    assert message_of(number).due_at == MOMENT + timedelta(hours=1)
    night = MOMENT + timedelta(hours=10)
    assert send_due(Scripted().senders(), night, rules=SendingRules(hours=DAYTIME)) == 0
    assert stands(number) == ("due", None)
    assert send_due(Scripted().senders(), night + timedelta(hours=12), rules=SendingRules(hours=DAYTIME)) == 1


def test_messages_count_in_the_days_cap_and_go_before_surveys(app: Flask, folder: Path) -> None:
    make_due(folder, 2)
    number = make_message()
    provider = Scripted()
    assert send_due(provider.senders(), rules=SendingRules(daily_cap=2)) == 2
    assert (provider.recipients[0], stands(number)[0]) == (PHONE, "sent")
    assert send_due(provider.senders(), rules=SendingRules(daily_cap=2)) == 0


def test_an_account_that_is_refused_pauses_everything(app: Flask, folder: Path) -> None:
    make_due(folder, 1)
    number = make_message()
    provider = Scripted(lambda _message: NotSent("20003", stops_run=True))
    send_due(provider.senders())
    paused = pause_now()
    assert paused is not None
    assert (paused.reason, len(provider.messages), stands(number)) == ("sms:20003", 1, ("due", "20003"))


def test_a_refusal_of_the_number_is_kept_for_it(app: Flask) -> None:
    make_message()
    send_due(Scripted(lambda _message: Rejected("21610", "opted_out")).senders())
    assert stopped(PHONE) == "provider"


def test_a_claim_that_a_dead_worker_left_becomes_uncertain_and_never_due(app: Flask) -> None:
    number = make_message()
    claim("a run that dies", MOMENT, 10, SendingRules())
    with transaction():
        assert give_up_stale_claims(MOMENT + timedelta(minutes=11)) == 1
    assert stands(number) == ("uncertain", "worker-lost")
    provider = Scripted()
    assert send_due(provider.senders(), MOMENT + timedelta(days=1)) == 0
    assert undecided() == 1


def test_what_is_uncertain_is_looked_for_by_its_words_and_never_sent_again(app: Flask) -> None:
    number = make_message()
    provider = Scripted(lambda _message: Uncertain("503"))
    send_due(provider.senders())
    provider.found = Found("SM1")
    assert reconcile(provider.senders(), MOMENT + timedelta(minutes=5)) == 1
    assert (stands(number), message_of(number).provider_ref) == (("sent", None), "SM1")
    assert provider.messages[0].known_by_words


def test_what_its_provider_does_not_have_is_settled_with_the_surveys(app: Flask) -> None:
    number = make_message()
    provider = Scripted(lambda _message: Uncertain("503"))
    send_due(provider.senders())
    provider.found = Missing()
    reconcile(provider.senders(), MOMENT + timedelta(minutes=5))
    with transaction():
        assert decide_all_not_found(MOMENT) == 1
    assert stands(number) == ("not_sent", "decided")


def test_an_administrator_decides_of_it_on_the_page_of_what_is_uncertain(app: Flask, client: CheckedClient) -> None:
    number = make_message()
    send_due(Scripted(lambda _message: Uncertain("503")).senders())
    sign_in(client, make_user(Role.ADMINISTRATOR))
    assert "1 to decide" in text_of(client.get("/invitations/uncertain"))
    assert client.post(f"/invitations/messages/{number}/decide", data={"was": "sent"}).status_code == 303
    assert stands(number) == ("sent", "decided")
    assert audited()[-1][:2] == ("uncertain message decided", f"message:{number}")


def test_a_reference_of_a_survey_is_never_taken_for_a_message(app: Flask, folder: Path) -> None:
    make_due(folder, 1)
    send_due(Scripted(lambda _message: Accepted("SM1")).senders())
    number = make_message()
    provider = Scripted(lambda _message: Uncertain("503"))
    send_due(provider.senders())
    provider.found = Found("SM1")
    assert reconcile(provider.senders(), MOMENT + timedelta(minutes=5)) == 0
    assert stands(number) == ("uncertain", "not-found")


def test_nothing_is_sent_after_the_resident_had_all_erased_and_the_words_go(app: Flask) -> None:
    number = make_message()
    with transaction():
        erase(db.session.scalars(sa.select(Invitation.id)).one(), MOMENT)
    assert send_due(Scripted().senders()) == 0
    message = message_of(number)
    assert (stands(number), message.words, message.subject) == (("not_sent", "erased"), None, None)


def test_whoever_is_erased_while_the_batch_goes_gets_nothing_more(app: Flask) -> None:
    first, second = make_message(), make_message()

    def erase_all(message: Message) -> Sent:
        with app.app_context(), transaction():
            for number in db.session.scalars(sa.select(Invitation.id)).all():
                erase(number, MOMENT)
        return Accepted(message.correlation)

    assert send_due(Scripted(erase_all).senders()) == 1
    assert (stands(first)[0], stands(second)) == ("sent", ("not_sent", "opted-out"))


def test_a_message_that_waited_for_a_week_is_not_sent(app: Flask) -> None:
    number = make_message()
    assert send_due(Scripted().senders(), MOMENT + timedelta(days=7)) == 0
    assert stands(number) == ("not_sent", "too-old")


def test_a_message_counts_for_no_cap_on_surveys_and_moves_none(app: Flask) -> None:
    make_message()
    send_due(Scripted().senders())
    assert db.session.scalars(sa.select(ContactPoint)).all() == []


def test_a_survey_and_a_message_of_one_number_carry_different_correlations(app: Flask, folder: Path) -> None:
    make_due(folder, 1)
    make_message()
    provider = Scripted()
    send_due(provider.senders())
    assert len({message.correlation for message in provider.messages}) == 2
    surveys = db.session.scalars(sa.select(Invitation.correlation)).all()
    assert set(surveys) & set(db.session.scalars(sa.select(DirectMessage.correlation))) == set()
