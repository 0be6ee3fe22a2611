"""A made-up contact centre's export: every column filled as real ones are, a fault in one row of 200."""

import csv
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path

from surveys.core.clock import LONDON

HEADER = ("source_ref", "occurred_at", "service", "channel", "phone", "email", "language", "team", "area")
SERVICES = (
    ("Council tax", 26),
    ("Benefits", 18),
    ("Parking", 12),
    ("Libraries", 9),
    ("Environment", 15),
    ("Transport", 7),
    ("Education", 6),
    ("Adult care", 5),
    ("Trading standards", 2),
)
CHANNELS = (("Phone", 55), ("Face to face", 16), ("Web form", 12), ("Email", 10), ("Webchat", 4), ("post", 3))
NAMES = ("smith", "jones", "taylor", "brown", "williams", "davies", "patel", "wright", "khan", "evans", "owen")
AREAS = [f"{side} {place}" for side in ("North", "South", "East") for place in ("Hill", "Park", "Quay", "Green")]
# In each of these columns, what an export should not hold.
FAULTS = (
    ("occurred_at", "31/02/2026 10:00"),
    ("occurred_at", "2099-01-01 10:00:00"),
    ("occurred_at", ""),
    ("service", ""),
    ("channel", "pigeon"),
    ("phone", "4.47E+11"),
    ("phone", "0123"),
    ("email", "somebody at example.com"),
)
ONE_FAULT_IN = 200
HOURS_OPEN = 10


def resident(chance: random.Random, number: int) -> tuple[str, str]:
    """(phone, email) of one person, either of them empty where the person gave none."""
    lot = chance.random()
    phone = ""
    if lot < 0.56:
        digits = f"7{chance.choice('34589')}{number % 10**8:08d}"
        phone = chance.choice((f"0{digits[:4]} {digits[4:]}", f"0{digits}", f"+44{digits}"))
    elif lot < 0.76:
        phone = chance.choice(("0161 496 {:04d}", "01902 55{:04d}", "020 7946 {:04d}")).format(number % 10_000)
    name = NAMES[number % len(NAMES)]
    email = f"{name}.{number}@example.{chance.choice(('com', 'org', 'net'))}" if chance.random() < 0.6 else ""
    return phone, email


def rows(count: int, until: datetime, days: int, seed: int = 1) -> Iterator[tuple[str, ...]]:
    """Contacts of the days before `until`, in order of their reference, people coming back two times or so."""
    chance = random.Random(seed)
    people = [resident(chance, number) for number in range(max(1, count * 2 // 5))]
    services, service_weights = zip(*SERVICES, strict=True)
    channels, channel_weights = zip(*CHANNELS, strict=True)
    service_sums, channel_sums = list(accumulate(service_weights)), list(accumulate(channel_weights))
    first = until.astimezone(LONDON).replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=days)
    for number in range(count):
        day = first + timedelta(days=number * days // count)
        moment = day + timedelta(seconds=chance.randrange(HOURS_OPEN * 3600))
        (service,) = chance.choices(services, cum_weights=service_sums)
        (channel,) = chance.choices(channels, cum_weights=channel_sums)
        phone, email = chance.choice(people)
        row = [
            f"CRM-{number:08d}",
            f"{moment:%Y-%m-%d %H:%M:%S}",
            service,
            channel,
            phone,
            email,
            "cy" if chance.random() < 0.04 else "en",
            f"Team {number % 12}",
            chance.choice(AREAS),
        ]
        if number % ONE_FAULT_IN == ONE_FAULT_IN - 1:
            column, wrong = FAULTS[number // ONE_FAULT_IN % len(FAULTS)]
            row[HEADER.index(column)] = wrong
        yield tuple(row)


def write_file(path: Path, count: int, until: datetime, days: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count, until, days))
    return path
