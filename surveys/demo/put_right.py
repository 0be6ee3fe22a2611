"""What the made-up council put right: cases its officers worked on, and improvements that a second person approved."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import sqlalchemy as sa
from flask import current_app

from surveys.comments.labels.code_frames import frame_in_force
from surveys.core.clock import day_of
from surveys.core.db import db, table_of
from surveys.core.settings import Settings
from surveys.demo.days import ONE_DAY, WEEK, months_before
from surveys.demo.opinions import GETS_BETTER, GETS_WORSE
from surveys.evidence.publishing.publish import draft_of, publish
from surveys.evidence.publishing.quarters import Quarter
from surveys.evidence.seals.sealing import seal_through
from surveys.evidence.seals.signing import announce
from surveys.followups.cases.causes import causes
from surveys.followups.cases.models import Case, CaseKind, CaseOutcome, CaseState
from surveys.followups.cases.moves import Act, Step
from surveys.followups.handling.acts import Form, close, give, move
from surveys.followups.improvements.models import CameFrom, ImprovementState
from surveys.followups.improvements.planning import Typed, plan
from surveys.followups.improvements.publishing import approve, propose
from surveys.followups.improvements.sources import Source
from surveys.followups.learning.roll_up import count_cases
from surveys.followups.notices.escalation import escalate
from surveys.followups.notices.models import EmailState, Notice
from surveys.followups.rules.opening import open_cases
from surveys.messaging.hours import hours_of
from surveys.people.accounts import all_users
from surveys.rates.series import Series

WEEKS = 56
# What is younger waits for whoever tries the made-up council out; one in so many of the last weeks was left lying.
LEFT_FOR_YOU = timedelta(days=9)
LEFT_LYING, LYING_SINCE = 6, 6 * WEEK
MANAGER, OFFICER, REVIEWER = "manager@demo.example", "officer@demo.example", "reviewer@demo.example"
ENDS = (
    (CaseOutcome.PUT_RIGHT, "Rang, said sorry and put it right the same day.", 46),
    (CaseOutcome.EXPLAINED, "Explained by email why it took so long and what happens next.", 30),
    (CaseOutcome.NOT_REACHED, "Rang three times on different days. No answer.", 10),
    (CaseOutcome.NOTHING_TO_DO, "The service had put it right before we rang.", 14),
)


@dataclass(frozen=True)
class Told:
    """An improvement in the words that the public reads."""

    title: str
    said: str
    did: str


BINS = Told(
    "A team of its own for missed bins",
    "When a bin was missed you had to ring again and again, and nobody could tell you when it would be emptied.",
    "Missed bins have a team of their own. You are told the day when we come back, and can see it online.",
)
PERMITS = Told(
    "Parking permits: clearer steps online",
    "The new permit system asks for the same papers twice and does not say what is missing.",
    "We are rewriting the steps with residents, and officers can now see where an application stands.",
)


def put_right(services: dict[str, int], rng: Random, moment: datetime) -> None:
    """Runs in a transaction, as of this moment."""
    users = {user.email: user.id for user in all_users()}
    nation = hours_of(settings()).nation
    for ago in reversed(range(WEEKS)):
        open_cases(moment - ago * WEEK, nation, 2 * WEEK)
    work_on_cases(rng, users[OFFICER], moment)
    escalate(moment)
    forget_old_news(moment)
    improve(services, users, moment)
    count_cases(day_of(moment), nation)


def settings() -> Settings:
    found: Settings = current_app.extensions["settings"]
    return found


def work_on_cases(rng: Random, officer: int, moment: datetime) -> None:
    """The officer takes what is old enough, and ends most of it."""
    old = Case.opened_at < moment - LEFT_FOR_YOU
    query = sa.select(Case.id, Case.opened_at, Case.kind).where(old, Case.state == CaseState.NEW).order_by(Case.id)
    names = list(causes(frame_in_force()))
    for number, opened_at, kind in db.session.execute(query).all():
        lately = opened_at > moment - LYING_SINCE and kind is not CaseKind.SAFEGUARDING
        if rng.randrange(LEFT_LYING) or not lately:
            work_on(number, rng, officer, opened_at, kind, names)


def work_on(number: int, rng: Random, officer: int, opened_at: datetime, kind: CaseKind, names: list[str]) -> None:
    first = opened_at + timedelta(hours=rng.uniform(3, 40))
    give(number, None, officer, form(number, 1), officer, first)
    move(number, None, Step(Act.ACKNOWLEDGE), form(number, 2), officer, first)
    if kind is CaseKind.SAFEGUARDING:
        outcome, words = CaseOutcome.PASSED_ON, "Passed on to the safeguarding team, who have spoken to the family."
    else:
        outcome, words, _ = rng.choices(ENDS, [weight for *_, weight in ENDS])[0]
    step = Step(Act.CLOSE, words, outcome.value, rng.choice(names))
    last = first + timedelta(days=rng.uniform(0.2, 6))
    close(number, None, step, form(number, 3), officer, last)


def form(number: int, edition: int) -> Form:
    return Form(hashlib.sha256(f"made up {number} {edition}".encode()).digest(), edition)


def forget_old_news(moment: datetime) -> None:
    """Nobody is told today of what was opened weeks ago."""
    old = sa.update(table_of(Notice)).where(Notice.at < moment - LEFT_FOR_YOU)
    db.session.execute(old.values(email=EmailState.NONE, seen_at=moment))


def improve(services: dict[str, int], users: dict[str, int], moment: datetime) -> None:
    """One that helped, published; and one that is under way, waiting for its approval."""
    keep(BINS, services[GETS_BETTER.service], users, moment, ImprovementState.DONE, published=True)
    keep(PERMITS, services[GETS_WORSE.service], users, moment, ImprovementState.DOING, published=False)


def keep(
    told: Told, service: int, users: dict[str, int], moment: datetime, state: ImprovementState, published: bool
) -> None:
    newest_day = day_of(moment) - ONE_DAY
    done_on = GETS_BETTER.starts_on(newest_day) if state is ImprovementState.DONE else None
    series, manager = Series(service), users[MANAGER]
    due_on = done_on or months_before(newest_day, -2)
    typed = Typed(told.title, told.said, told.did, series, "overall", manager, due_on, state, done_on)
    number = plan(typed, Source(CameFrom.OTHER, "", series), None, manager, moment)
    propose(number, None, 1, manager, moment)
    if published:
        approve(number, None, 1, users[REVIEWER], moment)


def publish_quarters(administrator: str, moment: datetime) -> None:
    """The two newest quarters that may be published, as somebody would who looked through both."""
    users = {user.email: user.id for user in all_users()}
    newest = Quarter.starting(day_of(moment))
    quarters = [Quarter.of(newest.first.plus(-3 * ago)) for ago in (3, 2, 1)]
    for quarter in [one for one in quarters if one.ready_on <= day_of(moment)][-2:]:
        draft = draft_of(quarter, moment)
        publish(draft, draft.issue.figures.digest, None, settings(), users[administrator], moment)


def seal_the_past(moment: datetime) -> None:
    """Every day until yesterday, as if the program had run each night."""
    announce(moment)
    seal_through(day_of(moment) - ONE_DAY, moment)
