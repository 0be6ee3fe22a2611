"""How likely residents of the made-up council are to answer, when, and how satisfied they are.

Two things happen that a manager should find: PARKING gets worse, from 78% to 62%, on the first day of the eighth
month before the newest contact's; ENVIRONMENT gets better, from 70% to 84%, on the first day of the sixth month
before. Everything else stays as it is, but for chance.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from surveys.contacts.models import Channel
from surveys.demo.days import months_before
from surveys.messaging.models import Medium
from surveys.questionnaires.kinds import SATISFIED, Satisfaction


@dataclass(frozen=True)
class Turn:
    """A service whose satisfaction moves from one level to another at the start of a month."""

    service: str
    months_ago: int
    before: float
    after: float

    def starts_on(self, newest_day: date) -> date:
        return months_before(newest_day, self.months_ago)

    def level_on(self, day: date, newest_day: date) -> float:
        return self.after if day >= self.starts_on(newest_day) else self.before


GETS_WORSE = Turn("parking", 8, 0.78, 0.62)
GETS_BETTER = Turn("environment", 6, 0.70, 0.84)
TURNS = {turn.service: turn for turn in (GETS_WORSE, GETS_BETTER)}
USUAL = {
    "council-tax": 0.75,
    "benefits": 0.73,
    "libraries": 0.89,
    "trading-standards": 0.80,
    "transport": 0.74,
    "education": 0.79,
    "adult-care": 0.78,
}
BY_CHANNEL = {
    Channel.PHONE: 0.01,
    Channel.FACE_TO_FACE: 0.05,
    Channel.WEB: -0.02,
    Channel.EMAIL: -0.06,
    Channel.WEBCHAT: 0.02,
    Channel.POST: -0.08,
    Channel.OTHER: -0.04,
}
ANSWERS = {
    Channel.PHONE: 0.31,
    Channel.FACE_TO_FACE: 0.37,
    Channel.WEB: 0.27,
    Channel.EMAIL: 0.25,
    Channel.WEBCHAT: 0.35,
    Channel.POST: 0.15,
    Channel.OTHER: 0.24,
}
BY_MEDIUM = {Medium.SMS: 1.2, Medium.EMAIL: 0.95}
LOST_A_DAY = 0.05
DOES_NOT_KNOW = 0.025
UNHAPPY = (Satisfaction.NEITHER, Satisfaction.FAIRLY_DISSATISFIED, Satisfaction.VERY_DISSATISFIED)
DISSATISFIED = UNHAPPY[1:]
DEALT_WITH = ("first_time", "more_than_one", "not_yet", "no", "do_not_know")
STOPS = 0.006
RATES_ONLY = 0.17
SAYS_IF_DEALT_WITH = 0.92


def chance_satisfied(service: str, channel: Channel, day: date, newest_day: date) -> float:
    """The chance that a resident who answers is very or fairly satisfied, "I do not know" apart."""
    turn = TURNS.get(service)
    level = turn.level_on(day, newest_day) if turn else USUAL[service]
    return level + BY_CHANNEL[channel]


def chance_answers(channel: Channel, medium: Medium, days_waited: int) -> float:
    """The chance of an answer: less by each day between the contact and the message that asks."""
    return ANSWERS[channel] * BY_MEDIUM[medium] * (1.15 - LOST_A_DAY * min(days_waited, 8))


def satisfaction(rng: Random, chance: float) -> Satisfaction:
    if rng.random() < DOES_NOT_KNOW:
        return Satisfaction.DO_NOT_KNOW
    if rng.random() < chance:
        return rng.choices(SATISFIED, (53, 47))[0]
    return rng.choices(UNHAPPY, (32, 37, 31))[0]


def dealt_with(rng: Random, rating: Satisfaction) -> str:
    """Whether the query was dealt with, as the rating would have it; empty where it is left out."""
    if rng.random() > SAYS_IF_DEALT_WITH:
        return ""
    if rating in SATISFIED:
        return rng.choices(DEALT_WITH, (70, 18, 8, 1, 3))[0]
    if rating in DISSATISFIED:
        return rng.choices(DEALT_WITH, (9, 19, 36, 33, 3))[0]
    return rng.choices(DEALT_WITH, (30, 24, 25, 11, 10))[0]


def says_why(rng: Random, rating: Satisfaction) -> bool:
    """Whether somebody who answers to the end writes a comment: more do who are not satisfied."""
    return rng.random() < (0.38 if rating in SATISFIED else 0.57)


def answered_at(rng: Random, sent_at: datetime) -> datetime:
    """When an answer comes: half within hours, most in two days, some late."""
    chance = rng.random()
    if chance < 0.56:
        return sent_at + timedelta(minutes=rng.expovariate(1 / 75) + 1)
    days = rng.randint(1, 2) if chance < 0.86 else rng.randint(3, 24)
    return sent_at + timedelta(days=days, minutes=rng.randint(-120, 620))
