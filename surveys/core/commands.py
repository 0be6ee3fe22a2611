"""flask worker, and what all our commands share: a refusal is words on the terminal, never a stack trace."""

import logging

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import OperationalError, ProgrammingError

from surveys.core.drifts import Check
from surveys.core.refusals import Refused

NOT_READY = "The database did not answer as it should. Check DATABASE_URL, then bring it up to date: flask db upgrade"


class Commands(AppGroup):
    """A group of commands that tells refusals, and a database that is not ready, in words."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            raise click.ClickException(refusal.words) from refusal
        except (OperationalError, ProgrammingError) as error:
            raise click.ClickException(NOT_READY) from error


def tell(found: Check, waits: str, counted: str, mend: str) -> None:
    """What a check of figures found. Raises ClickException where one differs, with the command that mends it."""
    for drift in found.drifts:
        click.echo(f"{' / '.join(drift.key)}: stored {drift.stored}, recount {drift.recount}")
    if found.waiting:
        click.echo(f"{found.waiting:,} {waits}")
    if found.drifts:
        raise click.ClickException(f"{len(found.drifts):,} figures differ. Mend them with: {mend}")
    click.echo(f"{found.figures:,} figures equal a recount of the {counted}.")


@click.command("worker")
@click.option("--threads", default=2, show_default=True, help="Pieces of work at a time.")
@with_appcontext
def worker(threads: int) -> None:
    """Do queued and periodic work until stopped. Any number may run; a second scheduler does no harm."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    huey = current_app.extensions["huey"]
    click.echo(f"Worker started with {threads} threads.")
    huey.create_consumer(workers=threads, periodic=True, worker_type="thread", max_delay=1.0).run()
