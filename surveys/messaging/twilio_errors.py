"""What Twilio's error codes mean, and what each says of a message: in its answer to us, or later in a receipt.

Twilio does not promise that a code keeps its meaning, so a code that is not here counts by its HTTP status alone.
"""

from dataclasses import dataclass

from surveys.messaging.outcomes import NotSent, Rejected, Sent, Suppress, Uncertain


@dataclass(frozen=True)
class Never:
    """It will not reach this address. suppress: what it says of the address itself."""

    meaning: str
    suppress: Suppress | None = None


@dataclass(frozen=True)
class Later:
    """Nothing was processed; it may be tried again after a while."""

    meaning: str


@dataclass(frozen=True)
class Stops:
    """The account or its sender is at fault: no other message would go, until a person puts it right."""

    meaning: str


@dataclass(frozen=True)
class Unknown:
    """It may have gone. Not to be sent again without asking."""

    meaning: str


Verdict = Never | Later | Stops | Unknown

CODES: dict[int, Verdict] = {
    11200: Unknown("Twilio could not reach our address for receipts"),
    11205: Unknown("Twilio could not connect to our address for receipts"),
    12100: Unknown("Twilio could not read our answer to a text"),
    12200: Unknown("Twilio found a fault in our answer to a text"),
    14107: Never("too many replies between two numbers in a short time"),
    20003: Stops("Twilio does not accept the account or its token"),
    20404: Stops("Twilio does not know the account or the Messaging Service"),
    20429: Later("Twilio has too many requests from us at once"),
    20500: Unknown("Twilio had a fault and may have sent the text"),
    20503: Unknown("Twilio was not available and may have sent the text"),
    21211: Never("not a phone number", "unusable"),
    21212: Stops("the sender is not a number or name that Twilio accepts"),
    21408: Stops("the account may not send texts to this country"),
    21606: Stops("the sender is not ours or cannot send texts"),
    21608: Stops("a trial account, or one that is not yet approved, may not send to this number"),
    21610: Never("the person has told this sender to stop", "opted_out"),
    21611: Later("the sender has too many texts waiting"),
    21612: Never("this sender cannot reach this number"),
    21614: Never("not a mobile number", "unusable"),
    21617: Never("the text is longer than 1,600 characters"),
    21635: Never("a landline", "unusable"),
    21659: Stops("the sender is not a number of ours for this country"),
    30001: Later("too many texts were waiting"),
    30002: Stops("the account is suspended"),
    30003: Never("the phone could not be reached"),
    30004: Never("the phone or its network blocks the text"),
    30005: Never("the number is not known or not in use", "unusable"),
    30006: Never("a landline, or a network that takes no texts", "unusable"),
    30007: Never("the network took the text for spam: check the wording and the link"),
    30008: Never("the text did not arrive and nobody says why"),
    30036: Never("the text was not delivered in time"),
    30042: Stops("the sender's name is too general or is blocked"),
    30450: Never("held back as a possible fraud against our account"),
}


def meaning_of(code: int | str | None) -> str:
    """The code in plain words; "" for one that is not known."""
    verdict = verdict_on(code)
    return verdict.meaning if verdict else ""


def suppress_for(code: int | str | None) -> Suppress | None:
    """What an answer or a receipt with this code says of the address."""
    verdict = verdict_on(code)
    return verdict.suppress if isinstance(verdict, Never) else None


def stops_sending(code: int | str | None) -> bool:
    """Whether a receipt with this code means that no other message will arrive either."""
    return isinstance(verdict_on(code), Stops)


def verdict_on(code: int | str | None) -> Verdict | None:
    found = str(code)
    return CODES.get(int(found)) if found.isascii() and found.isdigit() else None


def outcome_of(status: int, code: int) -> Sent:
    """What Twilio's refusal of a message comes to. code is 0 where it gave none."""
    named = str(code or status or "no-status")
    if status == 429:
        return NotSent(named)
    if status == 408 or not 400 <= status < 500:
        return Uncertain(named)
    match CODES.get(code):
        case Never(_, suppress):
            return Rejected(named, suppress)
        case Later():
            return NotSent(named)
        case Stops():
            return NotSent(named, stops_run=True)
        case Unknown():
            return Uncertain(named)
    return NotSent(named, stops_run=True) if status in (401, 403, 404) else Rejected(named)
