"""Two years of contacts, a day at a time: how many, about what, by which channel, when and by whom."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from surveys.contacts.columns import COLUMNS
from surveys.contacts.models import Channel
from surveys.demo.council import CHANNELS, HOURS, SERVICES, TEAMS, WARDS, MadeService
from surveys.demo.days import WEEKDAYS
from surveys.demo.residents import Residents

SATURDAY = 5
TWICE_ENTERED = 0.004
ENTERED_LATE = 0.003
# Days of opening that a forgotten note waits: more than the two weeks after which nobody is asked.
LATE_BY = (14, 30)


class MadeContact(NamedTuple):
    """One line of the file that the council's CRM would export, in the order of the contact columns."""

    source_ref: str
    occurred_at: datetime
    service: str
    channel: str
    phone: str
    email: str
    language: str
    team: str
    area: str


def shares_of(day: date) -> list[float]:
    """How much of the day each service takes, in the order of SERVICES."""
    return [service.share * service.months[day.month - 1] for service in SERVICES]


def counts_by_day(rng: Random, total: int, days: Sequence[date]) -> dict[date, int]:
    """Spread exactly `total` contacts over the days by weekday, season and a little chance."""
    weights = [WEEKDAYS[day.weekday()] * sum(shares_of(day)) * max(0.7, rng.gauss(1, 0.07)) for day in days]
    whole, so_far, given = sum(weights), 0.0, 0
    counts = {}
    for day, weight in zip(days, weights, strict=True):
        so_far += weight
        counts[day] = round(total * so_far / whole) - given
        given += counts[day]
    return counts


def channel_weights(service: MadeService) -> list[float]:
    return [share * service.channels.get(channel, 1.0) for channel, share in CHANNELS.items()]


WEIGHTS = {service.slug: channel_weights(service) for service in SERVICES}


@dataclass
class Counter:
    """Where contacts are made, in order; numbers run through."""

    rng: Random
    days: Sequence[date]
    residents: Residents
    number: int = 0
    wards: dict[str, str] = field(default_factory=dict)

    def contacts_on(self, index: int, count: int) -> Iterator[MadeContact]:
        """The contacts entered on one of the days, in the order of their time."""
        day = self.days[index]
        services = self.rng.choices(SERVICES, shares_of(day), k=count)
        made: list[MadeContact] = []
        for service in services:
            if made and self.rng.random() < TWICE_ENTERED:
                made.append(made[-1]._replace(source_ref=self.reference()))
            else:
                made.append(self.contact(service, self.day_of(index)))
        yield from sorted(made, key=lambda contact: contact.occurred_at)

    def day_of(self, index: int) -> date:
        """The day of a contact that is entered on a day: nearly always the same."""
        late = self.rng.randint(*LATE_BY) if self.rng.random() < ENTERED_LATE else 0
        return self.days[index - late] if late <= index else self.days[index]

    def contact(self, service: MadeService, day: date) -> MadeContact:
        channel = self.rng.choices(tuple(CHANNELS), WEIGHTS[service.slug])[0]
        resident = self.residents.who_comes(channel)
        area = self.ward_of(resident.email or resident.phone[-6:])
        team = self.rng.choice(TEAMS[channel])
        if service.slug == "libraries" and channel is Channel.FACE_TO_FACE:
            team = f"{area} library"
        return MadeContact(
            self.reference(),
            self.time_of(day, channel),
            service.slug,
            channel.value,
            resident.phone,
            resident.email,
            resident.language,
            team,
            area,
        )

    def reference(self) -> str:
        self.number += 1
        return f"CRM-{self.number:07d}"

    def time_of(self, day: date, channel: Channel) -> datetime:
        hours = HOURS[channel]
        closes = hours.closes_on_saturday if day.weekday() == SATURDAY else hours.closes
        busiest = min(hours.busiest, (hours.opens + closes) / 2)
        hour = self.rng.triangular(hours.opens, closes, busiest)
        return datetime(day.year, day.month, day.day) + timedelta(seconds=int(hour * 3600))  # noqa: DTZ001  # local, as files are

    def ward_of(self, address: str) -> str:
        """Where a resident lives: the same each time for the same address."""
        if not address:
            return self.rng.choice(WARDS)
        return self.wards.setdefault(address, self.rng.choice(WARDS))


def write_file(path: Path, contacts: Iterable[MadeContact]) -> int:
    """Write contacts as a CRM exports them; returns how many."""
    rows = list(contacts)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return len(rows)
