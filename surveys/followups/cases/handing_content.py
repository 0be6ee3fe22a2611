"""What the complaints system is given of a case: its facts, the redacted comments, and an address only with consent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from surveys.comments.texts.models import Comment, CommentState
from surveys.contacts.models import Channel, Contact
from surveys.core.db import db
from surveys.followups.cases.models import Case, CaseKind
from surveys.people.models import Service
from surveys.questionnaires.kinds import Satisfaction


@dataclass(frozen=True)
class HandedCase:
    """phone and email are None without consent, and where the contact had none."""

    number: int
    kind: CaseKind
    service: str
    channel: Channel
    day: date
    rating: Satisfaction | None
    acknowledge_by: date
    answer_by: date
    reference: str | None
    consent: bool
    phone: str | None = field(repr=False)
    email: str | None = field(repr=False)
    comments: Sequence[str] = field(repr=False)


def read_handed(case_ids: Sequence[int]) -> list[HandedCase]:
    """In the order of their numbers; two queries, however many there are."""
    c = Case
    with_consent = sa.and_(Contact.id == c.contact_id, c.consent, c.erased_at.is_(None))
    query = (
        sa.select(c, Service.slug, Contact.phone, Contact.email)
        .join(Service, Service.id == c.service_id)
        .outerjoin(Contact, with_consent)
        .where(c.id.in_(case_ids))
        .order_by(c.id)
    )
    found, comments = db.session.execute(query).all(), redacted_comments(case_ids)
    return [
        HandedCase(
            number=case.id,
            kind=case.kind,
            service=slug,
            channel=case.channel,
            day=case.day,
            rating=case.satisfaction,
            acknowledge_by=case.acknowledge_by,
            answer_by=case.answer_by,
            reference=case.complaint_reference,
            consent=case.consent,
            phone=phone,
            email=email,
            comments=comments.get(case.id, ()),
        )
        for case, slug, phone, email in found
    ]


def redacted_comments(case_ids: Sequence[int]) -> dict[int, list[str]]:
    """The redacted words behind each case, by its number; what was let go is not there."""
    query = (
        sa.select(Case.id, Comment.redacted)
        .join(Comment, Comment.response_id == Case.response_id)
        .where(Case.id.in_(case_ids), Comment.state != CommentState.LET_GO)
        .order_by(Comment.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for number, redacted in db.session.execute(query):
        found[number].append(str(redacted))
    return found
