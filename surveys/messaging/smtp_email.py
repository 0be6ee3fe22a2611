"""Email by a council's own relay (SMTP). Each message has a connection of its own, so threads share nothing."""

import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Literal

from surveys.core.clock import now
from surveys.core.logs import log
from surveys.messaging.email_headers import extra_headers, one_line, sender_address
from surveys.messaging.outcomes import Accepted, CannotTell, Message, NotSent, Rejected, Search, Sent, Uncertain

TIMEOUT_SECONDS = 15.0


@dataclass(frozen=True)
class Relay:
    """Where a council's mail leaves, and how to sign in there; no user name where the relay knows us by our address."""

    host: str
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    security: Literal["starttls", "tls", "none"] = "starttls"


class Refused(Exception):
    """The relay refused before the message was handed over: nothing was sent."""

    def __init__(self, outcome: NotSent | Rejected) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


class UnbrokenAddresses(EmailPolicy):
    """Long addresses stay whole: the standard library would encode them, and no mail program would read them."""

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in ("list-unsubscribe", "message-id"):
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


WRITTEN = UnbrokenAddresses(linesep="\r\n")


class SmtpEmail:
    """Sends one email to one person, from any thread. The relay's answers and silences end here."""

    def __init__(self, relay: Relay, email_from: str, council: str) -> None:
        self.relay = relay
        self.sender = sender_address(email_from, council)
        self.trusted = ssl.create_default_context()

    def send(self, message: Message) -> Sent:
        try:
            written = self.written(message)
        except (ValueError, IndexError, MessageError):
            return Rejected("unwritable")  # Not an address that SMTP can carry.
        try:
            with closing(self.connected()) as smtp:
                self.announce(smtp, message.recipient)
                outcome = hand_over(smtp, written.as_bytes(), str(written["Message-ID"]).strip("<>"))
                with suppress(OSError):  # It has the message; how it says goodbye does not matter.
                    smtp.quit()
                return outcome
        except Refused as refused:
            return told(refused.outcome)

    def written(self, message: Message) -> EmailMessage:
        """The message as it leaves. Its Message-ID is the same however often it is tried."""
        recipient = Address(addr_spec=message.recipient)
        if not recipient.addr_spec.isascii():
            raise ValueError("not every relay carries such an address")
        mail = EmailMessage(policy=WRITTEN)
        mail["From"], mail["To"] = self.sender, recipient
        mail["Subject"] = one_line(message.subject)
        mail["Date"] = format_datetime(now())
        mail["Message-ID"] = f"<{message.correlation}@{self.sender.domain}>"
        for name, value in extra_headers(message).items():
            mail[name] = value
        mail.set_content(message.body, cte="quoted-printable")
        if message.html:
            mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
        return mail

    def connected(self) -> smtplib.SMTP:
        """A greeted connection, encrypted and signed in as the settings say; or Refused."""
        relay = self.relay
        try:
            smtp = (
                smtplib.SMTP_SSL(relay.host, relay.port, timeout=TIMEOUT_SECONDS, context=self.trusted)
                if relay.security == "tls"
                else smtplib.SMTP(relay.host, relay.port, timeout=TIMEOUT_SECONDS)
            )
        except ssl.SSLCertVerificationError as error:
            raise Refused(NotSent("certificate", stops_run=True)) from error
        except OSError as error:
            raise Refused(NotSent("not-connected")) from error
        try:
            self.sign_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def sign_in(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.ehlo_or_helo_if_needed()
            if self.relay.security == "starttls":
                smtp.starttls(context=self.trusted)
            if self.relay.username:
                smtp.login(self.relay.username, self.relay.password)
        except smtplib.SMTPAuthenticationError as error:
            raise Refused(NotSent(str(error.smtp_code), stops_run=True)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(NotSent("not-supported", stops_run=True)) from error
        except ssl.SSLCertVerificationError as error:
            raise Refused(NotSent("certificate", stops_run=True)) from error
        except OSError as error:
            raise Refused(NotSent("not-connected")) from error

    def announce(self, smtp: smtplib.SMTP, recipient: str) -> None:
        """Say who writes and to whom; a relay that will not have it says so before it gets the message."""
        try:
            code, words = smtp.mail(self.sender.addr_spec)
            if code != 250:
                raise Refused(NotSent(str(code), stops_run=code >= 500))
            code, words = smtp.rcpt(recipient)
        except OSError as error:
            raise Refused(NotSent("connection-lost")) from error
        if code not in (250, 251, 252):
            raise Refused(outcome_of_recipient(code, words))

    def find(self, message: Message, since: datetime) -> Search:
        """A relay keeps no list that we could ask."""
        return CannotTell()


def hand_over(smtp: smtplib.SMTP, written: bytes, reference: str) -> Sent:
    """Once the message itself is on its way, only the relay's answer tells whether it took it."""
    try:
        code, _words = smtp.data(written)
    except smtplib.SMTPDataError as error:
        code = error.smtp_code
    except OSError:
        return Uncertain("connection-lost")
    if code == 250:
        return Accepted(reference)
    if 400 <= code < 600:
        return Rejected(str(code)) if code >= 500 else NotSent(str(code))
    return Uncertain(str(code))


def outcome_of_recipient(code: int, words: bytes) -> NotSent | Rejected:
    """A refused recipient: for good, for now, or because the relay does not know us (RFC 5321, RFC 3463)."""
    if code < 500:
        return NotSent(str(code))
    if code in (530, 535, 538) or b"relay" in words.lower():
        return NotSent(str(code), stops_run=True)
    return Rejected(str(code), "unusable" if words.startswith(b"5.1.") else None)


def told(outcome: NotSent | Rejected) -> NotSent | Rejected:
    if isinstance(outcome, NotSent) and outcome.stops_run:
        log.error("the mail relay refuses this account or sender; sending stops", code=outcome.code)
    return outcome
