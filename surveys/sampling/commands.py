"""flask sampling ..."""

import click

from surveys.core.clock import now
from surveys.core.commands import Commands
from surveys.core.db import transaction
from surveys.sampling.draw import draw
from surveys.sampling.queries import explain
from surveys.sampling.tasks import reach

sampling = Commands("sampling", help="Who is asked.")


@sampling.command("draw")
def draw_now() -> None:
    """Draw every contact that was loaded and not drawn yet."""
    with transaction():
        counts = draw(now(), reach())
    if not counts:
        click.echo("Nothing to draw.")
    for outcome, count in counts.items():
        click.echo(f"{outcome.value.replace('_', ' ')}: {count:,}")


@sampling.command("why")
@click.argument("reference")
@click.option("--source", default="crm", show_default=True)
def why(reference: str, source: str) -> None:
    """Say why a contact was asked, or was not."""
    found = explain(source, reference)
    if found is None:
        raise click.ClickException("No contact with this reference was loaded from this source.")
    click.echo(found.reason)
    if found.number is not None:
        click.echo(f"number {found.number}, rate {found.rate}, plan commitment {found.plan and found.plan.commitment}")
