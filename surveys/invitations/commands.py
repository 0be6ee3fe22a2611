"""flask invitations ..."""

import click

from surveys.core.clock import now
from surveys.core.commands import Commands
from surveys.core.db import transaction
from surveys.invitations.invite import invite, media_of
from surveys.invitations.outbox import send_due
from surveys.invitations.policy import sending_rules, when
from surveys.invitations.queries import counts_by_state
from surveys.messaging.senders import senders

invitations = Commands("invitations", help="How residents are asked.")


@invitations.command("send")
@click.option("--limit", type=int, help="Send no more than this many.")
def send(limit: int | None) -> None:
    """Make the invitations that are wanting and send what is due."""
    with transaction():
        made = invite(now(), media_of(dict(senders())), when())
    accepted = send_due(senders(), limit=limit, rules=sending_rules())
    click.echo(f"{made:,} invitations made, {accepted:,} accepted by the senders.")
    for state, count in counts_by_state().items():
        click.echo(f"  {state.value.replace('_', ' ')}: {count:,}")
