"""flask followups ..."""

import click
from flask import current_app

from surveys.core.clock import today
from surveys.core.commands import Commands, tell
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
    waits = "cases wait for the next count; their services and months were not compared."
    tell(check_cases(today(), nation()), waits, "cases", "flask followups recount")


def nation() -> Nation:
    return hours_of(current_app.extensions["settings"]).nation
