"""The rows that are sealed, read in constant memory as the values that leaves are made of."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from proof.leaves import SealedDraw, SealedResponse
from surveys.answers.models import UNDRAWN, Answer, Response
from surveys.contacts.models import Contact
from surveys.core.clock import start_of
from surveys.core.db import db
from surveys.evidence.seals.models import ResponseSeal
from surveys.invitations.models import Invitation
from surveys.people.models import Service
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.sampling.models import Draw, Outcome, SamplingPlan

AT_ONCE = 2_000
# No page of a kiosk or poster lives as long, so what nobody completed by then stays as it is.
UNDRAWN_CLOSES_AFTER = timedelta(days=2)


class Row(NamedTuple):
    """A closed response with its number and when it closed."""

    id: int
    closed_at: datetime
    sealed: SealedResponse


def unsealed_responses(until: datetime) -> Iterator[Row]:
    """Every response that closed before this moment and has no seal, in the order in which they closed."""
    seal = sa.exists().where(ResponseSeal.response_id == Response.id)
    return with_answers(closing().where(closed_at() < until, ~seal).order_by(closed_at(), Response.id))


def sealed_responses(day: date) -> Iterator[Row]:
    """The responses sealed on a day that are still there."""
    s = ResponseSeal
    return with_answers(closing().join(s, s.response_id == Response.id).where(s.day == day).order_by(Response.id))


def closed_at() -> sa.ColumnElement[datetime]:
    """When nothing could be added any more: completed, the link expired, or erased by the person."""
    r, moment = Response, Response.started_at.type
    waited = sa.case(
        (r.mode.in_(UNDRAWN), after(UNDRAWN_CLOSES_AFTER)),
        else_=r.started_at,
    )
    return sa.func.coalesce(r.completed_at, Invitation.expires_at, waited, type_=moment)


def after(wait: timedelta) -> sa.ColumnElement[datetime]:
    """So long after a response began, in this database's words."""
    started = Response.started_at
    if db.engine.dialect.name == "sqlite":
        # The same form as SQLAlchemy stores moments in, so that they compare as text.
        shifted = sa.func.strftime("%Y-%m-%d %H:%M:%f000", started, f"+{int(wait.total_seconds())} seconds")
        return sa.type_coerce(shifted, started.type)
    return started + sa.literal(wait, sa.Interval())


def closing() -> sa.Select[*tuple[Any, ...]]:
    r, v, q = Response, QuestionnaireVersion, Questionnaire
    version = (q.slug + "/" + sa.cast(v.number, sa.String)).label("version")
    columns = (r.id, r.day, r.channel, r.mode, r.completed_at, Service.slug.label("service"), version)
    query = sa.select(*columns, closed_at().label("closed_at")).outerjoin(Invitation, Invitation.id == r.invitation_id)
    return (
        query.join(Service, Service.id == r.service_id)
        .join(v, v.id == r.version_id)
        .join(q, q.id == v.questionnaire_id)
    )


def with_answers(query: sa.Select[*tuple[Any, ...]]) -> Iterator[Row]:
    rows = iter(db.session.execute(query.execution_options(yield_per=AT_ONCE)))
    while chunk := list(islice(rows, AT_ONCE)):
        answers = answers_of([row.id for row in chunk])
        for row in chunk:
            yield Row(row.id, row.closed_at, sealed_response(row, answers.get(row.id, {})))


def answers_of(responses: Collection[int]) -> dict[int, dict[str, str]]:
    a, found = Answer, dict[int, dict[str, str]]()
    query = sa.select(a.response_id, a.question, a.code).where(a.response_id.in_(responses), a.code.is_not(None))
    for response, question, code in db.session.execute(query):
        found.setdefault(response, {})[question] = str(code)
    return found


def sealed_response(row: sa.Row[*tuple[Any, ...]], answers: dict[str, str]) -> SealedResponse:
    return SealedResponse(
        day=row.day,
        service=row.service,
        channel=row.channel.value,
        mode=row.mode.value,
        version=row.version,
        completed=row.completed_at is not None,
        answers=answers,
    )


def draws_between(first: date, last: date) -> Iterator[tuple[datetime, SealedDraw]]:
    """(when it was drawn, the draw) of every contact drawn on these council days, the first to the last."""
    began, ended = start_of(first), start_of(last + timedelta(days=1))
    within = (Draw.outcome.in_(list(Outcome)), Draw.drawn_at >= began, Draw.drawn_at < ended)
    for row in db.session.execute(drawn().where(*within).order_by(Draw.drawn_at).execution_options(yield_per=AT_ONCE)):
        yield row.drawn_at, sealed_draw(row)


def drawn() -> sa.Select[*tuple[Any, ...]]:
    c, d = Contact, Draw
    columns = (d.drawn_at, c.day, c.channel, c.source, c.external_ref, d.rate, d.outcome, SamplingPlan.commitment)
    query = sa.select(*columns, Service.slug.label("service")).join(c, c.id == d.contact_id)
    return query.join(Service, Service.id == c.service_id).outerjoin(SamplingPlan, SamplingPlan.id == d.plan_id)


def sealed_draw(row: sa.Row[*tuple[Any, ...]]) -> SealedDraw:
    return SealedDraw(
        day=row.day,
        service=row.service,
        channel=row.channel.value,
        source=row.source,
        reference=row.external_ref,
        plan=row.commitment,
        rate=row.rate,
        outcome=row.outcome.value,
    )
