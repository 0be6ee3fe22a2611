"""Makers for publications: months of ratings and contacts put straight into the figures that publications read."""

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

import sqlalchemy as sa
from flask import current_app

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.evidence.publishing.models import Publication
from surveys.evidence.publishing.publish import draft_of, publish
from surveys.evidence.publishing.quarters import Quarter
from surveys.people.models import Service
from surveys.rates.months import Month
from surveys.rates.page_counts import DISPOSITION_COLUMNS, OUTCOME_COLUMNS
from surveys.rates.page_models import ContactTotal, RatingFigure
from surveys.rates.statistics import Rate
from tests.makers.people import make_service

SUMMER = Quarter(Month(2026, 7))
MOMENT = datetime(2026, 11, 20, 10, tzinfo=UTC)
# (service, channel, month): satisfied, base, do not know.
Ratings = dict[tuple[str, Channel, Month], Rate]
NAMES = {"bins": "Bins and recycling", "parking": "Parking", "rent": "Rent", "tax": "Council tax"}
CHANNELS = (Channel.PHONE, Channel.WEB, Channel.EMAIL)


def some_ratings(number: int = 1, quarter: Quarter = SUMMER) -> Ratings:
    """Four services by three channels: many answers, few, and none; the same for the same number."""
    chance, found = Random(number), {}
    for service in NAMES:
        for channel in CHANNELS:
            typical = chance.choice([3, 8, 30, 120])
            for month in quarter.months:
                base = chance.randint(typical // 2, typical * 2)
                satisfied = sum(chance.random() < 0.8 for _ in range(base))
                found[service, channel, month] = Rate(satisfied, base, chance.randint(0, 1 + base // 10))
    return found


def with_late_answers(ratings: Ratings, number: int) -> Ratings:
    """The same some weeks later: most got none or a few, some a pile by post."""
    chance, found = Random(-number), {}
    for key, rate in ratings.items():
        late = chance.choice([0, 0, 0, 1, 2, 5, 15, 40])
        satisfied, unsure = chance.randint(0, late), chance.choice([0, 0, 1, 8])
        found[key] = Rate(rate.satisfied + satisfied, rate.base + late, rate.do_not_know + unsure)
    return found


def make_figures(ratings: Ratings) -> None:
    """These ratings, and ten contacts for each answer, in the place of any of the same months."""
    services = make_services({service for service, _, _ in ratings})
    months = {month.first for _, _, month in ratings}
    with transaction():
        for model in (RatingFigure, ContactTotal):
            db.session.execute(sa.delete(model).where(model.month.in_(months)))
        for (service, channel, month), rate in ratings.items():
            place = {"month": month.first, "service_id": services[service], "channel": channel}
            if rate.all_base:
                db.session.add(RatingFigure(**place, **rate._asdict()))
            db.session.add(ContactTotal(**place, **contact_counts(rate)))


def make_services(slugs: set[str]) -> dict[str, int]:
    there = dict(db.session.execute(sa.select(Service.slug, Service.id)).all())
    db.session.rollback()
    for slug in sorted(slugs - there.keys()):
        there[slug] = make_service(slug, NAMES.get(slug, slug.capitalize())).id
    return there


def contact_counts(rate: Rate) -> dict[str, int]:
    counts = dict.fromkeys((*OUTCOME_COLUMNS.values(), *DISPOSITION_COLUMNS.values()), 0)
    asked = 4 * rate.all_base
    return counts | {"selected": asked, "not_drawn": 5 * rate.all_base, "opted_out": 2, "complete": rate.all_base}


def publish_now(quarter: Quarter = SUMMER, why: str | None = None, moment: datetime = MOMENT) -> int:
    """Publish what stands now, as the page does; returns the version."""
    draft = draft_of(quarter, moment)
    with transaction():
        settings = current_app.extensions["settings"]
        made = publish(draft, draft.issue.figures.digest, why, settings, None, moment)
        return made.version


def stored(version: int, quarter: Quarter = SUMMER) -> Mapping[str, object]:
    query = sa.select(Publication.tables).where(Publication.quarter == quarter.first.first)
    found: Mapping[str, object] = db.session.scalars(query.where(Publication.version == version)).one()
    return found
