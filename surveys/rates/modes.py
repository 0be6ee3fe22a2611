"""How the answers came in: by page, by text, through an officer. Ways of answering differ in themselves."""

from collections import defaultdict

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN, Mode
from surveys.core.db import db
from surveys.questionnaires.kinds import FIVE_POINTS
from surveys.rates.models import MonthFigure
from surveys.rates.months import Month
from surveys.rates.recounts import RATING
from surveys.rates.scope import Scope, within


def read_modes(scope: Scope) -> dict[Month, dict[Mode, int]]:
    """Answers on the five points by month and mode, of those who were drawn, in one query."""
    f = MonthFigure
    query = sa.select(f.month, f.mode, sa.func.sum(f.count)).where(f.question == RATING, f.mode.not_in(UNDRAWN))
    query = query.where(f.code.in_([point.value for point in FIVE_POINTS])).group_by(f.month, f.mode)
    found: dict[Month, dict[Mode, int]] = defaultdict(dict)
    for month, mode, count in db.session.execute(within(query, f, scope)):
        found[Month.of(month)][mode] = int(count)
    return dict(found)
