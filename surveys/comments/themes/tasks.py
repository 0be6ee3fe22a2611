"""Counting themes by the queue."""

from surveys.comments.themes.figures import roll_up_themes
from surveys.core.db import transaction
from surveys.core.queue import task


@task("comments.count", every_minutes=1)
def count_new() -> None:
    with transaction():
        roll_up_themes()
