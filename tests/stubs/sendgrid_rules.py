"""What SendGrid's POST /v3/mail/send takes, strictly, as one (field, words) for each thing that is wrong."""

from collections.abc import Iterator
from typing import Any

TOP = frozenset(
    [
        "personalizations",
        "from",
        "reply_to",
        "reply_to_list",
        "subject",
        "content",
        "attachments",
        "template_id",
        "headers",
        "categories",
        "custom_args",
        "send_at",
        "batch_id",
        "asm",
        "ip_pool_name",
        "mail_settings",
        "tracking_settings",
    ]
)
PERSONAL = frozenset(
    [
        "from",
        "to",
        "cc",
        "bcc",
        "subject",
        "headers",
        "substitutions",
        "dynamic_template_data",
        "custom_args",
        "send_at",
    ]
)
RESERVED_HEADERS = frozenset(
    [
        "x-sg-id",
        "x-sg-eid",
        "received",
        "dkim-signature",
        "content-type",
        "content-transfer-encoding",
        "to",
        "from",
        "subject",
        "reply-to",
        "cc",
        "bcc",
    ]
)
KINDS = ["text/plain", "text/html"]
TRACKING = ("click_tracking", "open_tracking", "subscription_tracking")
MOST_RECIPIENTS = 1000
Wrong = tuple[str, str]


def faults_of(mail: Any, tracking_must_be_off: bool) -> list[Wrong]:
    """Empty where SendGrid would take it."""
    if not isinstance(mail, dict):
        return [("", "Bad Request")]
    found = [(name, "is no parameter of a mail") for name in sorted(mail.keys() - TOP)]
    found += wrong_personalizations(mail.get("personalizations"))
    found += wrong_address(mail.get("from"), "from")
    if "reply_to" in mail:
        found += wrong_address(mail["reply_to"], "reply_to")
    if not text(mail.get("subject")) and not all(text(p.get("subject")) for p in personal(mail)):
        found.append(("subject", "The subject is required"))
    found += wrong_content(mail.get("content"))
    found += wrong_headers(mail.get("headers", {}), "headers")
    found += wrong_arguments(mail.get("custom_args", {}), "custom_args")
    if tracking_must_be_off:
        found += tracked(mail.get("tracking_settings") or {})
    return found


def personal(mail: dict[str, Any]) -> list[dict[str, Any]]:
    given = mail.get("personalizations")
    return [p for p in given if isinstance(p, dict)] if isinstance(given, list) else []


def text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def wrong_personalizations(given: object) -> Iterator[Wrong]:
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_RECIPIENTS:
        yield "personalizations", "The personalizations field is required and must have at least one personalization"
        return
    for number, one in enumerate(given):
        where = f"personalizations.{number}"
        if not isinstance(one, dict) or not isinstance(one.get("to"), list) or not one["to"]:
            yield f"{where}.to", "The to array is required for all personalization objects, and must have an email"
            continue
        for name in sorted(one.keys() - PERSONAL):
            yield f"{where}.{name}", "is no parameter of a personalization"
        for address in one["to"]:
            yield from wrong_address(address, f"{where}.to")
        yield from wrong_arguments(one.get("custom_args", {}), f"{where}.custom_args")
        yield from wrong_headers(one.get("headers", {}), f"{where}.headers")


def wrong_address(given: object, where: str) -> Iterator[Wrong]:
    email = given.get("email") if isinstance(given, dict) else None
    before, _, host = email.rpartition("@") if isinstance(email, str) else ("", "", "")
    if not before or "." not in host or any(char.isspace() for char in email or ""):
        yield f"{where}.email", "Does not contain a valid address."
    elif isinstance(given, dict) and given.keys() - {"email", "name"}:
        yield where, "has more than an email and a name"


def wrong_content(given: object) -> Iterator[Wrong]:
    """At least one part, none empty, the plain text before the HTML."""
    if not isinstance(given, list) or not given or not all(isinstance(part, dict) for part in given):
        yield "content", "The content array is required"
        return
    for number, part in enumerate(given):
        if not text(part.get("value")):
            yield f"content.{number}.value", "The content value must be a string at least one character in length."
    kinds = [part.get("type") for part in given]
    if kinds not in (KINDS, KINDS[:1], KINDS[1:]):
        yield "content", "If present, text/plain must come first, followed by text/html"


def wrong_headers(given: object, where: str) -> Iterator[Wrong]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        yield where, "must be an object of strings"
        return
    for name in given:
        if name.lower() in RESERVED_HEADERS:
            yield f"{where}.{name}", "is a reserved header"


def wrong_arguments(given: object, where: str) -> Iterator[Wrong]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        yield where, "Each custom argument must be a string"


def tracked(settings: dict[str, Any]) -> Iterator[Wrong]:
    """SendGrid itself would track; a survey must have it switched off."""
    for name in TRACKING:
        if (settings.get(name) or {}).get("enable") is not False:
            yield f"tracking_settings.{name}.enable", "must be false here"
