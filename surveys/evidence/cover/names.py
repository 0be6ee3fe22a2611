"""What the codes of a pack's tables are called on its cover page. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from surveys.contacts.models import Channel
from surveys.dashboards.comparing.group_panels import ITEM_NAMES, group_name
from surveys.evidence.figures.results import ALL
from surveys.evidence.figures.rows import HIDDEN_GROUP
from surveys.rates.months import Month

CHANNELS = {channel.value: channel.label for channel in Channel}
# In the order in which the draw asks them.
OUTCOMES = {
    "excluded_by_rule": "The service was not in use",
    "too_old": "Loaded too long after the contact",
    "landline": "Only a landline, which cannot be texted",
    "unreachable": "No mobile number or email address",
    "opted_out": "Had asked us to stop",
    "asked_recently": "Asked a short while before",
    "duplicate": "The same contact under another reference",
    "not_drawn": "Could have been asked, and was not drawn",
    "selected": "Drawn and asked",
}
MODES = {
    "kiosk": "Kiosk",
    "qr": "Poster with a QR code",
    "web": "Web page",
    "sms": "Text message",
    "officer": "Officer",
}


@dataclass(frozen=True)
class Names:
    """services: name by short name."""

    services: Mapping[str, str]

    def of(self, column: str, code: str) -> str:
        """The name of a code that stands in this column; the code itself where it has none."""
        if column == "service":
            return "All services" if code == ALL else self.services.get(code, code)
        if column == "of":
            return self.part(code)
        name = READINGS.get(column)
        return name(code) if name else code

    def part(self, code: str) -> str:
        """As tables name a rate: all, service:<short name> or channel:<name>."""
        kind, _, name = code.partition(":")
        return self.of(kind, name) if name else self.of("service", code)


def group(item: str, code: str) -> str:
    return "Groups of fewer than ten, together" if code == HIDDEN_GROUP else group_name(item, code)


def plain(code: str) -> str:
    """A code as words, where nothing better is known."""
    return code.replace("_", " ").replace(".", ": ").capitalize()


def month_name(code: str) -> str:
    if code == ALL:
        return "Whole period"
    try:
        return Month.read(code).label
    except ValueError:
        return code


READINGS: Mapping[str, Callable[[str], str]] = {
    "channel": lambda code: "All channels" if code == ALL else CHANNELS.get(code, plain(code)),
    "month": month_name,
    "to_month": month_name,
    "from_month": month_name,
    "outcome": lambda code: OUTCOMES.get(code, plain(code)),
    "mode": lambda code: MODES.get(code, plain(code)),
    "driver": plain,
    "item": lambda code: ITEM_NAMES.get(code, plain(code)),
}
