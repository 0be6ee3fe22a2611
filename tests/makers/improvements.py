"""Makers of improvements, and of approved quotations for them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from surveys.comments.quotations.approving import approve, propose
from surveys.contacts.models import Channel
from surveys.core.clock import day_of, now
from surveys.core.db import db, transaction
from surveys.followups.improvements.models import (
    CameFrom,
    Improvement,
    ImprovementCase,
    ImprovementQuotation,
    ImprovementState,
    Publishing,
)
from surveys.people.models import Service
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.months import Month
from surveys.rates.recounts import RATING
from surveys.rates.roll_up import roll_up
from tests.makers.comments import comment_of, read_all, write
from tests.makers.people import make_user
from tests.rates.made import make_response

GOOD, BAD = Satisfaction.FAIRLY_SATISFIED, Satisfaction.VERY_DISSATISFIED


def make_improvement(
    service: Service | None = None,
    by: int | None = None,
    approved_by: int | None = None,
    quotations: Sequence[int] = (),
    cases: Sequence[int] = (),
    **columns: Any,
) -> int:
    """A draft that is being done, unless told otherwise; returns its number. approved_by: it is published."""
    by = by or make_user(email=f"writer{now():%f}{db.session.query(Improvement).count()}@example.gov.uk").id
    db.session.rollback()
    usual: dict[str, Any] = {
        "title": "Shorter waits on the phone",
        "service_id": service.id if service else None,
        "question": RATING,
        "came_from": CameFrom.OTHER,
        "said": "It took too long to get through.",
        "did": "Six more people answer the phone in the morning.",
        "owner_id": by,
        "due_on": day_of(now()),
        "state": ImprovementState.DONE if columns.get("done_on") else ImprovementState.DOING,
        "publishing": Publishing.DRAFT,
        "made_at": now(),
        "made_by": by,
    }
    if approved_by:
        published = {"approved_by": approved_by, "approved_at": now(), "proposed_by": by}
        usual |= published | {"publishing": Publishing.PUBLISHED}
    with transaction():
        improvement = Improvement(**usual | columns)
        db.session.add(improvement)
        db.session.flush()
        one = improvement.id
        db.session.add_all(ImprovementQuotation(improvement_id=one, quotation_id=number) for number in quotations)
        db.session.add_all(ImprovementCase(improvement_id=one, case_id=number) for number in cases)
    return one


def improvement_of(number: int) -> Improvement:
    """As it stands in the database now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Improvement, number)


def make_quotation(by: int, words: str = "waited for forty minutes", service: str = "parking") -> int:
    """An approved one, among ten comments of its month; returns its number."""
    day = date(2026, 3, 10)
    responses = [write(f"I {words} number {n}." if n else f"I {words}.", service=service, day=day) for n in range(10)]
    read_all()
    comment = comment_of(responses[0]).id
    with transaction():
        number = propose(comment, words, by, now())
    with transaction():
        approve(number, by, now())
    return number


def make_rated(service: int, month: Month, satisfied: int, base: int, channel: Channel = Channel.PHONE) -> None:
    """So many answers of a month, rolled up."""
    moment: datetime = now()
    with transaction():
        for n in range(base):
            make_response(service, GOOD if n < satisfied else BAD, month.first, channel)
    with transaction():
        roll_up(moment)
