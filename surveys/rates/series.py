"""What a chart is about: one service or all of them, by one channel or all of them."""

from collections.abc import Collection
from typing import Any, NamedTuple

import sqlalchemy as sa

from surveys.contacts.models import Channel

ALL, JOIN = "all", "/"


class Series(NamedTuple):
    """None means all of them, as in the tables of what people set."""

    service: int | None = None
    channel: Channel | None = None

    @property
    def wider(self) -> tuple["Series", ...]:
        """Itself and each series that it is part of."""
        return tuple(dict.fromkeys(Series(s, c) for s in (self.service, None) for c in (self.channel, None)))

    @property
    def code(self) -> str:
        """For addresses, forms and the audit trail: "3/phone", "all/all"."""
        return f"{self.service or ALL}{JOIN}{self.channel.value if self.channel else ALL}"

    @classmethod
    def read(cls, code: str) -> "Series":
        """From its code. Raises ValueError."""
        service, channel = code.split(JOIN)
        return cls(None if service == ALL else int(service), None if channel == ALL else Channel(channel))

    def within(self, granted: frozenset[int] | None) -> bool:
        """Whether somebody with these services may see it, or set something for it. None: all services."""
        return granted is None or self.service in granted


def words_of(series: Series, names: dict[int, str]) -> str:
    """As people read it: "Parking, phone"."""
    service = "All services" if series.service is None else names.get(series.service, "A service")
    return f"{service}, {series.channel.label.lower() if series.channel else 'all channels'}"


def of_series(model: Any, series: Collection[Series]) -> sa.ColumnElement[bool]:
    """Rows of these series, and perhaps a few of others that share a service with them."""
    services = {one.service for one in series}
    named = model.service_id.in_([service for service in services if service is not None])
    return sa.or_(named, model.service_id.is_(None)) if None in services else named
