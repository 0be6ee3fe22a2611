"""flask contacts ..."""

from pathlib import Path

import click

from surveys.contacts.columns import positions_of
from surveys.contacts.intake import DEFAULT_SOURCE, faults_of, load_batch, note_progress, open_batch
from surveys.contacts.models import BatchState, ImportBatch
from surveys.core.clock import now
from surveys.core.commands import Commands
from surveys.core.db import transaction

contacts = Commands("contacts", help="Who got in touch.")
SHOWN = 20


@contacts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default=DEFAULT_SOURCE, show_default=True, help="The system the file came from.")
@click.option("--create-services", is_flag=True, help="Make services the file names and we do not know.")
def import_file(file: Path, source: str, create_services: bool) -> None:
    """Load a CSV file of contacts. Faults are told by line; good rows go in; the same file twice adds nothing."""
    with transaction():
        batch = open_batch(file, file.name, source, create_services)
        positions_of(tuple(batch.mapping["header"]), batch.mapping["columns"])
        # No sweep may take it up: the file is here and not in the database.
        batch.state, batch.claimed_at, batch_id = BatchState.READING, now(), batch.id
    with click.progressbar(length=100, label="Loading") as bar:

        def report(done: int, lines: int) -> None:
            bar.update(min(99, done * 100 // max(lines, 1)) - bar.pos)
            note_progress(batch_id, done, lines)

        batch = load_batch(batch_id, report, file)
        bar.update(100 - bar.pos)
    tell(batch)


def tell(batch: ImportBatch) -> None:
    if batch.state is BatchState.REFUSED:
        raise click.ClickException(batch.refusal or "The file was refused.")
    click.echo(f"{batch.rows:,} rows: {batch.accepted:,} new, {batch.known:,} known already, {batch.rejected:,} faulty")
    for line, column, message in faults_of(batch.id, SHOWN):
        click.echo(f"  line {line}{f', {column}' if column else ''}: {message}")
    if batch.rejected > SHOWN:
        click.echo(f"  all faults: flask contacts faults {batch.id}")


@contacts.command("faults")
@click.argument("batch_id", type=int)
def faults(batch_id: int) -> None:
    """Print every fault of a loaded file, one a line."""
    for line, column, message in faults_of(batch_id):
        click.echo(f"line {line}{f', {column}' if column else ''}: {message}")
