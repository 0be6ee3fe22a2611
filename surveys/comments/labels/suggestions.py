"""Whether labels are to be called suggestions: nobody knows yet how good they are."""

import sqlalchemy as sa

from surveys.comments.labels.models import Correction
from surveys.core.db import db

SUGGESTED = 300


def suggestions_only() -> bool:
    """Whether people have checked fewer comments than a council needs to see how far its labels can be trusted."""
    checked = sa.select(Correction.comment_id).distinct().limit(SUGGESTED).subquery()
    return (db.session.scalar(sa.select(sa.func.count()).select_from(checked)) or 0) < SUGGESTED
