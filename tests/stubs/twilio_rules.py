"""What Twilio's Messages API takes: Twilio's published parameters, strictly, with its error codes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.stubs.options import Options

PARAMETERS = frozenset(
    [
        "To",
        "From",
        "MessagingServiceSid",
        "Body",
        "StatusCallback",
        "ValidityPeriod",
        "SmartEncoded",
        "ShortenUrls",
        "ContentRetention",
        "AddressRetention",
        "ProvideFeedback",
        "Attempt",
        "RiskCheck",
        "TrafficType",
    ]
)
CHOICES = {
    "SmartEncoded": ("true", "false"),
    "ShortenUrls": ("true", "false"),
    "ProvideFeedback": ("true", "false"),
    "ContentRetention": ("retain", "discard"),
    "AddressRetention": ("retain", "obfuscate"),
    "RiskCheck": ("enable", "disable"),
}
NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")
HOST = re.compile(r"[A-Za-z0-9.-]+")
MOST_CHARACTERS = 1600
LONGEST_VALIDITY = 36_000
# Twilio's magic numbers of its test credentials.
MAGIC = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}


@dataclass(eq=False)
class Refusal(Exception):
    """An answer that is no acceptance, in Twilio's terms."""

    status: int
    code: int
    words: str


def check(fields: list[tuple[str, str]], options: Options) -> Mapping[str, str]:
    """The parameters as a mapping. Raises Refusal for the first that Twilio would not take."""
    form = dict(fields)
    if unknown := sorted(form.keys() - PARAMETERS):
        raise Refusal(400, 20001, f"Unknown parameter: {', '.join(unknown)}")
    if len(form) < len(fields):
        raise Refusal(400, 20001, "A parameter was given twice")
    check_recipient(form)
    check_sender(form, options)
    check_body(form.get("Body", ""))
    check_callback(form.get("StatusCallback"))
    check_choices(form)
    return form


def check_recipient(form: Mapping[str, str]) -> None:
    to = form.get("To", "")
    if not to:
        raise Refusal(400, 21604, "A 'To' phone number is required")
    if not NUMBER.fullmatch(to):
        raise Refusal(400, 21211, "The 'To' number is not a valid phone number")
    if to in MAGIC:
        raise Refusal(400, MAGIC[to], "A magic number of the test credentials")


def check_sender(form: Mapping[str, str], options: Options) -> None:
    service, number = form.get("MessagingServiceSid", ""), form.get("From", "")
    if not service and not number:
        raise Refusal(400, 21603, "A 'From' phone number or a Messaging Service is required")
    if service and service != options.service:
        raise Refusal(400, 21701, "The Messaging Service does not exist")
    if number and number != options.number:
        raise Refusal(400, 21606, "The 'From' number is not one of this account")


def check_body(body: str) -> None:
    if not body:
        raise Refusal(400, 21602, "A message body is required")
    if len(body) > MOST_CHARACTERS:
        raise Refusal(400, 21617, "The message body has more than 1600 characters")


def check_callback(url: str | None) -> None:
    if url is None:
        return
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(parts.hostname or ""):
        raise Refusal(400, 21609, "The StatusCallback is not a valid address")


def check_choices(form: Mapping[str, str]) -> None:
    for name, allowed in CHOICES.items():
        if form.get(name, allowed[0]) not in allowed:
            raise Refusal(400, 20001, f"{name} must be one of {', '.join(allowed)}")
    validity = form.get("ValidityPeriod", "1")
    if not validity.isascii() or not validity.isdigit() or not 1 <= int(validity) <= LONGEST_VALIDITY:
        raise Refusal(400, 20001, "ValidityPeriod must be a number from 1 to 36000")
    if form.get("ShortenUrls") == "true" and not form.get("MessagingServiceSid"):
        raise Refusal(400, 20001, "ShortenUrls needs a Messaging Service")
