"""What a page is about, read from its address, so that a view can be shared and kept."""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from surveys.contacts.models import Channel
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from surveys.rates.series import Series

EARLIEST = Month(2000, 1)
LATEST = Month(2100, 1)
USUAL_MONTHS = 24


@dataclass(frozen=True)
class Filters:
    """The period and what was ticked; notes are words for a month that could not be read."""

    first_month: Month
    last_month: Month
    services: frozenset[int]
    channels: frozenset[Channel]
    notes: tuple[str, ...] = ()

    @property
    def period(self) -> str:
        return in_words(self.first_month, self.last_month)

    def scope(self, granted: frozenset[int] | None) -> Scope:
        """What may be seen of what was asked for."""
        services = self.services or granted
        if granted is not None and services is not None:
            services = services & granted
        return Scope(self.first_month, self.last_month, services, self.channels or None)

    def cut_to(self, first: Month, last: Month) -> "Filters":
        """As much of the period as lies within these months; all of them where nothing of it does."""
        if first <= self.first_month and self.last_month <= last:
            return self
        began, ended = max(first, self.first_month), min(last, self.last_month)
        began, ended = (began, ended) if began <= ended else (first, last)
        note = f"Your account sees {in_words(first, last)}. Other months were left out."
        return replace(self, first_month=began, last_month=ended, notes=(*self.notes, note))

    def of(self, service: int | None = None, channel: Channel | None = None) -> "Filters":
        """The same period for one service or one channel; what was ticked of the other stays."""
        return replace(
            self,
            services=self.services if service is None else frozenset({service}),
            channels=self.channels if channel is None else frozenset({channel}),
        )

    @cached_property
    def query(self) -> str:
        """The address of this choice, in an order of its own."""
        return urlencode([("from", str(self.first_month)), ("to", str(self.last_month)), *self.places])

    @cached_property
    def query_of_any_service(self) -> str:
        """The same with any service, for links to the page of each one."""
        return replace(self, services=frozenset()).query

    @property
    def places(self) -> list[tuple[str, str]]:
        pairs = [("service", str(service)) for service in sorted(self.services)]
        return pairs + [("channel", channel.value) for channel in Channel if channel in self.channels]


def in_words(first: Month, last: Month) -> str:
    return first.label if first == last else f"{first.label} to {last.label}"


def series_of(scope: Scope) -> Series | None:
    """The series that a scope is; None where it is some services or channels: people set nothing for such a choice."""
    services, channels = scope.services, scope.channels
    if (services is not None and len(services) != 1) or (channels is not None and len(channels) != 1):
        return None
    return Series(next(iter(services or ()), None), next(iter(channels or ()), None))


def read_month(typed: str, otherwise: Month, name: str, notes: list[str]) -> Month:
    """A month, or any day of it: addresses that were kept from before have days."""
    if not typed:
        return otherwise
    try:
        month = Month.read(typed)
    except ValueError:
        month = EARLIEST.plus(-1)
    if not EARLIEST <= month <= LATEST:
        notes.append(f"{name} is not a month like 2026-03. The usual period is shown instead.")
        return otherwise
    return month


def read_filters(args: MultiDict[str, str], newest: Month, usual_months: int = USUAL_MONTHS) -> Filters:
    """Filters from an address; without any, so many months, the last of which is the newest one that has figures."""
    notes: list[str] = []
    first, last = read_period(args, newest, usual_months, notes)
    return Filters(first, last, read_services(args), read_channels(args), tuple(notes))


def read_period(args: MultiDict[str, str], newest: Month, usual_months: int, notes: list[str]) -> tuple[Month, Month]:
    """The first and the last month. What was not read as it was typed is told in the notes."""
    last = read_month(args.get("to", ""), newest, "To", notes)
    first = read_month(args.get("from", ""), last.plus(1 - usual_months), "From", notes)
    if first > last:
        notes.append("From is after To. They were exchanged.")
        first, last = last, first
    return first, last


def read_services(args: MultiDict[str, str]) -> frozenset[int]:
    return frozenset(int(s) for s in args.getlist("service") if s.isascii() and s.isdigit() and len(s) < 10)


def read_channels(args: MultiDict[str, str]) -> frozenset[Channel]:
    return frozenset(Channel(c) for c in args.getlist("channel") if c in list(Channel))
