"""Improvements: what residents said, and what is done about it. Planning one, and changing it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from surveys.comments.quotations.lists import Quoted, approved_quotations
from surveys.comments.texts.reach import Reach
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.followups.cases.models import Case
from surveys.followups.improvements.models import (
    Improvement,
    ImprovementCase,
    ImprovementQuotation,
    ImprovementState,
    Publishing,
)
from surveys.followups.improvements.sources import Granted, Source, share_of_comments
from surveys.people.audit import record
from surveys.rates.series import Series
from surveys.rates.targets import owners_of

LONGEST_TITLE, LONGEST_WORDS = 120, 600
MOST_QUOTATIONS = 3


class NotFitting(Refused):
    """What was typed does not fit together; field names where the form says so."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


class ChangedMeanwhile(Conflict):
    """Somebody saved it after this form was opened."""


@dataclass(frozen=True)
class Typed:
    """What the form of an improvement says, each value already of its type."""

    title: str
    said: str = field(repr=False)
    did: str = field(repr=False)
    series: Series
    question: str
    owner_id: int
    due_on: date
    state: ImprovementState
    done_on: date | None
    quotations: frozenset[int] = frozenset()


def plan(typed: Typed, source: Source, granted: Granted, by: int, moment: datetime) -> int:
    """Keep a new one; returns its number. Runs in a transaction."""
    check_fits(typed, source.theme, granted, moment)
    check_cases(source.cases, typed.series)
    share = share_of_comments(source.theme, typed.series, day_of(moment)) if source.theme else None
    improvement = Improvement(
        came_from=source.came_from,
        theme=source.theme,
        signal_id=source.signal_id,
        share_count=share[0] if share else None,
        share_base=share[1] if share else None,
        publishing=Publishing.DRAFT,
        made_at=moment,
        made_by=by,
    )
    put(typed, improvement)
    db.session.add(improvement)
    db.session.flush()
    db.session.add_all(ImprovementCase(improvement_id=improvement.id, case_id=case) for case in source.cases)
    attach(improvement.id, typed.quotations)
    told = {"came_from": source.came_from.value, "cases": list(source.cases), **audited(typed)}
    record("improvement planned", f"improvement:{improvement.id}", at=moment, **told)
    return improvement.id


def change(number: int, granted: Granted, edition: int, typed: Typed, moment: datetime) -> None:
    """Save it anew. Whatever it was published as, somebody has to approve it again.

    Raises ChangedMeanwhile where it is not the edition that the form showed.
    """
    improvement = held(number, granted)
    if improvement.edition != edition:
        raise ChangedMeanwhile("Somebody changed this improvement while you had it open.")
    check_fits(typed, improvement.theme, granted, moment)
    check_cases(cases_of(number), typed.series)
    if improvement.theme and typed.series != Series(improvement.service_id, improvement.channel):
        share = share_of_comments(improvement.theme, typed.series, day_of(improvement.made_at))
        improvement.share_count, improvement.share_base = share or (None, None)
    was = improvement.publishing
    put(typed, improvement)
    make_draft(improvement)
    attach(number, typed.quotations)
    record("improvement changed", f"improvement:{number}", at=moment, was=was.value, **audited(typed))


def audited(typed: Typed) -> dict[str, Any]:
    """What the trail has of it: no words."""
    return {"state": typed.state.value, "series": typed.series.code, "owner": typed.owner_id}


def put(typed: Typed, improvement: Improvement) -> None:
    improvement.title, improvement.said, improvement.did = typed.title, typed.said, typed.did
    improvement.service_id, improvement.channel = typed.series
    improvement.question, improvement.owner_id, improvement.due_on = typed.question, typed.owner_id, typed.due_on
    improvement.state, improvement.done_on = typed.state, typed.done_on


def make_draft(improvement: Improvement) -> None:
    """Nobody has approved what it is from now on."""
    improvement.publishing = Publishing.DRAFT
    improvement.proposed_by = improvement.approved_by = improvement.approved_at = None
    improvement.edition += 1
    db.session.flush()


def attach(number: int, quotations: frozenset[int]) -> None:
    """These quotations and no others."""
    q = ImprovementQuotation
    db.session.execute(sa.delete(q).where(q.improvement_id == number))
    db.session.add_all(q(improvement_id=number, quotation_id=one) for one in sorted(quotations))
    db.session.flush()


def check_fits(typed: Typed, theme: str | None, granted: Granted, moment: datetime) -> None:
    """Raises NotFitting, in words, for what the database would refuse or should not be said."""
    if not typed.series.within(granted):
        raise NotFitting("service", "Select a service that your account covers")
    if (typed.state is ImprovementState.DONE) != (typed.done_on is not None):
        raise NotFitting("done_on", "Enter the day on which it was done, and only where it is done")
    if typed.done_on is not None and typed.done_on > day_of(moment):
        raise NotFitting("done_on", "The day on which it was done must be today or in the past")
    if typed.owner_id not in owners_of(typed.series):
        raise NotFitting("owner", "Select an owner who may see the figures of this service")
    if len(typed.quotations) > MOST_QUOTATIONS:
        raise NotFitting("quotations", f"Tick {MOST_QUOTATIONS} quotations or fewer")
    if not typed.quotations <= {one.id for one in quotations_for(typed.series, theme)}:
        raise NotFitting("quotations", "Tick only quotations about the service that you selected")


def check_cases(cases: Sequence[int], series: Series) -> None:
    if series.service is None or not cases:
        return
    others = sa.select(Case.id).where(Case.id.in_(cases), Case.service_id != series.service)
    if db.session.scalar(others.limit(1)):
        raise NotFitting("service", "Select the service that the cases are about")


def cases_of(number: int) -> list[int]:
    c = ImprovementCase
    return list(db.session.scalars(sa.select(c.case_id).where(c.improvement_id == number).order_by(c.case_id)))


def quotations_for(series: Series, theme: str | None, granted: Granted = None) -> Sequence[Quoted]:
    """What may be ticked: approved quotations of the service, about the theme where it came from one."""
    services = granted if series.service is None else frozenset({series.service})
    return approved_quotations(Reach(date.min, date.max, services, None), theme)


def held(number: int, granted: Granted) -> Improvement:
    """The improvement, with nobody else changing it. Raises NotFound outside what was granted."""
    query = sa.select(Improvement).where(Improvement.id == number).with_for_update()
    improvement = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if improvement is None or not Series(improvement.service_id).within(granted):
        raise NotFound("There is no such improvement, or it is about a service that your account does not cover.")
    return improvement
