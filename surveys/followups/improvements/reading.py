"""Improvements as staff read them: a list, and one of them with all that belongs to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.quotations.quotable import published
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.followups.improvements.models import Improvement, ImprovementQuotation, ImprovementState, Publishing
from surveys.followups.improvements.sources import Granted
from surveys.people.models import Service, User
from surveys.rates.series import Series

A_PAGE = 50


@dataclass(frozen=True)
class Line:
    """An improvement with the names of its service and its owner. service None: of all services."""

    one: Improvement
    service: str | None
    owner: str

    @property
    def about(self) -> str:
        ways = f", {self.one.channel.label.lower()}" if self.one.channel else ""
        return f"{self.service or 'All services'}{ways}"


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; below: numbers below this one."""

    service: int | None = None
    state: ImprovementState | None = None
    publishing: Publishing | None = None
    below: int | None = None


def listed(granted: Granted, wanted: Wanted, most: int = A_PAGE) -> Sequence[Line]:
    """The newest first, one more than a page where there are more. Of the whole council's, those who see all of it."""
    query = lines().order_by(Improvement.id.desc()).limit(most + 1)
    if granted is not None:
        query = query.where(Improvement.service_id.in_(granted))
    for column, value in (
        (Improvement.service_id, wanted.service),
        (Improvement.state, wanted.state),
        (Improvement.publishing, wanted.publishing),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.below is not None:
        query = query.where(Improvement.id < wanted.below)
    return [Line(*row) for row in db.session.execute(query)]


def lines() -> sa.Select[*tuple[Any, ...]]:
    query = sa.select(Improvement, Service.name, User.name).join(User, User.id == Improvement.owner_id)
    return query.outerjoin(Service, Service.id == Improvement.service_id)


def improvement_numbered(number: int, granted: Granted) -> Line:
    row = db.session.execute(lines().where(Improvement.id == number)).one_or_none()
    if row is None or not Series(row[0].service_id).within(granted):
        raise NotFound("There is no such improvement, or it is about a service that your account does not cover.")
    return Line(*row)


def quotations_of(numbers: Sequence[int]) -> dict[int, list[str]]:
    """The words of those quotations that are still approved, by improvement, as they may be published. One query."""
    i, q = ImprovementQuotation, Quotation
    query = sa.select(i.improvement_id, q.words).join(q, q.id == i.quotation_id).order_by(i.improvement_id, q.id)
    found: dict[int, list[str]] = {number: [] for number in numbers}
    approved = query.where(i.improvement_id.in_(numbers), q.state == QuotationState.APPROVED)
    for number, words in db.session.execute(approved) if numbers else ():
        found[number].append(published(words))
    return found


def ticked(number: int) -> frozenset[int]:
    """The quotations that were chosen for it."""
    i = ImprovementQuotation
    return frozenset(db.session.scalars(sa.select(i.quotation_id).where(i.improvement_id == number)))
