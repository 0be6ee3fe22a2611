"""How the answers came in: by page, by text, through an officer. Ways of answering differ in themselves."""

from collections import defaultdict

import sqlalchemy as sa

from surveys.answers.models import Mode
from surveys.core.db import db
from surveys.questionnaires.kinds import FIVE_POINTS
from surveys.rates.codes import counts_of_drawn
from surveys.rates.months import Month
from surveys.rates.recounts import RATING
from surveys.rates.scope import Scope


def read_modes(scope: Scope) -> dict[Month, dict[Mode, int]]:
    """Answers on the five points by month and mode, of those who were drawn, in one query."""
    f = counts_of_drawn(scope).subquery().c
    query = sa.select(f.month, f.mode, sa.func.sum(f.n)).where(f.question == RATING)
    query = query.where(f.code.in_([point.value for point in FIVE_POINTS])).group_by(f.month, f.mode)
    found: dict[Month, dict[Mode, int]] = defaultdict(dict)
    for month, mode, count in db.session.execute(query):
        found[Month.of(month)][mode] = int(count)
    return dict(found)
