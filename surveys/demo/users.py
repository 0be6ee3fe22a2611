"""A user of each role for the made-up council. Their passwords are known to all: the demo is never public."""

from dataclasses import dataclass
from datetime import date, timedelta

from surveys.core.clock import now, today
from surveys.people.accounts import add_user, all_services, all_users
from surveys.people.assessors import Access, give_access
from surveys.people.roles import Role


@dataclass(frozen=True)
class MadeUser:
    """Somebody to sign in as; service is a short name, or empty for every service."""

    role: Role
    email: str
    words: str
    service: str = ""

    @property
    def name(self) -> str:
        return f"Demo {self.title.lower()}"

    @property
    def title(self) -> str:
        return f"{self.role.label}, {self.service} only" if self.service else self.role.label


USERS = (
    MadeUser(Role.ADMINISTRATOR, "administrator@demo.example", "copper-lantern-drift"),
    MadeUser(Role.MANAGER, "manager@demo.example", "velvet-orchard-signal"),
    MadeUser(Role.MANAGER, "parking@demo.example", "gravel-thimble-comet", "parking"),
    MadeUser(Role.REVIEWER, "reviewer@demo.example", "walnut-ribbon-harbour"),
    MadeUser(Role.OFFICER, "officer@demo.example", "pocket-heron-marble"),
    MadeUser(Role.ASSESSOR, "assessor@demo.example", "saffron-bridge-candle"),
    MadeUser(Role.DATA_PROTECTION_OFFICER, "dpo@demo.example", "linen-falcon-puddle"),
)


def make_users() -> None:
    """Make those that are not there yet. The services must be."""
    services = {service.slug: service.id for service in all_services()}
    there = {user.email for user in all_users()}
    for user in USERS:
        if user.email not in there:
            made = add_user(user.email, user.name, user.words, [(user.role, services.get(user.service))])
            if user.role is Role.ASSESSOR:
                give_access(made.id, a_year(today()), None, now())


def a_year(day: date) -> Access:
    """The months of the last year for an assessor who comes in the next three months."""
    month = day.replace(day=1)
    return Access(day + timedelta(days=90), (month - timedelta(days=365)).replace(day=1), month)


def table_of_users() -> list[str]:
    """Role, email and password of each, in columns."""
    rows = [("Role", "Email", "Password"), *((user.title, user.email, user.words) for user in USERS)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
