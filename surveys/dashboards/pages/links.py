"""Where a page of rates leads: down behind a point, to a service or a channel, with the same period."""

from dataclasses import replace

from flask import url_for

from surveys.dashboards.pages.asked import Asked
from surveys.rates.months import Month


def behind_link(asked: Asked, first: Month, last: Month) -> str:
    """The way down from a point: what these months of the page are made of."""
    return f"{url_for('behind.months')}?{replace(asked.filters, first_month=first, last_month=last).query}"


def service_link(asked: Asked, service: int) -> str:
    """The service's own page, with the same period and channels."""
    return f"{url_for('places.service', service=service)}?{asked.filters.query_of_any_service}"


def channel_link(asked: Asked, channel: str) -> str:
    return f"{url_for('places.channel', channel=channel)}?{replace(asked.filters, channels=frozenset()).query}"
