"""The figures that improvements are measured by, read for a page of them at once: cut and summed in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from surveys.answers.models import UNDRAWN
from surveys.core.db import db
from surveys.followups.improvements.effect import Effect, effect_for_everybody, effect_for_managers, windows_of
from surveys.followups.improvements.models import Improvement, ImprovementState
from surveys.followups.improvements.questions import Measured, measured_questions
from surveys.followups.improvements.wordings import read_wordings
from surveys.rates.cube import Cube, read_cube
from surveys.rates.models import MonthFigure
from surveys.rates.months import Month
from surveys.rates.places import part_of
from surveys.rates.protection import View
from surveys.rates.recounts import RATING, MonthCell
from surveys.rates.scope import Scope, within
from surveys.rates.series import Series
from surveys.rates.statistics import Rate

# What a chart shows before the month in which it was done.
CHARTED_BEFORE = 9


@dataclass(frozen=True)
class Done:
    """What is measured of an improvement that was done: of whom, by which question, since when."""

    id: int
    title: str
    series: Series
    question: str
    done_on: date

    def meets(self, other: "Done") -> bool:
        """Whether some of its contacts may be the other's."""
        return (self.series.service is None or other.series.service in (None, self.series.service)) and (
            self.series.channel is None or other.series.channel in (None, self.series.channel)
        )


@dataclass(frozen=True)
class Found:
    """The effect of one improvement, and what else was done within the months that it is measured by."""

    effect: Effect
    beside: tuple[Done, ...]


def read_effects(done: Sequence[Done], today: date, view: View, months_before: int = 0) -> dict[int, Found]:
    """By number, in seven queries however many they are. months_before: months to show ahead of those compared."""
    if not done:
        return {}
    spans = {one.id: windows_of(one.done_on, today) for one in done}
    first = min(windows.before[0] for windows in spans.values()).plus(-months_before)
    last = max(windows.last for windows in spans.values())
    named = {one.series.service for one in done}
    services = None if None in named else frozenset(service for service in named if service is not None)
    cubes = read_cubes(Scope(first, last, services), {one.question for one in done})
    wordings, others = read_wordings(), done_between(first, last)
    effect_of = effect_for_managers if view is View.MANAGERS else effect_for_everybody
    found: dict[int, Found] = {}
    for one in done:
        windows = spans[one.id]
        by_month = months_of(cubes, one, windows.before[0].plus(-months_before), windows.last)
        near = (windows.before[0].first, windows.last.last)
        beside = tuple(o for o in others if o.id != one.id and o.meets(one) and near[0] <= o.done_on <= near[1])
        switched = wordings.switched(one.series)
        effect = effect_of(windows, by_month, wordings.broken(one.series, one.question) | switched)
        found[one.id] = Found(replace(effect, another=effect.broken in switched), beside)
    return found


def months_of(cubes: Mapping[str, Cube], one: Done, first: Month, last: Month) -> dict[Month, Rate]:
    cube = cubes.get(one.question)
    found = part_of(cube, one.series).by_month if cube else {}
    return {month: rate for month, rate in found.items() if first <= month <= last}


def read_cubes(scope: Scope, questions: Collection[str]) -> dict[str, Cube]:
    """The good answers to each question by month, service and channel."""
    found = {RATING: read_cube(scope)} if RATING in questions else {}
    known = measured_questions()
    others = [known[question] for question in questions if question in known and question != RATING]
    return found | (read_answers(scope, others) if others else {})


def read_answers(scope: Scope, questions: Sequence[Measured]) -> dict[str, Cube]:
    """As the ratings are read, for questions of other kinds; of the drawn only, in one query."""
    f = MonthFigure
    keys = (f.question, f.month, f.service_id, f.channel, f.code)
    query = sa.select(*keys, sa.func.sum(f.count)).where(
        f.question.in_([one.key for one in questions]), f.mode.not_in(UNDRAWN)
    )
    measured = {one.key: one for one in questions}
    rates: dict[str, dict[MonthCell, Rate]] = defaultdict(dict)
    for question, month, service, channel, code, count in db.session.execute(within(query.group_by(*keys), f, scope)):
        one, cell = measured[question], (Month.of(month), service, channel)
        was, good = rates[question].get(cell, Rate(0, 0, 0)), code in one.good
        if good or code in one.others:
            rates[question][cell] = Rate(was.satisfied + good * int(count), was.base + int(count), 0)
    return {question: Cube(found, {}) for question, found in rates.items()}


def done_between(first: Month, last: Month) -> list[Done]:
    query = sa.select(Improvement).where(Improvement.done_on.between(first.first, last.last))
    return done_ones(db.session.scalars(query.order_by(Improvement.done_on, Improvement.id)))


def done_ones(improvements: Iterable[Improvement]) -> list[Done]:
    """Those of them that were done, as they are measured."""
    return [
        Done(one.id, one.title, Series(one.service_id, one.channel), one.question, one.done_on)
        for one in improvements
        if one.state is ImprovementState.DONE and one.done_on is not None
    ]
