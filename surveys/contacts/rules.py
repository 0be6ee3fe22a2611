"""One row of a file, checked: a contact ready to load, or its faults in words that say what to do."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from surveys.contacts.addresses import address_hasher, read_email, read_phone
from surveys.contacts.columns import COLUMNS, Mapping
from surveys.contacts.models import Channel
from surveys.contacts.moments import EARLIEST, is_day, read_moment
from surveys.core.clock import day_of
from surveys.core.csv_in import HIDDEN, one_line
from surveys.people.accounts import slug_of
from surveys.questionnaires.languages import known_language

CHANNEL_NAMES = {
    "phone": {"phone", "telephone", "call", "voice", "inbound call", "telephony"},
    "face_to_face": {"face to face", "face-to-face", "f2f", "visit", "in person", "counter", "walk in"},
    "web": {"web", "online", "web form", "website", "form", "portal", "self service"},
    "email": {"email", "e-mail", "mail"},
    "webchat": {"webchat", "web chat", "chat", "live chat"},
    "post": {"post", "letter"},
    "other": {"other", "social media", "sms", "text"},
}
CHANNELS = {name: Channel(code) for code, names in CHANNEL_NAMES.items() for name in names | {code}}
LONGEST_REF = 80
# The clock of the system that wrote the file may be a little ahead of ours.
CLOCKS_DIFFER = timedelta(minutes=10)
SERIAL_DATE = re.compile(r"\d{5}(?:\.\d+)?")


class Row(NamedTuple):
    """A contact as the staging table takes it."""

    line: int
    external_ref: str
    service_id: int
    channel: str
    occurred_at: datetime
    day: date
    phone: str | None
    phone_kind: str | None
    phone_hash: bytes | None
    email: str | None
    email_hash: bytes | None
    language: str
    team: str
    area: str


class Fault(NamedTuple):
    line: int
    column: str
    message: str


# A file says the same few channels, teams and areas over and over.
language_of = lru_cache(maxsize=1000)(known_language)


@lru_cache(maxsize=1000)
def channel_of(typed: str) -> str | None:
    found = CHANNELS.get(typed) or CHANNELS.get(" ".join(typed.casefold().replace("_", " ").split()))
    return found.value if found else None


@lru_cache(maxsize=10_000)
def label_of(typed: str) -> str:
    return one_line(typed)[:80]


@dataclass
class RowReader:
    """Reads the rows of one file. service_named finds (or makes) a service's id by slug; None where unknown."""

    mapping: Mapping
    header: tuple[str, ...]
    now: datetime
    address_key: bytes
    service_named: Callable[[str, str], int | None]
    services: dict[str, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What is the same for every row: where its columns stand (a missing one past the end), the hash's key."""
        absent = len(self.header)
        self.pick = itemgetter(*(self.mapping.positions.get(column, absent) for column in COLUMNS))
        self.hash = address_hasher(self.address_key)

    def read(self, line: int, fields: list[str]) -> Row | list[Fault]:
        faults: list[Fault] = []
        if len(fields) != len(self.header):
            return [Fault(line, "", self.wrong_count(len(fields)))]
        typed = [text.strip() for text in self.pick((*fields, ""))]
        reference = self.reference(typed[0], line, faults)
        moment = self.moment(typed[1], line, faults)
        service = self.service(typed[2], line, faults)
        channel = self.channel(typed[3], line, faults)
        phone, phone_kind = self.phone(typed[4], line, faults)
        email = self.email(typed[5], line, faults)
        if faults or moment is None or service is None or channel is None:
            return faults
        return Row(
            line,
            reference,
            service,
            channel,
            *moment,
            phone,
            phone_kind,
            self.hash(phone) if phone else None,
            email,
            self.hash(email) if email else None,
            language_of(typed[6]),
            label_of(typed[7]),
            label_of(typed[8]),
        )

    def wrong_count(self, found: int) -> str:
        return (
            f"The row has {found} fields and the header has {len(self.header)}. "
            "Put text that holds a separator in quotation marks."
        )

    def fault(self, faults: list[Fault], line: int, column: str, message: str) -> None:
        faults.append(Fault(line, self.mapping.heading(self.header, column)[:60], message))

    def reference(self, typed: str, line: int, faults: list[Fault]) -> str:
        reference = typed.strip()
        if not reference:
            self.fault(faults, line, "source_ref", "Empty. Give each contact its own reference.")
        elif len(reference) > LONGEST_REF:
            self.fault(faults, line, "source_ref", f"Longer than {LONGEST_REF} characters. Use the reference alone.")
        elif HIDDEN.search(reference):
            self.fault(faults, line, "source_ref", "Has a line break or a hidden character. Use the reference alone.")
        return reference

    def moment(self, typed: str, line: int, faults: list[Fault]) -> tuple[datetime, date] | None:
        typed = typed.strip()
        found = read_moment(typed)
        if found is None:
            words = "Not a date and time. Write 2026-03-31 14:05 or 31/03/2026 14:05."
            if SERIAL_DATE.fullmatch(typed):
                words = "A spreadsheet wrote the date as a number. Format the column as a date and export again."
        elif found[0] > self.now and is_day(typed) and found[1] == day_of(self.now):
            return self.now, found[1]
        elif found[0] > self.now + CLOCKS_DIFFER:
            words = "In the future. Check the order of day and month, and the clock of the system it came from."
        elif found[0] < EARLIEST:
            words = "Before the year 2000. Check the year."
        else:
            return found
        self.fault(faults, line, "occurred_at", words if typed else "Empty. Say when the contact took place.")
        return None

    def service(self, typed: str, line: int, faults: list[Fault]) -> int | None:
        name = typed.strip()
        if name not in self.services:
            slug = slug_of(name)
            self.services[name] = self.service_named(slug, one_line(name)) if slug else None
        found = self.services[name]
        if found is None:
            words = "Not a service we know. Add the service first, correct the name, or choose to create new services."
            self.fault(faults, line, "service", words if name else "Empty. Name the service.")
        return found

    def channel(self, typed: str, line: int, faults: list[Fault]) -> str | None:
        found = channel_of(typed)
        if found is None:
            words = f"Not a channel. Use one of: {', '.join(channel.value for channel in Channel)}."
            self.fault(faults, line, "channel", words)
        return found

    def phone(self, typed: str, line: int, faults: list[Fault]) -> tuple[str | None, str | None]:
        if not typed:
            return None, None
        found = read_phone(typed)
        if found is None:
            words = "Not a phone number. Write it like 07700 900123 or +447700900123, or leave it empty."
            if "e+" in typed.casefold():
                words = (
                    "A spreadsheet turned the number into a power of ten. Format the column as text and export again."
                )
            self.fault(faults, line, "phone", words)
            return None, None
        return found[0], found[1].value

    def email(self, typed: str, line: int, faults: list[Fault]) -> str | None:
        if not typed:
            return None
        found = read_email(typed)
        if found is None:
            self.fault(
                faults,
                line,
                "email",
                "Not an email address. Write it like name@example.com, or leave it empty.",
            )
        return found
