"""flask people ... and flask services ..."""

import click

from surveys.core.commands import Commands
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.people.accounts import add_service, add_user, all_services
from surveys.people.roles import Role

people = Commands("people", help="Users and their roles.")
services = Commands("services", help="The council's services.")


@people.command("add")
@click.argument("email")
@click.option("--name", prompt=True, help="How staff know this person.")
@click.option("--role", "roles", type=click.Choice([r.value for r in Role]), multiple=True, required=True)
@click.option("--service", "slugs", multiple=True, help="Short name of a service; without it, all services.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
def add(email: str, name: str, roles: tuple[str, ...], slugs: tuple[str, ...], password: str) -> None:
    """Add a user with one or more roles."""
    with transaction():
        known = {service.slug: service.id for service in all_services()}
        if unknown := [slug for slug in slugs if slug not in known]:
            raise Refused(f"There is no service “{unknown[0]}”. There are: {', '.join(sorted(known)) or 'none'}.")
        wanted: list[int | None] = [known[slug] for slug in slugs] or [None]
        add_user(email, name, password, [(Role(role), service) for role in roles for service in wanted])
    click.echo("User added.")


@services.command("add")
@click.argument("slug")
@click.option("--name", prompt=True)
@click.option("--area", default="")
def new_service(slug: str, name: str, area: str) -> None:
    """Add a service by its short name, like council-tax."""
    with transaction():
        add_service(slug, name, area)
    click.echo("Service added.")
