"""flask followups ..."""

import click
from flask import current_app

from surveys.core.clock import today
from surveys.core.commands import Commands
from surveys.core.db import transaction
from surveys.followups.learning.checking import check_cases
from surveys.followups.learning.roll_up import recount_all_cases
from surveys.messaging.hours import Nation, hours_of

followups = Commands("followups", help="What cases come to.")


@followups.command("recount")
def recount() -> None:
    """Count every case again and replace all their figures."""
    with transaction():
        figures = recount_all_cases(today(), nation())
    click.echo(f"{figures:,} figures counted from the cases.")


@followups.command("check")
def check_figures() -> None:
    """Compare every figure of cases with a recount; exit with 1 where one differs."""
    found = check_cases(today(), nation())
    for drift in found.drifts:
        click.echo(f"{' / '.join(drift.key)}: stored {drift.stored}, recount {drift.recount}")
    if found.waiting:
        click.echo(f"{found.waiting:,} cases wait for the next count; their services and months were not compared.")
    if found.drifts:
        raise click.ClickException(f"{len(found.drifts):,} figures differ. Mend them with: flask followups recount")
    click.echo(f"{found.figures:,} figures equal a recount of the cases.")


def nation() -> Nation:
    return hours_of(current_app.extensions["settings"]).nation
