"""Officers of a service, and the forms of a case's page as their browsers send them."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.db import db
from surveys.people.models import Service, User
from surveys.people.roles import Role
from tests.makers.comments import service_id
from tests.makers.people import make_user, sign_in
from tests.pages import soup

FIELDS = ("number", "edition", "last_seen")


def officer_of(service: str = "parking", name: str = "officer") -> User:
    """Somebody who handles cases of this service alone."""
    of = db.session.get_one(Service, service_id(service))
    return make_user(Role.OFFICER, email=f"{name}@example.gov.uk", service=of)


def form_of(client: FlaskClient, number: int) -> dict[str, str]:
    """What the page's forms send that nobody types."""
    page = soup(client.get(f"/cases/{number}"))
    form = page.find("form", action=re.compile(f"^/cases/{number}/note$"))
    assert form is not None
    return {name: str(field["value"]) for name in FIELDS if (field := form.find(attrs={"name": name}))}


def send(client: FlaskClient, number: int, act: str, /, **typed: str) -> TestResponse:
    """Open the page and send one of its forms; act: note, give, move, close or reopen."""
    return client.post(f"/cases/{number}/{act}", data=form_of(client, number) | typed)


def signed_in(client: FlaskClient, service: str = "parking") -> User:
    user = officer_of(service)
    sign_in(client, user)
    return user
