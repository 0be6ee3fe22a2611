"""Who gets in touch: residents with addresses that are nobody's.

Mobiles and landlines are of the ranges that Ofcom keeps for drama, mailboxes are at the example domains of RFC 2606.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from surveys.contacts.models import Channel


class Known(StrEnum):
    """What the council knows of how to reach a resident."""

    EMAIL = "email"
    MOBILE = "mobile"
    LANDLINE = "landline"
    NEITHER = "neither"
    BOTH = "both"


# How many in a hundred of each channel's contacts leave which addresses, in the order of Known.
ADDRESSES = {
    Channel.PHONE: (50, 21, 17, 5, 7),
    Channel.FACE_TO_FACE: (61, 13, 6, 14, 6),
    Channel.WEB: (85, 0, 0, 0, 15),
    Channel.EMAIL: (88, 0, 0, 0, 12),
    Channel.WEBCHAT: (80, 8, 0, 0, 12),
    Channel.POST: (30, 10, 20, 36, 4),
    Channel.OTHER: (30, 45, 0, 20, 5),
}
KINDS = tuple(Known)
MOBILES = 1000
MOBILE_ONLY = 650
LANDLINES = 2000
DOMAINS = ("example.com", "example.org", "example.net")
# Coprime counts, so that the pairs do not repeat soon.
FIRST_WORDS = (
    "amber",
    "brisk",
    "calm",
    "daisy",
    "early",
    "fern",
    "gold",
    "hazel",
    "inky",
    "jolly",
    "kind",
    "lemon",
    "misty",
    "noble",
    "olive",
    "plum",
    "quiet",
)
SECOND_WORDS = (
    "badger",
    "kettle",
    "harbour",
    "lantern",
    "meadow",
    "otter",
    "pebble",
    "robin",
    "saddle",
    "teapot",
    "violin",
    "willow",
    "acorn",
)
COMES_BACK = 0.2
COMES_OFTEN = 0.04
RECENT = 3000
WELSH = 0.04


@dataclass(frozen=True)
class Resident:
    """Addresses as a clerk types them, and the language to be asked in."""

    phone: str
    email: str
    language: str


@dataclass
class Residents:
    """The people of the council; some come back, a few come back often."""

    rng: Random
    met: list[Resident] = field(default_factory=list)
    regulars: list[Resident] = field(default_factory=list)

    def who_comes(self, channel: Channel) -> Resident:
        known = self.rng.choices(KINDS, ADDRESSES[channel])[0]
        if known is Known.EMAIL:
            return self.with_mailbox()
        if known is Known.MOBILE:
            return self.with_mobile(self.rng.randrange(MOBILE_ONLY), "")
        if known is Known.BOTH:
            number = self.rng.randrange(MOBILE_ONLY, MOBILES)
            return self.with_mobile(number, mailbox(number))
        phone = self.landline() if known is Known.LANDLINE else ""
        return Resident(phone, "", self.language())

    def with_mailbox(self) -> Resident:
        chance = self.rng.random()
        if chance < COMES_OFTEN and self.regulars:
            return self.rng.choice(self.regulars)
        if chance < COMES_OFTEN + COMES_BACK and self.met:
            return self.met[self.rng.randrange(max(0, len(self.met) - RECENT), len(self.met))]
        resident = Resident("", mailbox(MOBILES + len(self.met)), self.language())
        self.met.append(resident)
        if self.rng.random() < COMES_OFTEN / 4:
            self.regulars.append(resident)
        return resident

    def with_mobile(self, number: int, email: str) -> Resident:
        written = self.rng.choice(("07700 900{:03d}", "07700900{:03d}", "+447700900{:03d}", "+44 7700 900{:03d}"))
        return Resident(written.format(number), email, "cy" if number % 25 == 7 else "en")

    def landline(self) -> str:
        exchange, number = divmod(self.rng.randrange(LANDLINES), 1000)
        return f"{('020 7946 0', '0161 496 0')[exchange]}{number:03d}"

    def language(self) -> str:
        return "cy" if self.rng.random() < WELSH else "en"


def mailbox(number: int) -> str:
    """The made-up mailbox of one resident: no two have the same."""
    first, second = FIRST_WORDS[number % len(FIRST_WORDS)], SECOND_WORDS[number % len(SECOND_WORDS)]
    return f"{first}.{second}{number}@{DOMAINS[number % len(DOMAINS)]}"
