"""When people were asked otherwise about a service: in other words, or by another questionnaire. No figure is compared
over that.

A wording counts where it changed in a questionnaire that these people get now.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.questionnaires.comparison import Published, Stretch, breaks, stretches
from surveys.questionnaires.default import DEFAULT_SLUG
from surveys.questionnaires.models import Questionnaire, QuestionnaireUse, QuestionnaireVersion
from surveys.questionnaires.use_history import UseChange, read_use_changes, switches
from surveys.rates.months import Month
from surveys.rates.series import Series


@dataclass(frozen=True)
class Use:
    """Contacts of this service and channel get this questionnaire; None stands for all of them."""

    service: int | None
    channel: str | None
    questionnaire: int

    def touches(self, series: Series) -> bool:
        return (series.service is None or self.service in (None, series.service)) and (
            series.channel is None or self.channel in (None, series.channel.value)
        )

    def covers(self, series: Series) -> bool:
        """Whether all of them get it or what a narrower rule says, so that no wider rule reaches them."""
        channels = (None,) if series.channel is None else (None, series.channel.value)
        return series.service is not None and self.service == series.service and self.channel in channels


class Wordings:
    """The breaks of every question in every questionnaire, and when people were given another of them."""

    def __init__(
        self,
        found: Iterable[tuple[int, dict[str, tuple[Stretch, ...]]]],
        uses: Iterable[Use],
        changes: Iterable[UseChange] = (),
    ) -> None:
        self.breaks: dict[str, dict[int, tuple[datetime, ...]]] = defaultdict(dict)
        for questionnaire, keys in found:
            for key, known in keys.items():
                self.breaks[key][questionnaire] = breaks(known)
        self.uses, self.changes = list(uses), list(changes)

    def broken(self, series: Series, question: str) -> frozenset[Month]:
        """The months in which the question got other words for any of these contacts."""
        uses = [use for use in self.uses if use.touches(series)]
        if any(use.covers(series) for use in uses):
            uses = [use for use in uses if use.service is not None]
        asked = {use.questionnaire for use in uses}
        moments = (at for one, found in self.breaks.get(question, {}).items() if one in asked for at in found)
        return frozenset(Month.of(day_of(moment)) for moment in moments)

    def switched(self, series: Series) -> frozenset[Month]:
        """The months in which any of these contacts were given another questionnaire, whatever the words in it.

        What is asked before a question sways its answers, so figures are not compared over that either.
        """
        channel = series.channel and series.channel.value
        return frozenset(Month.of(day_of(moment)) for moment in switches(self.changes, series.service, channel))


def read_wordings() -> Wordings:
    """Three queries."""
    v, q, u = QuestionnaireVersion, Questionnaire, QuestionnaireUse
    query = sa.select(v.questionnaire_id, q.slug, v.number, v.published_at, v.definition).join(q)
    versions: dict[int, list[Published]] = defaultdict(list)
    uses: list[Use] = []
    for row in db.session.execute(query.where(v.published_at.is_not(None))):
        if row.slug == DEFAULT_SLUG and row.questionnaire_id not in versions:
            uses.append(Use(None, None, row.questionnaire_id))
        versions[row.questionnaire_id].append(Published(row.number, row.published_at, row.definition))
    rules = db.session.execute(sa.select(u.service_id, u.channel, u.questionnaire_id))
    uses += [Use(rule.service_id, rule.channel, rule.questionnaire_id) for rule in rules]
    return Wordings(((number, stretches(found)) for number, found in versions.items()), uses, read_use_changes())
