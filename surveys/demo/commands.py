"""flask demo ..."""

import click
from flask_migrate import upgrade

from surveys.core.clock import now
from surveys.core.commands import Commands
from surveys.core.refusals import Refused
from surveys.demo.load import Wanted, is_loaded, load_council
from surveys.demo.opinions import TURNS
from surveys.demo.run import end, refuse_taken_port, serve, start, wait_until_ready
from surveys.demo.users import table_of_users

demo = Commands("demo", help="A made-up council.")


@demo.command("load")
@click.option("--contacts", default=60_000, show_default=True, help="How many contacts to make up.")
@click.option("--days", default=730, show_default=True, help="Over how many days, up to yesterday.")
@click.option("--seed", default=1, show_default=True, help="The same seed on the same day makes the same contacts.")
def load(contacts: int, days: int, seed: int) -> None:
    """Fill an empty database with a made-up council. Stop the worker first: it would draw with today's date."""
    wanted = Wanted(contacts, days, seed, now())
    with click.progressbar(length=contacts, label="Making up a council") as bar:
        load_council(wanted, bar.update)
    click.echo(f"{contacts:,} made-up contacts from {wanted.first_day} to {wanted.newest_day}.")
    for turn in TURNS.values():
        way = "better" if turn.after > turn.before else "worse"
        click.echo(f"{turn.service.capitalize()} gets {way} from {turn.starts_on(wanted.newest_day):%B %Y}.")
    click.echo("\nSign in as:\n" + "\n".join(table_of_users()))


@demo.command("run")
@click.option("--port", default=8000, show_default=True)
@click.option("--contacts", default=60_000, show_default=True, help="How many contacts to make up at the first start.")
def run(port: int, contacts: int) -> None:
    """Set the made-up council up where it is not there yet, and serve it on this machine until stopped."""
    address = f"http://127.0.0.1:{port}"
    refuse_taken_port(port)
    upgrade()
    if not is_loaded():
        with click.progressbar(length=contacts, label="Making up a council") as bar:
            load_council(Wanted(contacts, 730, 1, now()), bar.update)
    processes = start(port)
    try:
        wait_until_ready(address, processes)
    except Refused:
        end(processes)
        raise
    click.echo("\n".join(["", *table_of_users(), "", f"Fairly is at {address} (Ctrl+C ends it)."]))
    serve(processes)
