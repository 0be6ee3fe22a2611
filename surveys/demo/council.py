"""What the made-up council is: its services with their seasons and channels, its teams, wards and opening hours."""

from dataclasses import dataclass

from surveys.contacts.models import Channel

PHONE, FACE, WEB, EMAIL, WEBCHAT, POST, OTHER = Channel


@dataclass(frozen=True)
class MadeService:
    """share of all contacts; months: how busy January to December are; channels: how many times the usual share.

    rate: how many in ten thousand are asked, before the channel is looked at.
    """

    slug: str
    name: str
    area: str
    share: float
    months: tuple[float, ...]
    channels: dict[Channel, float]
    rate: int


@dataclass(frozen=True)
class Hours:
    """Local hours in which a channel is used, on weekdays and on Saturdays, and the hour it is used most."""

    opens: float
    closes: float
    closes_on_saturday: float
    busiest: float


SERVICES = (
    MadeService(
        "council-tax",
        "Council tax",
        "Finance",
        0.20,
        (0.9, 1.0, 2.3, 1.7, 1.0, 0.8, 0.8, 0.8, 0.9, 0.9, 0.8, 0.6),
        {PHONE: 1.15, FACE: 0.8, WEB: 1.2},
        4000,
    ),
    MadeService(
        "benefits",
        "Benefits",
        "Finance",
        0.14,
        (1.1, 1.0, 1.2, 1.3, 1.0, 0.9, 0.9, 0.9, 1.0, 1.0, 1.0, 0.9),
        {FACE: 1.3, WEB: 0.8},
        4500,
    ),
    MadeService(
        "parking",
        "Parking",
        "Transport and streets",
        0.14,
        (0.9, 0.8, 0.9, 0.9, 1.0, 1.0, 1.1, 1.0, 0.9, 1.0, 1.3, 1.8),
        {FACE: 0.6, WEB: 1.7, EMAIL: 1.4},
        6000,
    ),
    MadeService(
        "libraries",
        "Libraries",
        "Culture",
        0.10,
        (1.0, 1.0, 1.0, 0.9, 0.9, 1.0, 1.3, 1.4, 1.0, 1.0, 0.9, 0.7),
        {PHONE: 0.5, FACE: 2.4, WEB: 0.7, POST: 0.1},
        4500,
    ),
    MadeService(
        "trading-standards",
        "Trading standards",
        "Public protection",
        0.04,
        (1.1, 0.9, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 1.0, 1.1, 1.3),
        {FACE: 0.4, EMAIL: 1.6},
        6000,
    ),
    MadeService(
        "environment",
        "Environment",
        "Place",
        0.16,
        (1.1, 0.8, 0.9, 1.1, 1.3, 1.4, 1.5, 1.4, 1.1, 1.0, 0.8, 0.9),
        {FACE: 0.5, WEB: 1.6},
        5500,
    ),
    MadeService(
        "transport",
        "Transport",
        "Transport and streets",
        0.07,
        (1.2, 1.1, 1.0, 0.9, 0.9, 0.9, 0.9, 1.2, 1.3, 1.0, 1.0, 0.9),
        {FACE: 1.1},
        5000,
    ),
    MadeService(
        "education",
        "Education",
        "Children and learning",
        0.08,
        (1.2, 0.9, 1.2, 1.2, 0.9, 0.8, 0.7, 2.0, 2.2, 1.2, 0.8, 0.4),
        {FACE: 0.7, EMAIL: 1.5},
        5000,
    ),
    MadeService(
        "adult-care",
        "Adult care",
        "Adults and health",
        0.07,
        (1.3, 1.2, 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 1.0, 1.0, 1.1, 1.2),
        {PHONE: 1.3, WEB: 0.5, WEBCHAT: 0.4},
        5500,
    ),
)
CHANNELS = {PHONE: 0.46, FACE: 0.22, WEB: 0.14, EMAIL: 0.09, WEBCHAT: 0.04, POST: 0.03, OTHER: 0.02}
DEFAULT_RATE = 4500
# What the channel adds to the service's rate, in ten-thousandths: rare channels are asked more, to say anything at all.
CHANNEL_RATES = {PHONE: -500, FACE: 0, WEB: 0, EMAIL: 200, WEBCHAT: 800, POST: 1000, OTHER: 1000}
LEAST_RATE, MOST_RATE = 3500, 6000
HOURS = {
    PHONE: Hours(8, 18, 13, 10),
    FACE: Hours(9, 17, 13, 11.5),
    WEB: Hours(6, 23.5, 23, 19.5),
    EMAIL: Hours(6, 23, 22, 10),
    WEBCHAT: Hours(8, 20, 13, 13),
    POST: Hours(9, 16, 12, 9.5),
    OTHER: Hours(7, 22, 20, 17),
}
TEAMS = {
    PHONE: ("Phones Red", "Phones Blue", "Phones Green", "Phones Evening"),
    FACE: ("Civic Centre desk", "Northgate hub", "Riverside hub"),
    WEB: ("Digital",),
    EMAIL: ("Correspondence",),
    WEBCHAT: ("Digital",),
    POST: ("Correspondence",),
    OTHER: ("Digital", "Outreach"),
}
WARDS = (
    "Abbey",
    "Beacon Hill",
    "Castle",
    "Eastfield",
    "Foxcombe",
    "Kingsmead",
    "Lowmoor",
    "Northgate",
    "Priory",
    "Riverside",
    "St Bride's",
    "Westbrook",
)


def rate_for(service: MadeService, channel: Channel) -> int:
    """How many in ten thousand contacts of a service by a channel are asked."""
    return min(max(service.rate + CHANNEL_RATES[channel], LEAST_RATE), MOST_RATE)
