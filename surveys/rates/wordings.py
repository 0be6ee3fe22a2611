"""When the contacts on a line of rates were asked the rating in other words: by a new version of their questionnaire,
or by another questionnaire that a rule gave them.

A line breaks where half of its services or more are asked otherwise than when it last broke, by any of its channels. So
a service's own line breaks at any of its changes, and the council's goes on over those of a few services, and says so.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from surveys.contacts.models import Channel
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.people.models import Service
from surveys.questionnaires.comparison import digest_of
from surveys.questionnaires.default import DEFAULT_SLUG
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.queries import published_definition
from surveys.questionnaires.use_history import OTHER_SERVICE, Scope, UseChange, questionnaire_for, read_use_changes
from surveys.rates.months import Month
from surveys.rates.series import Series


@dataclass(frozen=True)
class Worded:
    """From this moment on the rating of this questionnaire has this wording, which is a digest."""

    at: datetime
    questionnaire: str
    wording: str


class Changes(NamedTuple):
    """The months in which a line breaks, and those in which too few were asked otherwise for that."""

    breaks: frozenset[Month] = frozenset()
    partly: frozenset[Month] = frozenset()


@dataclass(frozen=True)
class Asking:
    """What was asked from a moment on: the rules as they then were, and the wording of each questionnaire."""

    at: datetime
    rules: dict[Scope, str]
    wordings: dict[str, str]

    def wording(self, service: int, channel: Channel) -> str | None:
        return self.wordings.get(questionnaire_for(self.rules, service, channel.value))


class RatingWordings:
    """services: those that together are the whole."""

    def __init__(self, worded: Iterable[Worded], uses: Iterable[UseChange], services: Collection[int]) -> None:
        self.askings = list(askings(worded, uses))
        self.services = services or {OTHER_SERVICE}

    def of_series(self, series: Series) -> Changes:
        services = None if series.service is None else {series.service}
        return self.of(services, None if series.channel is None else {series.channel})

    def of(self, services: Collection[int] | None, channels: Collection[Channel] | None) -> Changes:
        """Of a line of these services and channels; None means all of them."""
        moments = list(self.moments(self.services if services is None else services, channels or Channel))
        breaks = frozenset(Month.of(day_of(at)) for at, broken in moments if broken)
        return Changes(breaks, frozenset(Month.of(day_of(at)) for at, _ in moments) - breaks)

    def moments(self, services: Collection[int], channels: Iterable[Channel]) -> Iterator[tuple[datetime, bool]]:
        """When some were asked otherwise, and whether the line breaks there."""
        channels = list(channels)
        each = [
            (one.at, {service: [one.wording(service, channel) for channel in channels] for service in services})
            for one in self.askings
        ]
        begun = before = each[0][1] if each else {}
        for at, asked in each[1:]:
            if asked == before:
                continue
            broken = 2 * sum(asked[service] != begun[service] for service in services) >= len(services)
            yield at, broken
            before, begun = asked, asked if broken else begun


def askings(worded: Iterable[Worded], uses: Iterable[UseChange]) -> Iterator[Asking]:
    """One before them all, and one from each publication and each change of a rule on.

    Until its first version is published a questionnaire has the words of that.
    """
    known = sorted(worded, key=lambda one: one.at)
    wordings = {one.questionnaire: one.wording for one in reversed(known)}
    rules: dict[Scope, str] = {}
    changes: list[Worded | UseChange] = sorted([*known, *uses], key=lambda one: one.at)
    for first in changes[:1]:
        yield Asking(first.at, {}, dict(wordings))
    for change in changes:
        if isinstance(change, Worded):
            wordings[change.questionnaire] = change.wording
        elif change.questionnaire is None:
            rules.pop((change.service, change.channel), None)
        else:
            rules[change.service, change.channel] = change.questionnaire
        yield Asking(change.at, dict(rules), dict(wordings))


def read_rating_wordings(until: datetime | None = None) -> RatingWordings:
    """As they were known at that moment. Three queries, since definitions are read once in each process."""
    uses = [use for use in read_use_changes() if until is None or use.at <= until]
    given = {DEFAULT_SLUG, *(use.questionnaire for use in uses if use.questionnaire)}
    v, q = QuestionnaireVersion, Questionnaire
    query = sa.select(v.id, v.published_at, q.slug).join(q).where(v.published_at.is_not(None), q.slug.in_(given))
    worded = [
        Worded(at, slug, digest_of(published_definition(version).rating))
        for version, at, slug in db.session.execute(query.order_by(v.id)).all()
        if at and (until is None or at <= until)
    ]
    services = db.session.scalars(sa.select(Service.id).where(Service.active)).all()
    return RatingWordings(worded, uses, services)
