"""flask audit ...: the whole of the audit trail and its seals, checked."""

import click

from surveys.core.commands import Commands
from surveys.evidence.verifying.verify import faults

audit = Commands("audit", help="The audit trail and its seals.")


@audit.command("verify")
def verify() -> None:
    """Walk the audit chain and compute every seal again; exit with 1 where anything was changed."""
    found = 0
    for fault in faults():
        found += 1
        click.echo(fault.words)
    if found:
        raise SystemExit(1)
    click.echo("The audit chain holds: no entry was changed, removed or reordered.")
    click.echo("Every seal holds: sealed answers and draws are what they were.")
    click.echo("Every pack and publication is the file that was made.")
