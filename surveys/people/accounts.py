"""Users and services: made, changed, found. Every change leaves an audit entry."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.people.assessors import refuse_other_roles
from surveys.people.audit import record
from surveys.people.models import Grant, Service, User
from surveys.people.passwords import check_password_rules, hash_password
from surveys.people.roles import Role

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
EMAIL = re.compile(r"^[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]{2,}$")


def add_user(email: str, name: str, password: str, grants: Iterable[tuple[Role, int | None]]) -> User:
    """Make an account. grants: (role, service id), None for every service. Raises Conflict where it exists."""
    email, name = email.strip().lower(), name.strip()
    if not 1 <= len(name) <= 80:
        raise Refused("Enter a name of 80 characters or less")
    if len(email) > 254 or not EMAIL.fullmatch(email):
        raise Refused("Enter an email address in the correct format, like name@example.gov.uk")
    if db.session.scalar(sa.select(User.id).where(User.email == email)):
        raise Conflict("There is already a user with this email address.")
    check_password_rules(password, email)
    grants = list(grants)
    refuse_other_roles(role for role, _ in grants)
    user = User(email=email, name=name, password_hash=hash_password(password), created_at=now())
    user.grants = [Grant(role=role, service_id=service) for role, service in dict.fromkeys(grants)]
    db.session.add(user)
    db.session.flush()
    record("user added", f"user:{user.id}", roles=grants_in_words(user.grants))
    return user


def change_user(user: User, name: str, active: bool, grants: Iterable[tuple[Role, int | None]]) -> None:
    before = grants_in_words(user.grants)
    wanted = dict.fromkeys(grants)
    refuse_other_roles(role for role, _ in wanted)
    keeps_administrator = active and (Role.ADMINISTRATOR, None) in wanted
    if not keeps_administrator and is_last_administrator(user):
        raise Refused("This is the only administrator. Make somebody else an administrator first.")
    was_active, renamed = user.active, name.strip() != user.name
    user.grants = []
    db.session.flush()
    user.name, user.active = name.strip(), active
    user.grants = [Grant(role=role, service_id=service) for role, service in wanted]
    if not active:
        user.session_number += 1
    db.session.flush()
    after = grants_in_words(user.grants)
    told: dict[str, Any] = {"before": before, "after": after, "was_active": was_active, "active": active}
    record("user changed", f"user:{user.id}", **told | ({"renamed": True} if renamed else {}))


def set_password(user: User, password: str) -> None:
    """Give a new password; every session of this user ends."""
    check_password_rules(password, user.email)
    user.password_hash = hash_password(password)
    user.session_number += 1
    record("password set", f"user:{user.id}")


def is_last_administrator(user: User) -> bool:
    others = (
        sa.select(sa.func.count())
        .select_from(User)
        .join(Grant)
        .where(User.active, Grant.role == Role.ADMINISTRATOR, Grant.service_id.is_(None), User.id != user.id)
    )
    is_one = any(g.role is Role.ADMINISTRATOR and g.service_id is None for g in user.grants)
    return is_one and not db.session.scalar(others)


def grants_in_words(grants: Sequence[Grant]) -> list[str]:
    return sorted(f"{grant.role.value}:{grant.service_id or 'all'}" for grant in grants)


def find_user(user_id: int) -> User:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("There is no such user.")
    return user


def all_users() -> Sequence[User]:
    return db.session.scalars(sa.select(User).order_by(User.name)).all()


def slug_of(name: str) -> str:
    """A service's short name from what a file calls it: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))[:60].strip("-")


def name_of(slug: str, called: str) -> str:
    """What people read for a service that a file named: its own words, or the short name made readable."""
    return slug.replace("-", " ").capitalize() if called.strip() == slug else called.strip()[:80]


def add_service(slug: str, name: str, area: str = "") -> Service:
    if not SLUG.fullmatch(slug):
        raise Refused("Short name must be lower case letters, numbers and hyphens, like “council-tax”.")
    if db.session.scalar(sa.select(Service.id).where(Service.slug == slug)):
        raise Conflict("There is already a service with this short name.")
    service = Service(slug=slug, name=name.strip(), area=area.strip(), active=True)
    db.session.add(service)
    db.session.flush()
    record("service added", f"service:{service.id}", **in_words(service))
    return service


def change_service(service: Service, name: str, area: str, active: bool) -> None:
    before = in_words(service)
    service.name, service.area, service.active = name.strip(), area.strip(), active
    db.session.flush()
    was = {f"{name}_before": value for name, value in before.items() if value != in_words(service)[name]}
    record("service changed", f"service:{service.id}", **in_words(service), **was)


def in_words(service: Service) -> dict[str, Any]:
    """What the audit trail keeps: contacts of a service not in use are excluded from the draw."""
    return {"slug": service.slug, "name": service.name, "area": service.area, "active": service.active}


def find_service(service_id: int) -> Service:
    service = db.session.get(Service, service_id)
    if service is None:
        raise NotFound("There is no such service.")
    return service


def all_services() -> Sequence[Service]:
    return db.session.scalars(sa.select(Service).order_by(Service.name)).all()
