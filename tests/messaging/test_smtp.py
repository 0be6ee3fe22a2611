"""A council's own relay, on the wire: what it says at each step becomes one of four outcomes."""

import ssl
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from surveys.messaging import smtp_email
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, CannotTell, Message, NotSent, Rejected, Sent, Uncertain
from surveys.messaging.smtp_email import Relay, SmtpEmail
from tests.messaging.relay import DROPS, HANGS, FakeRelay, relay_that
from tests.messaging.wire import closed_port

STOP = "https://surveys.example/stop/" + "a" * 120
BODY = "Ateb: https://surveys.example/s/abc ŵŷ\n.\n. a line that begins with a point\n"
EMAIL = Message(Medium.EMAIL, "a@example.com", BODY, "corr-1", "Cyngor Sir â\r\nBcc: x@example.com", "<p>ŵŷ</p>", STOP)


def sender(port: int, **named: Any) -> SmtpEmail:
    relay = Relay("127.0.0.1", port, **{"security": "none"} | named)
    return SmtpEmail(relay, "surveys@barset.example", "Barset Council")


SIGNED_IN = {"username": "fairly", "password": "pass"}


def outcome(**answers: str) -> Sent:
    with relay_that(**answers) as relay:
        return sender(relay.port, **SIGNED_IN).send(EMAIL)


def test_an_email_arrives_whole() -> None:
    with relay_that() as relay:
        assert sender(relay.port).send(EMAIL) == Accepted("corr-1@barset.example")
    assert [c.split(" ")[0].upper() for c in relay.commands] == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]
    assert (relay.commands[1], relay.commands[2]) == ("mail FROM:<surveys@barset.example>", "rcpt TO:<a@example.com>")
    mail = message_from_bytes(relay.messages[0], policy=policy.default)
    text, html = mail.iter_parts()
    assert mail.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == BODY
    assert html.get_content().strip() == "<p>ŵŷ</p>"


def test_its_headers_say_who_and_how_to_stop_and_nothing_slips_in() -> None:
    with relay_that() as relay:
        sender(relay.port).send(EMAIL)
    mail = message_from_bytes(relay.messages[0], policy=policy.default)
    assert mail["From"] == "Barset Council <surveys@barset.example>"
    assert mail["To"] == "a@example.com"
    assert mail["Subject"] == "Cyngor Sir â Bcc: x@example.com"
    assert mail["Bcc"] is None
    assert mail["Message-ID"] == "<corr-1@barset.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.tzinfo is not None
    assert f"\r\nList-Unsubscribe: <{STOP}>\r\n".encode() in relay.messages[0]
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in relay.messages[0]
    assert relay.messages[0].isascii()


def test_an_email_without_html_or_a_way_to_stop_has_no_empty_parts() -> None:
    with relay_that() as relay:
        sender(relay.port).send(Message(Medium.EMAIL, "a@example.com", "words", "c", "A subject"))
    mail = message_from_bytes(relay.messages[0], policy=policy.default)
    assert mail.get_content_type() == "text/plain"
    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"RCPT": "550 5.1.1 no such user"}, Rejected("550", "unusable")),
        ({"RCPT": "550 5.7.1 not wanted here"}, Rejected("550")),
        ({"RCPT": "554 no"}, Rejected("554")),
        ({"RCPT": "554 5.7.1 Relay access denied"}, NotSent("554", stops_run=True)),
        ({"RCPT": "530 5.7.0 sign in first"}, NotSent("530", stops_run=True)),
        ({"RCPT": "450 4.2.0 try later"}, NotSent("450")),
        ({"RCPT": "421 4.3.2 closing"}, NotSent("421")),
        ({"RCPT": "251 will forward"}, Accepted("corr-1@barset.example")),
        ({"RCPT": DROPS}, NotSent("connection-lost")),
        ({"MAIL": "550 5.7.1 not your name"}, NotSent("550", stops_run=True)),
        ({"MAIL": "451 later"}, NotSent("451")),
        ({"MAIL": DROPS}, NotSent("connection-lost")),
        ({"AUTH": "535 5.7.8 wrong"}, NotSent("535", stops_run=True)),
        ({"EHLO": "250 relay.example"}, NotSent("not-supported", stops_run=True)),
        ({"EHLO": DROPS}, NotSent("not-connected")),
        ({"GREET": "554 not you"}, NotSent("not-connected")),
        ({"GREET": "421 busy"}, NotSent("not-connected")),
        ({"GREET": DROPS}, NotSent("not-connected")),
        ({"DATA": "554 no"}, Rejected("554")),
        ({"DATA": "451 later"}, NotSent("451")),
        ({"DATA": DROPS}, Uncertain("connection-lost")),
        ({"END": "552 5.3.4 too large"}, Rejected("552")),
        ({"END": "452 4.3.1 no room"}, NotSent("452")),
        ({"END": DROPS}, Uncertain("connection-lost")),
        ({"END": "what?"}, Uncertain("-1")),
        ({"END": "299 what?"}, Uncertain("299")),
        ({"DATA": "what?"}, Uncertain("-1")),
        ({"QUIT": DROPS}, Accepted("corr-1@barset.example")),
        ({"QUIT": "500 what?"}, Accepted("corr-1@barset.example")),
    ],
)
def test_each_answer_of_the_relay_is_one_of_four_outcomes(answers: dict[str, str], expected: Sent) -> None:
    assert outcome(**answers) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("GREET", NotSent("not-connected")),
        ("RCPT", NotSent("connection-lost")),
        ("END", Uncertain("connection-lost")),
    ],
)
def test_a_relay_that_says_nothing_is_not_waited_for(
    step: str, expected: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_email, "TIMEOUT_SECONDS", 0.2)
    assert outcome(**{step: HANGS}) == expected


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_relay_that_is_away_got_nothing(security: str) -> None:
    assert sender(closed_port(), security=security).send(EMAIL) == NotSent("not-connected")


