"""Praise passed on to the team that earned it: found, passed on once, and counted as evidence.

Nothing here names a person. Who may read comments as they were written tells a colleague who is named by word of mouth.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from nlp.comments import Sentiment
from nlp.redaction.redact import redact
from nlp.redaction.types import Kind, RedactedText
from surveys.answers.models import Answer, Response
from surveys.comments.texts.models import Comment, CommentState
from surveys.comments.texts.queries import Listed, Place, Wanted, listed, newest_first
from surveys.comments.texts.reach import Reach
from surveys.comments.urgent.models import UrgentComment
from surveys.contacts.models import Channel, Contact
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.refusals import Conflict, Gone, NotFound, Refused
from surveys.followups.compliments.models import Compliment
from surveys.invitations.models import Invitation
from surveys.people.audit import record
from surveys.people.models import Service

# Praise of a season ago is no news to a team.
FRESH = timedelta(days=92)
A_PAGE = 25
MOST_PASSED_ON = 20
LONGEST_TEAM = 80


@dataclass(frozen=True)
class Praise:
    """A comment that nobody passed on yet. team: the one its contact was with, as far as that was loaded."""

    comment: Listed
    service_id: int
    team: str


@dataclass(frozen=True)
class Page:
    """next is None on the last page."""

    praise: Sequence[Praise]
    next: Place | None


@dataclass(frozen=True)
class PassedOn:
    """A compliment that was passed on; comment_id is None once its comment was erased."""

    id: int
    service: str
    team: str
    on: date
    comment_id: int | None


@dataclass(frozen=True)
class Note:
    """A compliment as its team reads it. text is None where it is no longer kept."""

    passed_on: PassedOn
    channel: Channel | None
    day: date | None
    text: RedactedText | None


def read_praise(services: frozenset[int] | None, theme: str | None, today: date, after: Place | None = None) -> Page:
    """Positive comments of the last three months, the newest first. Three queries."""
    wanted = Wanted(Reach(today - FRESH, today, services, None), theme=theme, sentiment=Sentiment.POS)
    query = newest_first(wanted, [passable()]).add_columns(Comment.service_id)
    if after:
        query = query.where(sa.tuple_(Comment.day, Comment.id) < sa.tuple_(sa.literal(after.day), after.number))
    rows = db.session.execute(query.limit(A_PAGE + 1)).all()
    shown = rows[:A_PAGE]
    teams = teams_of([row.id for row in shown])
    praise = [
        Praise(comment, row.service_id, teams.get(row.id, ""))
        for comment, row in zip(listed(shown), shown, strict=True)
    ]
    more = Place(shown[-1].day, shown[-1].id) if len(rows) > A_PAGE else None
    return Page(praise, more)


def passable() -> sa.ColumnElement[bool]:
    """Not passed on before, and nobody still has to look whether it is urgent."""
    u = UrgentComment
    passed_on = sa.exists().where(Compliment.comment_id == Comment.id)
    urgent = sa.exists().where(u.comment_id == Comment.id, u.closed_at.is_(None))
    return sa.and_(~passed_on, ~urgent)


def teams_of(numbers: Collection[int]) -> dict[int, str]:
    """The team that each of these comments' contacts was with; nothing else of the contact is read."""
    query = (
        sa.select(Comment.id, Contact.team)
        .join(Response, Response.id == Comment.response_id)
        .join(Invitation, Invitation.id == Response.invitation_id)
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(Comment.id.in_(numbers), Contact.team != "")
    )
    return {number: team for number, team in db.session.execute(query) if not names_somebody(team)}


def names_somebody(team: str) -> bool:
    return any(found.kind is Kind.NAME for found in redact(team).found)


def pass_on(number: int, team: str, services: frozenset[int] | None, user_id: int, moment: datetime) -> int:
    """Keep that this comment goes to this team; returns the compliment's number. services: None means all of them."""
    comment = held_praise(number, services)
    team = team_named(team)
    if db.session.scalar(sa.select(sa.exists().where(Compliment.comment_id == number))):
        raise Conflict("A colleague has passed this comment on already.")
    compliment = Compliment(
        comment_id=number,
        service_id=comment.service_id,
        team=team,
        passed_on_at=moment,
        passed_on_by=user_id,
    )
    db.session.add(compliment)
    db.session.flush()
    record("praise passed on", f"compliment:{compliment.id}", at=moment, comment=number)
    return compliment.id


def team_named(typed: str) -> str:
    """A team as it was typed, without needless spaces. Raises Refused where it is none."""
    team = " ".join(typed.split())
    if not team:
        raise Refused("Enter the name of the team that earned the praise.")
    if len(team) > LONGEST_TEAM:
        raise Refused(f"Enter the name of the team in {LONGEST_TEAM} characters or less.")
    if names_somebody(team):
        raise Refused("Enter the name of a team, not of a person.")
    return team


def held_praise(number: int, services: frozenset[int] | None) -> Comment:
    """The comment, with nobody else changing it; only one that may be passed on as praise."""
    query = sa.select(Comment).where(Comment.id == number).with_for_update()
    comment = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if comment is None or (services is not None and comment.service_id not in services):
        raise NotFound("There is no such comment, or it is about a service that your account does not cover.")
    if comment.state is CommentState.LET_GO:
        raise Gone("The text of this comment is no longer kept, so it cannot be passed on.")
    if comment.sentiment != Sentiment.POS:
        raise Refused("This comment is not labelled as positive. Somebody must check its labels first.")
    u, a = UrgentComment, Answer
    if db.session.scalar(sa.select(sa.exists().where(u.comment_id == number, u.closed_at.is_(None)))):
        raise Refused("This comment waits on the urgent list. Nothing of it is passed on before somebody closed that.")
    anew = sa.exists().where(a.response_id == comment.response_id, a.question == comment.question, a.unread)
    if db.session.scalar(sa.select(anew)):
        raise Conflict("The resident has just changed this comment. Read it as it is now, in a minute.")
    return comment


def newest_passed_on(services: frozenset[int] | None) -> Sequence[PassedOn]:
    """The last few that were passed on. One query."""
    query = compliments(services).order_by(Compliment.passed_on_at.desc(), Compliment.id.desc()).limit(MOST_PASSED_ON)
    return [told(row) for row in db.session.execute(query)]


def note_numbered(number: int, services: frozenset[int] | None) -> Note:
    """What its team reads, scanned once more on its way. Raises NotFound where it is of none of these services."""
    c = Comment
    query = compliments(services).add_columns(c.channel, c.day, c.redacted).outerjoin(c, c.id == Compliment.comment_id)
    row = db.session.execute(query.where(Compliment.id == number)).one_or_none()
    if row is None:
        raise NotFound("There is no such compliment, or it is about a service that your account does not cover.")
    return Note(told(row), row.channel, row.day, redact(row.redacted).text if row.redacted else None)


def compliments(services: frozenset[int] | None) -> sa.Select[*tuple[object, ...]]:
    m = Compliment
    query = sa.select(m.id, Service.name, m.team, m.passed_on_at, m.comment_id).join(
        Service, Service.id == m.service_id
    )
    return query if services is None else query.where(m.service_id.in_(services))


def told(row: sa.Row[*tuple[object, ...]]) -> PassedOn:
    return PassedOn(row.id, row.name, row.team, day_of(row.passed_on_at), row.comment_id)
