"""The residents of the made-up council answer, leave it half done, say stop, or keep silent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import sqlalchemy as sa

from surveys.answers.opening import Opened, sheet_of
from surveys.answers.stopping import addresses_behind
from surveys.answers.take_in import AnswerSheet, read_answers, take_in_many
from surveys.contacts.models import Contact, Stop
from surveys.core.db import db
from surveys.demo.comments import comment
from surveys.demo.opinions import (
    RATES_ONLY,
    STOPS,
    answered_at,
    chance_answers,
    chance_satisfied,
    dealt_with,
    satisfaction,
    says_why,
)
from surveys.demo.questionnaire import asked_of, contact_back, driver_answers
from surveys.invitations.models import Invitation, InvitationState
from surveys.invitations.stops import stop
from surveys.messaging.models import Medium
from surveys.people.models import Service
from surveys.questionnaires.kinds import Question


@dataclass(frozen=True)
class Asked:
    """Somebody who holds a survey link."""

    opened: Opened
    service: str
    medium: Medium
    sent_at: datetime

    @property
    def days_waited(self) -> int:
        return (self.sent_at.date() - self.opened.day).days


def asked_since(last_invitation: int) -> list[Asked]:
    """Everybody whose message went out under a later invitation, in the order of their contacts."""
    i, c, s = Invitation, Contact, Service
    query = (
        sa.select(
            i.id, i.version_id, i.language, i.expires_at, c.service_id, c.channel, c.day, s.slug, i.medium, i.sent_at
        )
        .join(c, c.id == i.contact_id)
        .join(s, s.id == c.service_id)
        .where(i.id > last_invitation, i.state == InvitationState.SENT)
        .order_by(c.id)
    )
    return [
        Asked(Opened(*row[:7], satisfaction=None, completed=False), row.slug, row.medium, row.sent_at)
        for row in db.session.execute(query)
    ]


def hear_from(rng: Random, asked: Sequence[Asked], newest_day: date, moment: datetime) -> int:
    """Take in what these residents have answered before the moment; returns how many sheets there were."""
    sheets: list[AnswerSheet] = []
    for one in asked:
        at = answered_at(rng, one.sent_at)
        chance = rng.random()
        if at + timedelta(minutes=10) > min(moment, one.opened.expires_at):
            continue
        if chance < STOPS:
            stop(addresses_behind(one.opened), at, Stop.PAGE)
        elif chance < STOPS + chance_answers(one.opened.channel, one.medium, one.days_waited):
            sheets += sheets_of(rng, one, newest_day, at)
    if sheets:
        take_in_many(sheets, asked[0].opened.definition)
    return len(sheets)


def sheets_of(rng: Random, one: Asked, newest_day: date, at: datetime) -> Iterator[AnswerSheet]:
    """The rating, saved on Continue; then, from most, the rest."""
    opened, definition = one.opened, one.opened.definition
    chance = chance_satisfied(one.service, opened.channel, opened.day, newest_day)
    rating = satisfaction(rng, chance)
    yield filled_in((definition.rating,), {definition.rating.key: [rating.value]}, opened, at, completes=False)
    if rng.random() < RATES_ONLY:
        return
    resolved = dealt_with(rng, rating)
    why = ""
    if says_why(rng, rating):
        why = comment(rng, one.service, opened.channel, rating, resolved, opened.language)
    later = at + timedelta(seconds=rng.randint(9, 60) + len(why))
    asked = asked_of(opened, definition.rest)
    raw = {"resolved": [resolved], "why": [why], **driver_answers(opened, asked, rating)}
    raw |= contact_back(opened, rating)
    yield filled_in(asked, raw, opened, later, completes=True)


def filled_in(
    questions: tuple[Question, ...], raw: Mapping[str, Sequence[str]], opened: Opened, at: datetime, completes: bool
) -> AnswerSheet:
    """A page as it was sent, read by its questions."""
    read = read_answers(questions, raw, opened.language)
    if read.errors:
        raise ValueError(f"the made-up answers do not fit the questions: {', '.join(read.errors)}")
    return sheet_of(opened, read.given, opened.language, at, completes)
