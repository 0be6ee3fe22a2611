"""What every email carries beside its words, whichever way it leaves."""

from email.headerregistry import Address
from email.utils import parseaddr

from surveys.messaging.outcomes import Message


def sender_address(email_from: str, council: str) -> Address:
    """EMAIL_FROM as a name and an address; the council's name where it gives none."""
    name, spec = parseaddr(email_from)
    return Address(name or council, addr_spec=spec)


def extra_headers(message: Message) -> dict[str, str]:
    """No automatic replies, please; and one press in the mail program to be left alone (RFC 8058)."""
    headers = {"Auto-Submitted": "auto-generated"}
    if message.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def one_line(subject: str) -> str:
    """A subject in which a line break cannot begin another header."""
    return " ".join(subject.split())
