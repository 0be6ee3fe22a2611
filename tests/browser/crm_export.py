"""A CRM export of 200 rows: 180 contacts that are right, 20 rows that are wrong in different ways."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

from surveys.core.clock import LONDON
from tests.makers.contacts import HEADER, row

# What is wrong, and the words that must be told beside it.
FAULTY: tuple[tuple[dict[str, str], str], ...] = (
    ({"source_ref": ""}, "Give each contact its own reference"),
    ({"source_ref": "R" * 81}, "Longer than 80 characters"),
    ({"source_ref": "GOOD-001"}, "The same reference as line"),
    ({"occurred_at": ""}, "Say when the contact took place"),
    ({"occurred_at": "2026-02-30 10:00"}, "Not a date and time"),
    ({"occurred_at": "12/31/2025 10:00"}, "Not a date and time"),
    ({"occurred_at": "2199-01-01 10:00"}, "In the future"),
    ({"occurred_at": "1999-12-31 10:00"}, "Before the year 2000"),
    ({"occurred_at": "yesterday"}, "Not a date and time"),
    ({"service": ""}, "Name the service"),
    ({"service": "moon-landings"}, "Not a service we know"),
    ({"channel": ""}, "Not a channel"),
    ({"channel": "pigeon"}, "Not a channel"),
    ({"phone": "12345"}, "Not a phone number"),
    ({"phone": "4.47701E+11"}, "power of ten"),
    ({"phone": "07700 90012"}, "Not a phone number"),
    ({"email": "nobody"}, "Not an email address"),
    ({"email": "a@b@example.com"}, "Not an email address"),
    ({"email": "a..b@example.com"}, "Not an email address"),
    ({"email": "a b@example.com"}, "Not an email address"),
)
SERVICES = ("parking", "council-tax", "libraries")
CHANNELS = ("phone", "web", "face_to_face")
UNREACHABLE, LANDLINE, TEXTED = range(150, 160), range(160, 170), range(40)


def write_export(path: Path, moment: datetime) -> Path:
    """Write the file. Of the good rows 10 have no address, 10 a landline, 40 a mobile, the others a mailbox."""
    rows = [good(number, moment) for number in range(180)]
    for place, (wrong, _) in enumerate(FAULTY):
        rows.insert(place * 9 + 5, row(f"BAD-{place:03d}", moment - timedelta(days=1)) | wrong)
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, HEADER, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def good(number: int, moment: datetime) -> dict[str, str]:
    at = (moment - timedelta(days=1, minutes=number)).astimezone(LONDON)
    given = row(f"GOOD-{number:03d}", at, service=SERVICES[number % 3], channel=CHANNELS[number // 3 % 3])
    given["occurred_at"] = at.strftime("%d/%m/%Y %H:%M")
    if number in UNREACHABLE or number in LANDLINE or number in TEXTED:
        given["email"] = ""
    if number in LANDLINE:
        given["phone"] = f"020 7946 0{number:03d}"
    if number in TEXTED:
        given["phone"] = f"07700 900{number:03d}"
    return given
