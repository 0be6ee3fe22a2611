"""What a user wants by email."""

import sqlalchemy as sa

from surveys.core.db import db
from surveys.followups.emails.models import EmailChoice
from surveys.people.audit import record


def choice_of(user_id: int) -> EmailChoice:
    """All of it, where they never chose."""
    found = db.session.scalars(sa.select(EmailChoice).where(EmailChoice.user_id == user_id)).one_or_none()
    return found or EmailChoice(user_id=user_id, weekly=True, signals=True)


def choose(user_id: int, weekly: bool, signals: bool) -> None:
    """Runs in a transaction."""
    choice = choice_of(user_id)
    choice.weekly, choice.signals = weekly, signals
    db.session.add(choice)
    db.session.flush()
    record("emails chosen", f"user:{user_id}", weekly=weekly, signals=signals)
