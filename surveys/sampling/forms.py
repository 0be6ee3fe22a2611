"""Forms of the sampling pages."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length

from surveys.contacts.models import Channel
from surveys.people.models import Service


class WhyForm(FlaskForm):
    """Asks about one contact by its reference; sent by GET, so it carries no token."""

    class Meta:
        csrf = False

    source = StringField("Source", [InputRequired("Enter the source"), Length(max=40)], default="crm")
    reference = StringField("Reference", [InputRequired("Enter a reference"), Length(max=80)])
    submit = SubmitField("Find out why")


class RatesForm(FlaskForm):
    """Carries the token of the rates table, whose fields are as many as services and channels."""

    submit = SubmitField("Fix these rates")


def field_name(service: Service, channel: Channel) -> str:
    return f"rate-{service.id}-{channel.value}"


def read_percent(typed: str) -> int | None:
    """A percentage with two decimals at most, as ten-thousandths; None where it is no such thing."""
    try:
        value = Decimal(typed.strip().rstrip("%").strip() or "x")
    except InvalidOperation:
        return None
    if not value.is_finite() or not 0 <= value <= 100 or value * 100 != int(value * 100):
        return None
    return int(value * 100)


def read_rates(
    form: MultiDict[str, str], services: Sequence[Service]
) -> tuple[int | None, dict[tuple[int, Channel], int], list[str]]:
    """(default rate, rates by service and channel, faults in words). An empty field takes the default."""
    faults: list[str] = []
    default = read_percent(form.get("default", ""))
    if default is None:
        faults.append("Rate for everything else must be a percentage from 0 to 100, like 25 or 12.5")
    rates: dict[tuple[int, Channel], int] = {}
    for service in services:
        for channel in Channel:
            typed = form.get(field_name(service, channel), "").strip()
            if not typed:
                continue
            rate = read_percent(typed)
            if rate is None:
                faults.append(f"{service.name}, {channel.label}: rate must be a percentage from 0 to 100")
            else:
                rates[(service.id, channel)] = rate
    return default, rates, faults
