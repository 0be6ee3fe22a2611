"""flask rates ..."""

import click

from surveys.core.commands import Commands
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
    found = check()
    for drift in found.drifts:
        click.echo(f"{' / '.join(drift.key)}: stored {drift.stored}, recount {drift.recount}")
    if found.waiting:
        click.echo(f"{found.waiting:,} responses wait for the next roll-up; their days and months were not compared.")
    if found.drifts:
        raise click.ClickException(f"{len(found.drifts):,} figures differ. Mend them with: flask rates recount")
    click.echo(f"{found.figures:,} figures equal a recount of the answers and contacts.")
