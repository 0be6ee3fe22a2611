"""Makers of users and services: defaults for all, commits included."""

from datetime import date

from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.people.accounts import add_service, add_user
from surveys.people.assessors import Access, give_access
from surveys.people.models import Service, User
from surveys.people.roles import Role

PASSWORD = "four random words here"
EVERY_MONTH = Access(date(2100, 1, 1), date(2000, 1, 1), date(2100, 1, 1))


def make_user(
    *roles: Role, email: str = "", service: Service | None = None, access: Access | None = EVERY_MONTH
) -> User:
    """A user with these roles (administrator by default), for one service or for all; an assessor of every month."""
    roles = roles or (Role.ADMINISTRATOR,)
    with transaction():
        user = add_user(
            email or f"{roles[0].value}@example.gov.uk",
            "Some Body",
            PASSWORD,
            [(role, service.id if service else None) for role in roles],
        )
        if access is not None and roles == (Role.ASSESSOR,):
            give_access(user.id, access, None, now())
    return user


def make_service(slug: str = "parking", name: str = "Parking") -> Service:
    with transaction():
        service = add_service(slug, name)
    return service


def sign_in(client: FlaskClient, user: User) -> FlaskClient:
    """Sign in through the page itself."""
    response = client.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert response.status_code == 302, response.get_data(as_text=True)
    return client
