"""Makers of written answers, and of comments as the pipeline reads and labels them, with a small model."""

from datetime import date, datetime

import sqlalchemy as sa
from flask import current_app

from surveys.answers.models import Answer, Mode, Response
from surveys.comments.labels.labelling import label_some
from surveys.comments.labels.stored_models import REMEMBERED, champion_id, keep_first
from surveys.comments.reading.first_look import read_some
from surveys.comments.texts.models import Comment
from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.models import Service
from surveys.questionnaires.kinds import Satisfaction
from surveys.questionnaires.queries import publish_default_if_none
from tests.makers.people import make_service
from tests.nlp.trained import small_model

DAY = date(2026, 3, 10)
ALL = 10_000


def keep_small_champion() -> int:
    """The small model labels comments from now on, unless another does; returns the number of whoever does."""
    with transaction():
        found = champion_id()
        if found is None:
            # Its bytes need not be read again: they are what they were made from.
            found = keep_first(small_model(), now()).id
            current_app.extensions[REMEMBERED] = {found: small_model()}
    return found


def service_id(slug: str = "parking") -> int:
    """The service's number; it is made where it is not there yet."""
    found = db.session.scalar(sa.select(Service.id).where(Service.slug == slug))
    db.session.rollback()
    return found or make_service(slug, slug.capitalize()).id


def write(
    words: str,
    service: str = "parking",
    channel: Channel = Channel.PHONE,
    day: date = DAY,
    rating: Satisfaction = Satisfaction.FAIRLY_SATISFIED,
    question: str = "why",
    given_at: datetime | None = None,
    version_id: int | None = None,
) -> int:
    """An answer in words that nobody has read yet, with its response, whose number is returned."""
    at, of = given_at or now(), service_id(service)
    with transaction():
        response = Response(
            version_id=version_id or publish_default_if_none().id,
            service_id=of,
            channel=channel,
            day=day,
            mode=Mode.WEB,
            language="en",
            started_at=at,
            completed_at=at,
            satisfaction=rating,
        )
        db.session.add(response)
        db.session.flush()
        rated = Answer(response_id=response.id, question="overall", code=rating.value, given_at=at)
        db.session.add_all(
            [rated, Answer(response_id=response.id, question=question, words=words, unread=True, given_at=at)]
        )
        return response.id


def rewrite(response_id: int, words: str, question: str = "why", given_at: datetime | None = None) -> None:
    """The resident comes back and writes this instead, or the same again."""
    changed = sa.update(Answer).where(Answer.response_id == response_id, Answer.question == question)
    with transaction():
        db.session.execute(changed.values(words=words, unread=True, given_at=given_at or now()))


def read_all(moment: datetime | None = None) -> int:
    with transaction():
        return read_some(moment or now(), ALL)


def label_all(moment: datetime | None = None) -> int:
    keep_small_champion()
    with transaction():
        return label_some(moment or now(), ALL)


def make_comment(words: str, *, labelled: bool = True, **given: object) -> int:
    """A comment as the pipeline leaves it; returns its number. given: see write."""
    response_id = write(words, **given)  # type: ignore[arg-type]  # handed on as they came
    read_all()
    if labelled:
        label_all()
    return comment_of(response_id).id


def comment_of(response_id: int, question: str = "why") -> Comment:
    """As it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    query = sa.select(Comment).where(Comment.response_id == response_id, Comment.question == question)
    return db.session.scalars(query).one()
