"""All that a week's emails are written from, read once for everybody: what each gets is cut in memory."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.texts.models import Comment
from surveys.comments.themes.models import ThemeFigure
from surveys.comments.urgent.models import UrgentComment
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.followups.cases.models import OPEN, Case, CaseState
from surveys.followups.emails.charts import MONTHS, StandsOut, standing_out
from surveys.invitations.models import Invitation, InvitationState, SendingSwitch
from surveys.rates.baselines import every_baseline, newest_of
from surveys.rates.contacted import Outcomes, Population, read_outcomes, read_population
from surveys.rates.cube import Cube, Pair, read_cube
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from surveys.rates.series import Series
from surveys.rates.targets import SetTarget, every_target, in_force
from surveys.rates.wordings import read_rating_wordings

A_WEEK = timedelta(days=7)
# How many comments of a service have this label and this sentiment.
ThemeCounts = Mapping[int, Mapping[tuple[str, str], int]]


@dataclass(frozen=True)
class Charted:
    """The ratings of two years and of every baseline, and the months that stand out; two queries and the wordings."""

    cube: Cube
    standing_out: Sequence[StandsOut]


@dataclass(frozen=True)
class Urgents:
    """Urgent comments of one service: how many wait, and how many came within the week."""

    waiting: int
    new: int


@dataclass(frozen=True)
class Cases:
    """Cases of one service: opened and closed within the week; open now, and how many of these ran late."""

    new: int = 0
    closed: int = 0
    open: int = 0
    late: int = 0


@dataclass(frozen=True)
class Sending:
    paused: bool
    uncertain: int


@dataclass(frozen=True)
class Week:
    """running is this month, last the one before it; outcomes and targets are of the last. labels: of themes."""

    running: Month
    last: Month
    charted: Charted
    population: Population
    outcomes: Mapping[Pair, Outcomes]
    targets: Mapping[Series, SetTarget]
    themes: ThemeCounts
    labels: Mapping[str, str]
    urgents: Mapping[int, Urgents]
    cases: Mapping[int, Cases]
    sending: Sending


def read_week(moment: datetime) -> Week:
    """Fourteen queries, however many readers, services and answers there are."""
    running = Month.of(day_of(moment))
    last = running.plus(-1)
    held = in_force(every_target(), [last])
    return Week(
        running=running,
        last=last,
        charted=read_charted(running),
        population=read_population(Scope(last, running)),
        outcomes=read_outcomes(Scope(last, last)),
        targets={series: by_month[last] for series, by_month in held.items()},
        themes=read_theme_counts(last),
        labels={label.name: label.label for label in frame_in_force().labels},
        urgents=read_urgents(moment - A_WEEK),
        cases=read_cases(moment),
        sending=read_sending(),
    )


def read_charted(running: Month) -> Charted:
    baselines = newest_of(every_baseline())
    first = min([running.plus(1 - MONTHS), *(one.first_month for one in baselines.values())])
    cube = read_cube(Scope(first, running))
    wordings = read_rating_wordings()
    return Charted(cube, standing_out(cube, baselines, lambda series: wordings.of_series(series).breaks, running))


def read_theme_counts(first: Month) -> ThemeCounts:
    f = ThemeFigure
    query = sa.select(f.service_id, f.label, f.sentiment, sa.func.sum(f.count)).where(f.day >= first.first)
    found: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for service, label, sentiment, count in db.session.execute(query.group_by(f.service_id, f.label, f.sentiment)):
        found[service][label, sentiment] += int(count)
    return found


def read_urgents(since: datetime) -> Mapping[int, Urgents]:
    """Those not closed, by service."""
    u = UrgentComment
    new = sa.func.sum(sa.case((u.raised_at >= since, 1), else_=0))
    query = sa.select(Comment.service_id, sa.func.count(), new).join(Comment, Comment.id == u.comment_id)
    query = query.where(u.closed_at.is_(None)).group_by(Comment.service_id)
    return {service: Urgents(waiting, int(fresh)) for service, waiting, fresh in db.session.execute(query)}


def read_cases(moment: datetime) -> Mapping[int, Cases]:
    """By service; of what was over before the week nothing is counted."""
    c, since, today = Case, moment - A_WEEK, day_of(moment)
    is_open = c.state.in_(OPEN)
    late = sa.or_(sa.and_(is_open, c.answer_by < today), sa.and_(c.state == CaseState.NEW, c.acknowledge_by < today))
    query = sa.select(
        c.service_id, *(counting(one) for one in (c.opened_at >= since, c.closed_at >= since, is_open, late))
    )
    query = query.where(sa.or_(c.opened_at >= since, c.closed_at >= since, is_open)).group_by(c.service_id)
    return {service: Cases(*map(int, counts)) for service, *counts in db.session.execute(query)}


def counting(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def read_sending() -> Sending:
    i = Invitation
    uncertain = sa.select(sa.func.count()).select_from(i).where(i.state == InvitationState.UNCERTAIN)
    paused = sa.exists().where(SendingSwitch.paused_at.is_not(None))
    row = db.session.execute(sa.select(paused, uncertain.scalar_subquery())).one()
    return Sending(bool(row[0]), int(row[1]))
