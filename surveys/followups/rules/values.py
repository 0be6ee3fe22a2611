"""A rule that opens cases, as a value; and all rules in their order."""

from dataclasses import dataclass
from datetime import date
from typing import Self

import sqlalchemy as sa

from nlp.urgency.types import Urgency
from surveys.contacts.models import Channel
from surveys.core.db import db
from surveys.followups.cases.models import CaseKind, CaseRule
from surveys.followups.cases.working_days import add_working_days
from surveys.messaging.hours import Nation
from surveys.questionnaires.kinds import Satisfaction


@dataclass(frozen=True)
class Asks:
    """What a rule asks for. What is empty asks for nothing; everything else must hold together.

    Any of the ratings, of the urgent flags, of these answers to the question, of the services and channels.
    repeat_days: the same person got in touch with the same service before, within so many days.
    """

    ratings: tuple[Satisfaction, ...] = ()
    contact: bool = False
    urgency: tuple[Urgency, ...] = ()
    question: str | None = None
    codes: tuple[str, ...] = ()
    repeat_days: int | None = None
    services: tuple[int, ...] = ()
    channels: tuple[Channel, ...] = ()

    @property
    def something(self) -> bool:
        """Whether it asks for more than a place: without that every answer would open a case."""
        return bool(self.ratings or self.contact or self.urgency or (self.question and self.codes) or self.repeat_days)


@dataclass(frozen=True)
class Rule:
    """The first rule that holds opens a case of its kind, with deadlines after so many working days."""

    id: int
    name: str
    kind: CaseKind
    asks: Asks
    acknowledge_days: int
    answer_days: int
    active: bool = True
    edition: int = 1

    def deadlines(self, day: date, nation: Nation) -> tuple[date, date]:
        """The last days in time to acknowledge and to answer a case opened on this day."""
        days = (self.acknowledge_days, self.answer_days)
        acknowledge_by, answer_by = (add_working_days(day, count, nation) for count in days)
        return acknowledge_by, answer_by

    @classmethod
    def of(cls, row: CaseRule) -> Self:
        asks = Asks(
            ratings=tuple(Satisfaction(rating) for rating in row.ratings),
            contact=row.asks_contact,
            urgency=tuple(Urgency(flag) for flag in row.urgency),
            question=row.question,
            codes=tuple(row.codes),
            repeat_days=row.repeat_days,
            services=tuple(row.services),
            channels=tuple(Channel(channel) for channel in row.channels),
        )
        days = (row.acknowledge_days, row.answer_days)
        return cls(row.id, row.name, row.kind, asks, *days, active=row.active, edition=row.edition)


def every_rule() -> list[Rule]:
    """In the order in which they are tried. One query."""
    return [Rule.of(row) for row in db.session.scalars(in_order())]


def in_order() -> sa.Select[CaseRule]:
    return sa.select(CaseRule).order_by(CaseRule.position, CaseRule.id)


def kept(asks: Asks) -> dict[str, object]:
    """The columns that keep what a rule asks for."""
    return {
        "ratings": [rating.value for rating in asks.ratings],
        "asks_contact": asks.contact,
        "urgency": [flag.value for flag in asks.urgency],
        "question": asks.question,
        "codes": list(asks.codes),
        "repeat_days": asks.repeat_days,
        "services": list(asks.services),
        "channels": [channel.value for channel in asks.channels],
    }
