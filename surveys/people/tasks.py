"""Periodic housekeeping of the people package."""

from datetime import timedelta

import sqlalchemy as sa

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import task
from surveys.people.models import SignInFailure


@task("people.forget_failures", every_minutes=30)
def forget_failures() -> None:
    """Let go of failed sign-ins older than an hour."""
    with transaction():
        db.session.execute(sa.delete(SignInFailure).where(SignInFailure.at < now() - timedelta(hours=1)))
