"""flask rates ..."""

import click

from surveys.core.commands import Commands, tell
from surveys.core.db import transaction
from surveys.rates.checking import check
from surveys.rates.roll_up import recount_everything

rates = Commands("rates", help="What the answers come to.")


@rates.command("recount")
def recount() -> None:
    """Count every answer and contact again and replace all figures."""
    with transaction():
        figures = recount_everything()
    click.echo(f"{figures:,} figures counted from the answers and contacts.")


@rates.command("check")
def check_figures() -> None:
    """Compare every figure with a recount; exit with 1 where one differs."""
    waits = "responses wait for the next roll-up; their days and months were not compared."
    tell(check(), waits, "answers and contacts", "flask rates recount")
