"""Guards: what stands before a blueprint. A door without one stays shut."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, Flask, request
from flask_login import current_user

from surveys.core.refusals import NotAllowed, NotFound, SignInNeeded
from surveys.core.row_numbers import RowNumber
from surveys.people.assessors import NO_PERIOD, waits_for_period
from surveys.people.roles import COUNCIL_WIDE, ROLES, Permission

# A form is read into memory whole; only a file, from somebody let in, may be larger.
LARGEST_FORM = 1_000_000


class Guard(NamedTuple):
    """A check that raises a refusal, and its name on the map of the site."""

    name: str
    check: Callable[[], None]


class Door(NamedTuple):
    blueprint: Blueprint
    guard: Guard


def pass_all() -> None:
    """Anybody may come in."""


PUBLIC = Guard("public", pass_all)


def require_sign_in() -> None:
    if not current_user.is_authenticated:
        raise SignInNeeded("Sign in to see this page.")


SIGNED_IN = Guard("signed in", require_sign_in)


def allowed(permission: Permission) -> bool:
    """Whether the signed-in user may do this for at least one service (for all, where it is council-wide)."""
    # Not through the proxy each time: every page of the console asks this of two dozen rooms.
    user = current_user._get_current_object()
    if not user.is_authenticated or waits_for_period(user):
        return False
    return any(
        permission in ROLES[grant.role] and (grant.service_id is None or permission not in COUNCIL_WIDE)
        for grant in user.grants
    )


def services_allowed(permission: Permission) -> frozenset[int] | None:
    """The services for which the signed-in user may do this; None means all of them."""
    granted = [grant.service_id for grant in current_user.grants if permission in ROLES[grant.role]]
    return None if None in granted else frozenset(service for service in granted if service is not None)


def may(permission: Permission) -> Guard:
    def check() -> None:
        require_sign_in()
        if waits_for_period(current_user):
            raise NotAllowed(NO_PERIOD)
        if not allowed(permission):
            raise NotAllowed(f"Your account may not {permission.value}. Ask an administrator if you need to.")

    return Guard(permission.value, check)


def init_guards(app: Flask, doors: tuple[Door, ...]) -> None:
    """Register each blueprint together with its guard; a request that no guard knows is not found."""
    app.url_map.converters["int"] = RowNumber
    guards = {door.blueprint.name: door.guard for door in doors}
    for door in doors:
        app.register_blueprint(door.blueprint)
    app.jinja_env.globals.update(allowed=allowed, Permission=Permission)

    def guard() -> None:
        if request.endpoint is None or request.endpoint == "bootstrap.static":
            return
        found = guards.get(request.blueprint or "")
        if found is None:
            raise NotFound("There is no such page.")
        if found is PUBLIC or request.mimetype != "multipart/form-data":
            request.max_content_length = LARGEST_FORM
        found.check()

    # First of all, before the form's token is looked for: nobody's file is read who may not send one.
    app.before_request_funcs.setdefault(None, []).insert(0, guard)
