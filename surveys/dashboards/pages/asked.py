"""What a page was asked for, and what of it whoever asks may see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from surveys.contacts.models import Channel
from surveys.core.clock import today
from surveys.dashboards.pages.filters import USUAL_MONTHS, Filters, read_filters
from surveys.people.accounts import all_services
from surveys.people.assessors import months_allowed
from surveys.people.guards import services_allowed
from surveys.people.models import Service
from surveys.people.roles import Permission
from surveys.rates.months import Month
from surveys.rates.revising import SETTLES_AFTER
from surveys.rates.scope import Scope, newest_month


@dataclass(frozen=True)
class Asked:
    """services: those granted, which a form may offer."""

    filters: Filters
    services: Sequence[Service]

    @property
    def scope(self) -> Scope:
        return self.filters.scope(granted())

    @property
    def names(self) -> dict[int, str]:
        return {service.id: service.name for service in self.services}

    @property
    def population(self) -> str:
        """Whom the figures of this page are about, for the formal line under a chart."""
        chosen = [service.name for service in self.services if service.id in self.filters.services]
        whose = ", ".join(chosen) if chosen else ("all services" if granted() is None else "your services")
        ways = ", ".join(channel.label.lower() for channel in Channel if channel in self.filters.channels)
        return f"contacts about {whose}, by {ways}" if ways else f"contacts about {whose}, all channels"

    @property
    def about(self) -> str:
        """Population and period, as a sentence of the formal line under a chart."""
        return f"{self.population[:1].upper()}{self.population[1:]}, {self.filters.period}"

    def of(self, service: int | None = None, channel: Channel | None = None) -> "Asked":
        return replace(self, filters=self.filters.of(service, channel))

    @property
    def choices(self) -> dict[str, Any]:
        """What every page of rates needs for its heading and its form."""
        return {
            "filters": self.filters,
            "period": self.filters.period,
            "services": self.services,
            "channels": list(Channel),
            "population": self.population,
        }


def granted() -> frozenset[int] | None:
    return services_allowed(Permission.READ_RATES)


def granted_services() -> list[Service]:
    """Those that may be chosen from. One that is no longer active keeps its figures."""
    mine = granted()
    return [service for service in all_services() if mine is None or service.id in mine]


def granted_months() -> tuple[Month, Month] | None:
    """The first and the last month that may be seen; None where all of them may."""
    months = months_allowed()
    return None if months is None else (Month.of(months[0]), Month.of(months[1]))


def may_see(month: Month) -> bool:
    months = granted_months()
    return months is None or months[0] <= month <= months[1]


def asked(usual_months: int = USUAL_MONTHS, newest: Month | None = None) -> Asked:
    """newest: the newest month with figures, where it was read before."""
    newest = newest or newest_month() or Month.of(today())
    months = granted_months()
    filters = read_filters(request.args, min(newest, months[1]) if months else newest, usual_months)
    if months is not None:
        filters = filters.cut_to(*months)
    return Asked(filters, granted_services())


def provisional_from() -> Month:
    """The first month for which answers still come in as a matter of course."""
    return Month.of(today() - SETTLES_AFTER)