@pytest.mark.parametrize(
    "recipient", ["", "a", "a b@c.uk", "a@b.uk, c@d.uk", "a@b.uk\r\nRCPT TO:<c@d.uk>", "<a@b.uk>", "ŵ@b.uk"]
)
def test_what_is_not_one_address_never_reaches_the_relay(recipient: str) -> None:
    with relay_that() as relay:
        assert sender(relay.port).send(Message(Medium.EMAIL, recipient, "words", "c", "s")) == Rejected("unwritable")
    assert relay.commands == []


def context_for(folder: Path, name: str) -> ssl.SSLContext:
    """A server's certificate of its own making, kept in folder/cert.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.now(UTC) - timedelta(days=1)
    built = x509.CertificateBuilder(called, called, key.public_key(), 1, start, start + timedelta(days=9))
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(name))])
    cert = built.add_extension(names, critical=False).sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(cert.public_bytes(pem))
    kept = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(kept)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


STARTS_TLS = {"EHLO": "250-relay.example\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN"}


def sent_encrypted(tmp_path: Path, name: str, trusts: bool) -> tuple[Sent, FakeRelay]:
    with relay_that(context_for(tmp_path, name), **STARTS_TLS) as relay:
        mailer = sender(relay.port, security="starttls", **SIGNED_IN)
        if trusts:
            mailer.trusted.load_verify_locations(tmp_path / "cert.pem")
        return mailer.send(EMAIL), relay


def test_the_name_and_password_go_only_after_encryption(tmp_path: Path) -> None:
    found, relay = sent_encrypted(tmp_path, "127.0.0.1", trusts=True)
    assert found == Accepted("corr-1@barset.example")
    verbs = [command.split(" ")[0].upper() for command in relay.commands]
    assert verbs == ["EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"]


@pytest.mark.parametrize(("name", "trusts"), [("127.0.0.1", False), ("127.0.0.2", True)])
def test_a_relay_that_cannot_prove_its_name_stops_the_run(tmp_path: Path, name: str, trusts: bool) -> None:
    found, relay = sent_encrypted(tmp_path, name, trusts)
    assert found == NotSent("certificate", stops_run=True)
    assert not any(command.upper().startswith("AUTH") for command in relay.commands)


def test_a_relay_without_the_encryption_that_was_asked_for_stops_the_run() -> None:
    with relay_that() as relay:
        assert sender(relay.port, security="starttls").send(EMAIL) == NotSent("not-supported", stops_run=True)


def test_one_sender_serves_many_threads_and_mixes_nothing_up() -> None:
    emails = [Message(Medium.EMAIL, f"n{n}@example.com", f"words {n}", f"corr-{n}", "A subject") for n in range(24)]
    with relay_that() as relay:
        shared = sender(relay.port)
        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(shared.send, emails)) == [Accepted(f"{e.correlation}@barset.example") for e in emails]
    mails = [message_from_bytes(m, policy=policy.default) for m in relay.messages]
    assert sorted((m["To"], m["Message-ID"], m.get_content().strip()) for m in mails) == sorted(
        (e.recipient, f"<{e.correlation}@barset.example>", e.body) for e in emails
    )


def test_a_password_is_not_shown() -> None:
    assert "pass-1" not in repr(Relay("relay.example", password="pass-1"))


def test_a_relay_cannot_be_asked_about_an_email() -> None:
    assert sender(1).find(EMAIL, datetime(2026, 11, 2, tzinfo=UTC)) == CannotTell()
