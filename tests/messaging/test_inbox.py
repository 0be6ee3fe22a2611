"""The development inbox: each message as a phone or a mailbox would show it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db
from surveys.messaging.inbox import Inbox, latest
from surveys.messaging.models import InboxMessage, Medium
from surveys.messaging.outcomes import Accepted, CannotTell, Found, Message, Missing
from surveys.messaging.views import with_links
from surveys.people.roles import Role
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

LINK = "http://127.0.0.1:8000/s/abcDEF123456"


def keep(recipient: str = "+447700900001", body: str = f"Answer here: {LINK} Thank you.") -> Accepted:
    medium = Medium.EMAIL if "@" in recipient else Medium.SMS
    return Inbox().send(Message(medium, recipient, body, "corr", "A subject" if medium is Medium.EMAIL else ""))


def test_the_inbox_accepts_and_keeps_every_message(app: Flask) -> None:
    references = [keep().reference, keep("a@example.com").reference]
    assert len(set(references)) == 2
    found = latest()
    assert [(m.medium, m.recipient, m.subject) for m in found] == [
        (Medium.EMAIL, "a@example.com", "A subject"),
        (Medium.SMS, "+447700900001", ""),
    ]
    assert LINK in found[0].body


def test_the_inbox_keeps_its_record_whatever_becomes_of_ours(app: Flask) -> None:
    keep()
    db.session.rollback()
    assert len(latest()) == 1


def test_one_phone_s_messages_are_found_among_many_newer_ones(app: Flask) -> None:
    keep("+447700900002")
    for n in range(101):
        keep(f"n{n}@example.com")
    assert [m.recipient for m in latest("+447700900002")] == ["+447700900002"]
    assert len(latest()) == 100


def test_the_page_shows_messages_with_links_to_follow(app: Flask, client: FlaskClient) -> None:
    keep()
    response = sign_in(client, make_user()).get("/inbox")
    assert soup(response).find("a", href=LINK) is not None
    assert "+447700900001" in text_of(response)


def test_the_page_shows_one_recipient_where_one_is_asked_for(app: Flask, client: FlaskClient) -> None:
    keep("a@example.com", "for a")
    keep("b@example.com", "for b")
    words = text_of(sign_in(client, make_user()).get("/inbox?to=a@example.com"))
    assert "for a" in words
    assert "for b" not in words


def test_the_page_escapes_what_a_message_holds(app: Flask, client: FlaskClient) -> None:
    keep(body="<script>alert(1)</script> http://x.example/\"onmouseover='alert(1)' <b>bold</b>")
    response = sign_in(client, make_user()).get("/inbox")
    page = soup(response)
    assert "alert(1)" not in "".join(script.get_text() for script in page.find_all("script"))
    assert page.find("b", string="bold") is None
    assert page.find(onmouseover=True) is None


def test_there_is_no_inbox_where_messages_go_to_residents(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, make_user())
    monkeypatch.setitem(app.extensions, "senders", {Medium.SMS: object()})
    assert client.get("/inbox").status_code == 404


def test_only_who_may_watch_the_sending_sees_the_inbox(app: Flask, client: FlaskClient) -> None:
    assert sign_in(client, make_user(Role.MANAGER)).get("/inbox").status_code == 403


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "a<br>b"),
        ("<i>", "&lt;i&gt;"),
        ("see https://a.uk/x.", 'see <a href="https://a.uk/x">https://a.uk/x</a>.'),
        ("(https://a.uk/x?a=1&b=2)", '(<a href="https://a.uk/x?a=1&amp;b=2">https://a.uk/x?a=1&amp;b=2</a>)'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://", "https://"),
    ],
)
def test_links_are_made_of_escaped_text(text: str, html: str) -> None:
    assert str(with_links(text)) == html


def test_the_inbox_table_holds_what_it_was_given(app: Flask) -> None:
    keep("ŵ@example.com", "Diolch – ŵŷâ 😀")
    assert db.session.query(InboxMessage).one().body == "Diolch – ŵŷâ 😀"


def test_a_message_that_came_is_found_by_its_link(app: Flask) -> None:
    start = now()
    keep(body="Another")
    kept = keep()
    asked = Message(Medium.SMS, "+447700900001", f"Other words round {LINK}", "corr")
    assert Inbox().find(asked, start) == Found(kept.reference)


@pytest.mark.parametrize(
    ("recipient", "body", "later"),
    [("+447700900002", LINK, 0), ("+447700900001", f"{LINK}7", 0), ("+447700900001", LINK, 60)],
)
def test_a_message_that_did_not_come_is_missing(app: Flask, recipient: str, body: str, later: int) -> None:
    start = now() + timedelta(seconds=later)
    keep()
    assert Inbox().find(Message(Medium.SMS, recipient, body, "corr"), start) == Missing()


def test_a_message_without_a_link_cannot_be_told_from_others(app: Flask) -> None:
    assert Inbox().find(Message(Medium.SMS, "+447700900001", "no link", "corr"), now()) == CannotTell()


def test_a_message_without_a_link_of_its_own_is_found_by_all_its_words(app: Flask) -> None:
    start = now()
    keep(body="We rang you. Test Council")
    words = "We rang you.\nTest Council. To stop: https://x.example/stop/a"
    kept = keep(body=words)
    asked = Message(Medium.SMS, "+447700900001", words, "corr", known_by_words=True)
    assert Inbox().find(asked, start) == Found(kept.reference)
    other = Message(Medium.SMS, "+447700900001", f"{words} Again.", "corr", known_by_words=True)
    assert Inbox().find(other, start) == Missing()
