"""Every door has its guard; the public ones are listed here by name."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import BaseConverter, IntegerConverter, Rule

from surveys import DOORS
from surveys.core.db import db, transaction
from surveys.people.guards import PUBLIC
from surveys.people.models import Grant
from tests.makers.people import make_user, sign_in

PUBLIC_DOORS = {
    "health",
    "assets",
    "sign_in",
    "survey",
    "equality",
    "self_service",
    "kiosk",
    "stop",
    "hooks",
    "texts",
    "you_said",
    "results",
}
# Files of the Bootstrap package: the one endpoint that is no blueprint of ours.
WITHOUT_DOOR = {"bootstrap.static"}


def dummy(converter: BaseConverter) -> int | str:
    return 1 if isinstance(converter, IntegerConverter) else "nothing"


def guarded_rules(app: Flask, method: str) -> Iterator[tuple[Rule, str]]:
    """(rule, address with dummy arguments) of each rule behind a sign-in that takes this method."""
    guarded = {door.blueprint.name for door in DOORS if door.guard is not PUBLIC}
    urls = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.split(".")[0] in guarded and method in (rule.methods or set()):
            values = {name: dummy(rule._converters[name]) for name in rule.arguments}
            yield rule, urls.build(rule.endpoint, values, method=method)


def take_away_grants(user_id: int) -> None:
    with transaction():
        db.session.execute(sa.delete(Grant).where(Grant.user_id == user_id))


def test_every_blueprint_of_the_app_has_a_door_with_a_guard(app: Flask) -> None:
    doors = [door.blueprint.name for door in DOORS]
    assert len(doors) == len(set(doors))
    assert set(app.blueprints) == set(doors) | {"bootstrap"}
    assert all(door.guard.name and callable(door.guard.check) for door in DOORS)


def test_the_public_doors_are_these_and_no_other() -> None:
    assert {door.blueprint.name for door in DOORS if door.guard is PUBLIC} == PUBLIC_DOORS
    assert {door.blueprint.name for door in DOORS if door.guard.name == "public"} == PUBLIC_DOORS


def test_every_address_belongs_to_a_door(app: Flask) -> None:
    doors = {door.blueprint.name for door in DOORS}
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {e for e in endpoints if e.split(".")[0] not in doors} <= WITHOUT_DOOR


def test_a_guarded_page_sends_an_anonymous_visitor_to_the_sign_in(app: Flask, client: FlaskClient) -> None:
    found = [(url, client.get(url)) for _, url in guarded_rules(app, "GET")]
    assert len(found) > 15
    wrong = [
        (url, response.status_code)
        for url, response in found
        if response.status_code != 302 or not response.location.startswith("/sign-in?next=")
    ]
    assert wrong == []


def test_a_guarded_program_call_is_refused_to_an_anonymous_caller(app: Flask, client: FlaskClient) -> None:
    urls = [url for _, url in guarded_rules(app, "GET")]
    found = {url: client.get(url, headers={"Accept": "application/json"}).status_code for url in urls}
    assert set(found.values()) == {401}, found


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_guarded_act_is_refused_to_an_anonymous_visitor(app: Flask, client: FlaskClient, method: str) -> None:
    found = {url: client.open(url, method=method).status_code for _, url in guarded_rules(app, method)}
    assert set(found.values()) <= {401}, found
    assert found or method != "POST"


def test_a_user_without_any_grant_is_refused_what_asks_for_one(app: Flask, client: FlaskClient) -> None:
    user = make_user()
    sign_in(client, user)
    take_away_grants(user.id)
    free = {door.blueprint.name for door in DOORS if door.guard.name == "signed in"}
    urls = [url for rule, url in guarded_rules(app, "GET") if rule.endpoint.split(".")[0] not in free]
    found = {url: client.get(url, headers={"Accept": "application/json"}).status_code for url in urls}
    assert set(found.values()) == {403}, found
