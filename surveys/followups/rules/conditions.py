"""What a rule asks for, as a condition on responses. r is the response, i its invitation where it has one."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from surveys.answers.models import Answer, Response
from surveys.comments.texts.models import Comment
from surveys.comments.urgent.models import UrgentComment
from surveys.contacts.models import Contact
from surveys.core.db import db, is_sqlite
from surveys.followups.rules.values import Asks, Rule
from surveys.invitations.models import Invitation
from surveys.questionnaires.kinds import CONTACT_YES, SELECTED, ContactBackKind
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import published_definition

Holds = sa.ColumnElement[bool]


def first_rule(rules: Sequence[Rule], yes: Holds) -> sa.ColumnElement[int | None]:
    """The number of the first of these rules that holds for a response; NULL where none does. yes: see said_yes."""
    return sa.case(*((holds(rule.asks, yes), rule.id) for rule in rules), else_=None)


def holds(asks: Asks, yes: Holds) -> Holds:
    r = Response
    parts: list[Holds] = []
    if asks.services:
        parts.append(r.service_id.in_(asks.services))
    if asks.channels:
        parts.append(r.channel.in_(asks.channels))
    if asks.ratings:
        parts.append(r.satisfaction.in_(asks.ratings))
    if asks.contact:
        parts.append(yes)
    if asks.urgency:
        parts.append(is_urgent(asks))
    if asks.question:
        parts.append(answered(asks.question, asks.codes))
    if asks.repeat_days:
        parts.append(came_before(asks.repeat_days))
    return sa.and_(*parts)


def said_yes() -> Holds:
    """Whether a person whom we know answered yes to the question whether we may contact them."""
    a, r = Answer, Response
    asked = [
        there_is(a.response_id == r.id, a.question == key, a.code == CONTACT_YES, r.version_id.in_(versions))
        for key, versions in contact_questions().items()
    ]
    return sa.and_(r.invitation_id.is_not(None), sa.or_(sa.false(), *asked))


def contact_questions() -> dict[str, list[int]]:
    """The published versions that ask whether we may contact the person, by the key of that question.

    Definitions are read once in each process, so this is one query.
    """
    v = QuestionnaireVersion
    found: dict[str, list[int]] = {}
    for version in db.session.scalars(sa.select(v.id).where(v.published_at.is_not(None)).order_by(v.id)).all():
        for question in published_definition(version).questions:
            if isinstance(question.handler, ContactBackKind):
                found.setdefault(question.key, []).append(version)
    return found


def is_urgent(asks: Asks) -> Holds:
    """Whether one of its comments waits for a person to look, under one of these flags."""
    c, u = Comment, UrgentComment
    of_it = (c.response_id == Response.id, u.comment_id == c.id)
    return there_is(*of_it, u.flag.in_(asks.urgency), u.closed_at.is_(None))


def answered(question: str, codes: tuple[str, ...]) -> Holds:
    """An option of a question with several answers is kept as a question of its own."""
    a = Answer
    one = sa.and_(a.question == question, a.code.in_(codes))
    several = sa.and_(a.question.in_([f"{question}.{code}" for code in codes]), a.code == SELECTED)
    return there_is(a.response_id == Response.id, sa.or_(one, several))


def came_before(days: int) -> Holds:
    """Whether the same phone or mailbox got in touch with the same service in the days before this contact."""
    c, p = aliased(Contact), aliased(Contact)
    this = (c.id == Invitation.contact_id, p.service_id == c.service_id, p.id != c.id)
    when = (p.occurred_at < c.occurred_at, days_between(p, c) <= days)
    return sa.or_(
        there_is(*this, p.phone_hash == c.phone_hash, *when),
        there_is(*this, p.email_hash == c.email_hash, *when),
    )


def there_is(*which: Holds) -> Holds:
    """EXISTS, looked up row by row: PostgreSQL would rather work the whole of it out for all rows, which takes minutes.

    So what a rule asks for is looked up only where all before it holds.
    """
    return (
        sa.select(sa.literal_column("1"))
        .where(*which)
        .correlate(Response, Invitation)
        .limit(1)
        .scalar_subquery()
        .is_not(None)
    )


def days_between(earlier: type[Contact], later: type[Contact]) -> sa.ColumnElement[int]:
    if is_sqlite():
        return sa.func.julianday(later.day) - sa.func.julianday(earlier.day)
    return sa.type_coerce(later.day - earlier.day, sa.Integer())
