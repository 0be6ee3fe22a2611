"""The forms by which a resident is contacted, as they were typed: what is refused comes back with all of it."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from surveys.core.clock import LONDON
from surveys.core.refusals import NotFound, Refused
from surveys.core.tokens import seal, seal_holds
from surveys.followups.cases.moves import NotFilledIn
from surveys.followups.handling.forms import OLD_PAGE
from surveys.followups.handling.reaching_acts import Call, Letter
from surveys.invitations.direct_words import Around, faults_of_message, whole
from surveys.invitations.wording_rules import Fault
from surveys.messaging.models import Medium

PREVIEWED = "previewed messages"


@dataclass(frozen=True)
class TypedLetter:
    """A message being written. number: the page's own; seen: the proof that this very message was previewed."""

    case_id: int
    medium: Medium
    subject: str = field(default="", repr=False)
    body: str = field(default="", repr=False)
    number: str = ""
    seen: str = ""

    @property
    def parts(self) -> str:
        return "\0".join((str(self.case_id), self.medium.value, self.subject, self.body, self.number))

    @property
    def proof(self) -> str:
        return seal(PREVIEWED, self.parts)

    @property
    def was_seen(self) -> bool:
        return seal_holds(PREVIEWED, self.parts, self.seen)

    @property
    def letter(self) -> Letter:
        return Letter(self.medium, self.subject, self.body, digest(self.parts))

    def faults(self, language: str, around: Around) -> list[Fault]:
        return faults_of_message(self.medium, self.subject, self.body, language, around)

    def whole(self, language: str, around: Around) -> str:
        return whole(self.medium, self.body, language, around)


@dataclass(frozen=True)
class TypedCall:
    """A call being logged. day and hour are as a browser writes them: 2026-03-10 and 14:05."""

    day: str = ""
    hour: str = ""
    outcome: str = ""
    words: str = field(default="", repr=False)
    number: str = ""

    def call(self, case_id: int) -> Call:
        parts = (str(case_id), "call", self.day, self.hour, self.outcome, self.words, self.number)
        return Call(self.at, self.outcome, self.words, digest("\0".join(parts)))

    @property
    def at(self) -> datetime:
        try:
            day, hour = date.fromisoformat(self.day), time.fromisoformat(self.hour)
        except ValueError as fault:
            raise NotFilledIn("day", "Enter the day and the time of the call") from fault
        return datetime.combine(day, hour.replace(tzinfo=None), LONDON).astimezone(UTC)


@dataclass(frozen=True)
class TypedReason:
    """How somebody knows that a number is right after all. number: of the page, so that it is kept once."""

    words: str = field(default="", repr=False)
    number: str = ""

    def once(self, case_id: int) -> bytes:
        return digest("\0".join((str(case_id), "right number", self.words, self.number)))


def digest(parts: str) -> bytes:
    return hashlib.sha256(parts.encode("utf-8", "replace")).digest()


def medium_called(name: str) -> Medium:
    if name not in list(Medium):
        raise NotFound("There is no such way to write to anybody.")
    return Medium(name)


def read_letter(case_id: int, form: Mapping[str, str]) -> TypedLetter:
    """Raises Refused where the fields that nobody types are not there."""
    medium, number = medium_called(form.get("medium", "")), page_number(form)
    subject = lines(form.get("subject", "")) if medium is Medium.EMAIL else ""
    return TypedLetter(case_id, medium, subject, lines(form.get("body", "")), number, form.get("seen", ""))


def read_call(form: Mapping[str, str]) -> TypedCall:
    given = {name: form.get(name, "") for name in ("day", "hour", "outcome")}
    return TypedCall(**given, words=lines(form.get("words", "")), number=page_number(form))


def read_reason(form: Mapping[str, str]) -> TypedReason:
    return TypedReason(lines(form.get("words", "")), page_number(form))


def page_number(form: Mapping[str, str]) -> str:
    number = form.get("number", "")
    if not number:
        raise Refused(OLD_PAGE)
    return number


def lines(typed: str) -> str:
    """Plain line ends, and each accent in one character with its letter."""
    return unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n").strip())
