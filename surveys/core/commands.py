"""flask worker: the process that does queued and periodic work."""

import logging

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command("worker")
@click.option("--threads", default=2, show_default=True, help="Pieces of work at a time.")
@with_appcontext
def worker(threads: int) -> None:
    """Do queued and periodic work until stopped. Any number may run; a second scheduler does no harm."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    huey = current_app.extensions["huey"]
    click.echo(f"Worker started with {threads} threads.")
    huey.create_consumer(workers=threads, periodic=True, worker_type="thread", max_delay=1.0).run()
