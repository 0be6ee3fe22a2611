"""What a page is about, read from its address, so that a view can be shared and kept."""

from dataclasses import dataclass
from datetime import date, timedelta

from werkzeug.datastructures import MultiDict

from surveys.contacts.models import Channel
from surveys.rates.queries import Scope

EARLIEST = date(2000, 1, 1)
LATEST = date(2100, 1, 1)


@dataclass(frozen=True)
class Filters:
    """The period and what was ticked; notes are words for a date that could not be read."""

    starts_on: date
    ends_on: date
    services: frozenset[int]
    channels: frozenset[Channel]
    notes: tuple[str, ...] = ()

    def scope(self, granted: frozenset[int] | None) -> Scope:
        """What may be seen of what was asked for."""
        services = self.services or granted
        if granted is not None and services is not None:
            services = services & granted
        return Scope(self.starts_on, self.ends_on, services, self.channels or None)


def read_day(typed: str, otherwise: date, name: str, notes: list[str]) -> date:
    if not typed:
        return otherwise
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = EARLIEST - timedelta(days=1)
    if not EARLIEST <= day <= LATEST:
        notes.append(f"{name} is not a date like 2026-03-31. The usual period is shown instead.")
        return otherwise
    return day


def read_filters(args: MultiDict[str, str], newest: date) -> Filters:
    """Filters from an address; without any, the 24 months that end with the newest day that has figures."""
    notes: list[str] = []
    ends_on = read_day(args.get("to", ""), newest, "To", notes)
    usual = date(ends_on.year - 2, ends_on.month, 1) if ends_on.year > 2 else ends_on
    starts_on = read_day(args.get("from", ""), usual, "From", notes)
    if starts_on > ends_on:
        notes.append("From is after To. They were exchanged.")
        starts_on, ends_on = ends_on, starts_on
    known = {channel.value for channel in Channel}
    return Filters(
        starts_on=starts_on,
        ends_on=ends_on,
        services=frozenset(int(s) for s in args.getlist("service") if s.isascii() and s.isdigit() and len(s) < 10),
        channels=frozenset(Channel(c) for c in args.getlist("channel") if c in known),
        notes=tuple(notes),
    )
