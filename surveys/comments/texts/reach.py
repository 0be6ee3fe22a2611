"""Whose comments somebody asks for, as far as they may see them."""

from dataclasses import dataclass
from datetime import date

from surveys.contacts.models import Channel


@dataclass(frozen=True)
class Reach:
    """Whose comments: a period, services and channels. services None means all of the council's, empty means none."""

    starts_on: date
    ends_on: date
    services: frozenset[int] | None
    channels: frozenset[Channel] | None
