"""The way down from a point of a chart: the anonymous answers that it counts, as they were chosen.

Nothing here leads to a person: no number of a row, no moment and no day, no words, no equality answer. Answers come
in an order that has nothing to do with when they were given.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN, Answer, Response
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.core.refusals import NotFound, Refused
from surveys.core.tokens import key_for
from surveys.questionnaires.kinds import FIVE_POINTS, Satisfaction
from surveys.rates.models import MonthFigure
from surveys.rates.months import Month
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS
from surveys.rates.recounts import RATING, counted_in
from surveys.rates.scope import Scope, within

PAGE = 50
# Row numbers times a secret factor, modulo a prime: a fixed order that tells outsiders nothing, within 63 bits.
PRIME = 2_147_483_647


@dataclass(frozen=True)
class AnonymousAnswer:
    """One response: the rating, and the other chosen answers by question."""

    rating: Satisfaction
    codes: Mapping[str, str]


@dataclass(frozen=True)
class AnswersPage:
    """Up to 50 answers. after: what to ask the next page with, None on the last one."""

    answers: Sequence[AnonymousAnswer]
    after: int | None


def answers_behind(scope: Scope, month: Month, service: int, channel: Channel, after: int = 0) -> AnswersPage:
    """The answers of the drawn behind one point.

    Raises NotFound outside the scope, and Refused where the base is too small to be shown. after: of the page before.
    """
    if not scope.has(month, service, channel):
        raise NotFound("There is no such figure.")
    one = Scope(month, month, frozenset({service}), frozenset({channel}))
    if base_of(one) < SMALLEST_FOR_MANAGERS:
        raise Refused(f"Fewer than {SMALLEST_FOR_MANAGERS} people answered, so their answers are not shown.")
    found = read_some(month, service, channel, after)
    codes = codes_of([row.id for row in found[:PAGE]])
    return AnswersPage(
        answers=[AnonymousAnswer(row.satisfaction, codes[row.id]) for row in found[:PAGE]],
        after=found[PAGE - 1].place if len(found) > PAGE else None,
    )


def base_of(one: Scope) -> int:
    f = MonthFigure
    query = sa.select(counted_in(FIVE_POINTS)).where(f.question == RATING, f.mode.not_in(UNDRAWN))
    return int(db.session.scalar(within(query, f, one)) or 0)


def read_some(month: Month, service: int, channel: Channel, after: int) -> Sequence[Any]:
    r = Response
    place = (sa.cast(r.id, sa.BigInteger) * factor() % PRIME).label("place")
    query = (
        sa.select(r.id, r.satisfaction, place)
        .where(r.service_id == service, r.channel == channel, r.day.between(month.first, month.last))
        .where(r.mode.not_in(UNDRAWN), r.satisfaction.is_not(None), place > after)
        .order_by(place)
        .limit(PAGE + 1)
    )
    return db.session.execute(query).all()


def factor() -> int:
    return int.from_bytes(key_for("way down")[:8], "big") % (PRIME - 1) + 1


def codes_of(responses: Sequence[int]) -> dict[int, dict[str, str]]:
    """The chosen answers of these responses, the rating left out."""
    a = Answer
    query = sa.select(a.response_id, a.question, a.code).where(
        a.response_id.in_(responses), a.code.is_not(None), a.question != RATING
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in db.session.execute(query.order_by(a.question)):
        found[row.response_id][row.question] = row.code
    return found
