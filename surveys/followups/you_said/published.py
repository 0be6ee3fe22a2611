"""What the public reads: improvements that somebody approved, with quotations that still are, and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from surveys.core.clock import today
from surveys.core.db import db
from surveys.followups.improvements.figures import Found, done_ones, read_effects
from surveys.followups.improvements.models import Improvement, ImprovementState, Publishing
from surveys.followups.improvements.questions import measured_questions
from surveys.followups.improvements.reading import quotations_of
from surveys.people.models import Service
from surveys.questionnaires.kinds import Words
from surveys.rates.months import Month
from surveys.rates.protection import View
from surveys.rates.protection_rules import too_small_to_publish, whole_percent
from surveys.rates.protection_tables import Counts
from surveys.rates.recounts import RATING

# The newest ones; what was done years ago is no news.
MOST = 30


@dataclass(frozen=True)
class Told:
    """One improvement as everybody may read it. done: its month. share: whole percent. question None: the rating."""

    id: int
    title: str
    said: str
    did: str
    quotations: tuple[str, ...]
    service: str | None
    service_id: int | None
    done: Month | None
    share: int | None
    question: Words | None
    found: Found | None


def told_to_all(service_id: int | None = None, numbers: Sequence[int] | None = None, most: int = MOST) -> list[Told]:
    """What is published, of one service or of all, the newest first; numbers: only these of them."""
    i = Improvement
    query = sa.select(i, Service.name).outerjoin(Service, Service.id == i.service_id)
    query = query.where(i.publishing == Publishing.PUBLISHED, i.state != ImprovementState.DROPPED)
    if service_id is not None:
        query = query.where(i.service_id == service_id)
    if numbers is not None:
        query = query.where(i.id.in_(numbers))
    rows = db.session.execute(query.order_by(i.approved_at.desc(), i.id.desc()).limit(most)).all()
    effects = read_effects(done_ones(one for one, _ in rows), today(), View.PUBLICATION)
    quotations = quotations_of([one.id for one, _ in rows])
    texts = {key: one.text for key, one in measured_questions().items()} if effects else {}
    return [told(one, service, quotations[one.id], effects.get(one.id), texts) for one, service in rows]


def told(
    one: Improvement, service: str | None, quotations: Sequence[str], found: Found | None, texts: Mapping[str, Words]
) -> Told:
    return Told(
        id=one.id,
        title=one.title,
        said=one.said,
        did=one.did,
        quotations=tuple(quotations),
        service=service,
        service_id=one.service_id,
        done=Month.of(one.done_on) if one.done_on else None,
        share=published_share(one.share_count, one.share_base),
        question=None if one.question == RATING else texts.get(one.question),
        found=found,
    )


def published_share(count: int | None, base: int | None) -> int | None:
    """The share of comments, where it is of enough of them to be published."""
    if count is None or not base or too_small_to_publish(Counts(count, base, base)):
        return None
    return whole_percent(count, base)


def services_told() -> list[tuple[str, str]]:
    """(short name, name) of every service with something to read."""
    published = sa.select(Improvement.service_id).where(Improvement.publishing == Publishing.PUBLISHED)
    query = sa.select(Service.slug, Service.name).where(Service.id.in_(published)).order_by(Service.name)
    return [(row.slug, row.name) for row in db.session.execute(query)]
