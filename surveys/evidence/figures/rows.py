"""The rows of a pack that lead to nobody: anonymised answers, the frame with its draw, and the leaves beside them.

All are read as they were sealed, in an order that has nothing to do with when anything came, in constant memory.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from proof.leaves import SealedDraw, SealedResponse, draw_leaf
from surveys.answers.models import UNDRAWN, Answer, EqualityAnswer, Response
from surveys.contacts.models import Contact
from surveys.core.clock import day_of, start_of
from surveys.core.db import db
from surveys.evidence.figures.periods import PackPeriod, day_after
from surveys.evidence.seals.models import DrawLeaf, ResponseSeal
from surveys.evidence.seals.rows import AT_ONCE, answers_of, closing, drawn, draws_between, sealed_draw, sealed_response
from surveys.people.models import Service
from surveys.sampling.models import Draw

# Fewer of one group might be recognised, whatever they answered.
FEWEST_OF_A_GROUP = 10
HIDDEN_GROUP = "small_groups"


class Answered(NamedTuple):
    """A response of the period and the day it was sealed."""

    sealed_on: date
    response: SealedResponse


class GroupCount(NamedTuple):
    """How many of one group gave one rating. code is "small_groups" for those that are too small to be told apart."""

    item: str
    code: str
    rating: str
    responses: int


def answered(period: PackPeriod) -> Iterator[Answered]:
    s, r = ResponseSeal, Response
    query = closing().join(s, s.response_id == r.id).add_columns(s.day.label("sealed_on"))
    query = query.where(r.day.between(period.starts_on, period.ends_on), s.day <= period.answers_to)
    query = query.order_by(r.day, Service.slug, r.channel, s.leaf, r.id)
    rows = iter(db.session.execute(query.execution_options(yield_per=AT_ONCE)))
    while chunk := list(islice(rows, AT_ONCE)):
        answers = answers_of([row.id for row in chunk])
        for row in chunk:
            yield Answered(row.sealed_on, sealed_response(row, answers.get(row.id, {})))


def question_keys(period: PackPeriod) -> Sequence[str]:
    """Every question with a chosen answer in the period, in order."""
    query = sa.select(Answer.question).distinct().join(Response, Response.id == Answer.response_id)
    query = query.where(Answer.code.is_not(None), Response.day.between(period.starts_on, period.ends_on))
    return db.session.scalars(query.order_by(Answer.question)).all()


def other_answers(period: PackPeriod) -> Iterator[tuple[date, bytes]]:
    """The leaves that were sealed on the period's days of sealing and are of other periods, or let go since."""
    s, r = ResponseSeal, Response
    within = sa.and_(r.id == s.response_id, r.day.between(period.starts_on, period.ends_on))
    days = sa.select(s.day).join(r, within).where(s.day <= period.answers_to).distinct()
    query = sa.select(s.day, s.leaf).where(s.day.in_(days), ~sa.exists().where(within))
    for row in db.session.execute(query.order_by(s.day, s.leaf).execution_options(yield_per=AT_ONCE)):
        yield row.day, row.leaf


def group_counts(period: PackPeriod) -> list[GroupCount]:
    """Ratings of the drawn by what they told of themselves, each item by itself so that none can be joined."""
    r, e, s = Response, EqualityAnswer, ResponseSeal
    rating = sa.type_coerce(r.satisfaction, sa.String(40)).label("rating")
    query = sa.select(e.item, e.code, rating, sa.func.count().label("n"))
    query = query.join(r, r.id == e.response_id).join(s, s.response_id == r.id)
    query = query.where(r.day.between(period.starts_on, period.ends_on), s.day <= period.answers_to)
    query = query.where(r.satisfaction.is_not(None), r.mode.not_in(UNDRAWN)).group_by(e.item, e.code, rating)
    rows = db.session.execute(query.order_by(e.item, e.code, rating)).all()
    sizes: dict[tuple[str, str], int] = {}
    for item, code, _, count in rows:
        sizes[item, code] = sizes.get((item, code), 0) + count
    found: dict[tuple[str, str, str], int] = {}
    for item, code, rated, count in rows:
        told = code if sizes[item, code] >= FEWEST_OF_A_GROUP else HIDDEN_GROUP
        found[item, told, rated] = found.get((item, told, rated), 0) + count
    return [GroupCount(*key, count) for key, count in sorted(found.items())]


def frame(period: PackPeriod) -> Iterator[tuple[date, SealedDraw]]:
    """(the day it was drawn, the draw) of each contact of the period."""
    c = Contact
    query = drawn().where(c.day.between(period.starts_on, period.ends_on), Draw.drawn_at < sealed_before(period))
    query = query.order_by(c.day, c.source, c.external_ref)
    for row in db.session.execute(query.execution_options(yield_per=AT_ONCE)):
        yield day_of(row.drawn_at), sealed_draw(row)


def sealed_before(period: PackPeriod) -> Any:
    return start_of(day_after(period.draws_to))


def other_draws(period: PackPeriod) -> Iterator[tuple[date, bytes]]:
    """The leaves of draws that were made on the period's days of drawing, of contacts of other periods or let go."""
    query = sa.select(sa.func.min(Draw.drawn_at), sa.func.max(Draw.drawn_at)).join(
        Contact, Contact.id == Draw.contact_id
    )
    query = query.where(Contact.day.between(period.starts_on, period.ends_on), Draw.drawn_at < sealed_before(period))
    first, last = db.session.execute(query).one()
    if first is None:
        return
    all_draws = draws_between(day_of(first), day_of(last))
    for day, group in groupby(all_draws, key=lambda one: day_of(one[0])):
        draws = [draw for _, draw in group]
        others = [draw_leaf(draw) for draw in draws if not period.starts_on <= draw.day <= period.ends_on]
        if len(others) == len(draws):
            continue
        kept = db.session.scalars(sa.select(DrawLeaf.leaf).where(DrawLeaf.day == day)).all()
        for leaf in sorted([*others, *kept]):
            yield day, leaf
