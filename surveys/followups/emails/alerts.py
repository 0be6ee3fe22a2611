"""Those granted a service are told by email, once, that one of its charts gives a signal.

A signal is kept before anybody is told, so two workers never tell it twice. Only the last complete month and this one
are news: what is older is kept as seen. Where nobody could be told at all, it is forgotten and told by a later run.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

import sqlalchemy as sa

from surveys.core.clock import LONDON, day_of
from surveys.core.db import db, insert_into, lock, transaction
from surveys.core.logs import log
from surveys.followups.emails.charts import StandsOut
from surveys.followups.emails.cut import may_be_told, shown_in
from surveys.followups.emails.digest import first_of, signal_line, to_home
from surveys.followups.emails.letters import Letter, Section, message_for
from surveys.followups.emails.models import SignalTold
from surveys.followups.emails.readers import Granted, Reader, readers_of_signals
from surveys.followups.emails.week import read_charted
from surveys.messaging.outcomes import Accepted, NotSent, Sender, Sent
from surveys.people.roles import Permission
from surveys.rates.cube import Cube
from surveys.rates.months import Month
from surveys.rates.series import Series
from surveys.rates.signals import Rule

# Nothing here is so urgent that it should wake somebody.
OPENS, CLOSES = time(7), time(19)
AT_ONCE = 500
WHY = "You get this email because you manage services in Fairly. Each signal is told once."
OPENING = (
    "Hello. A chart of your services shows something that chance alone seldom does. It does not say why: look at what "
    "changed at that time, and at what people wrote."
)
Key = tuple[str, Month, Rule]


@dataclass(frozen=True)
class News:
    """What nobody was told of, and the rows that were kept for it. cube: the ratings behind it."""

    running: Month
    cube: Cube
    standing_out: Sequence[StandsOut] = ()
    kept: Collection[int] = ()

    def of(self, granted: Granted) -> list[StandsOut]:
        """What somebody may be told, the newer month first."""
        own = self.cube.part(None, granted)
        months = (self.running, self.running.plus(-1))
        tables = {month: shown_in(own, month) for month in months}
        return [one for month in months for one in may_be_told(self.standing_out, granted, month, tables[month])]


def may_tell(moment: datetime) -> bool:
    return OPENS <= moment.astimezone(LONDON).time() < CLOSES


def take_news(moment: datetime) -> News:
    """Keep every signal that is not kept yet; what is news among them. Opens its own transaction where there is any.

    What small numbers hide from everybody waits until it may be told.
    """
    running = Month.of(day_of(moment))
    charted = read_charted(running)
    known = kept_keys(running)
    db.session.rollback()
    fresh = News(running, charted.cube, [one for one in charted.standing_out if one.month >= running.plus(-1)])
    old = [one for one in charted.standing_out if one.month < running.plus(-1)]
    found = [*old, *fresh.of(None)]
    unseen = [(one, rule) for one in found for rule in one.rules if key_of(one, rule) not in known]
    if not unseen:
        return replace(fresh, standing_out=())
    with transaction():
        lock("signals")
        kept = keep(unseen, moment)
    told = {
        key_of(one, rule): one
        for one, rule in unseen
        if key_of(one, rule) in kept and rule in one.begun and one.month >= running.plus(-1)
    }
    return replace(fresh, standing_out=list(dict.fromkeys(told.values())), kept=[kept[key] for key in told])


def key_of(one: StandsOut, rule: Rule) -> Key:
    return of_series(one.series), one.month, rule


def of_series(series: Series) -> str:
    """As the table names it: "service:3", "channel:phone", "service:3/channel:phone", "all"."""
    parts = [f"service:{series.service}"] if series.service is not None else []
    parts += [f"channel:{series.channel.value}"] if series.channel is not None else []
    return "/".join(parts) or "all"


def kept_keys(running: Month) -> set[Key]:
    s = SignalTold
    rows = db.session.execute(sa.select(s.of, s.month, s.rule).where(s.month <= running.first))
    return {(row.of, Month.of(row.month), Rule(row.rule)) for row in rows}


def keep(unseen: Sequence[tuple[StandsOut, Rule]], moment: datetime) -> dict[Key, int]:
    """The numbers of the rows that are new; another worker may have kept some meanwhile."""
    rows = [
        {
            "of": of_series(one.series),
            "service_id": one.series.service,
            "channel": one.series.channel,
            "month": one.month.first,
            "rule": rule.value,
            "seen_at": moment,
        }
        for one, rule in unseen
    ]
    s, kept = SignalTold, dict[Key, int]()
    for start in range(0, len(rows), AT_ONCE):
        insert = insert_into(s).values(rows[start : start + AT_ONCE]).on_conflict_do_nothing()
        for row in db.session.execute(insert.returning(s.id, s.of, s.month, s.rule)):
            kept[row.of, Month.of(row.month), Rule(row.rule)] = row.id
    return kept


def tell(news: News, sender: Sender | None, full: Callable[[str], str], moment: datetime) -> int:
    """One email to each reader about all that they may see; returns how many were accepted."""
    readers = readers_of_signals()
    db.session.rollback()
    letters = [(reader, letter_for(reader, news)) for reader in readers]
    asked = [(reader, letter) for reader, letter in letters if letter]
    outcomes = [one_told(sender, reader, letter, full) for reader, letter in asked]
    counts = Counter(type(outcome).__name__ for outcome in outcomes)
    if counts.total() > counts[Accepted.__name__]:
        log.error("not everybody was told of a signal; the dashboards and the weekly email say it too", **counts)
    if asked and counts[NotSent.__name__] == len(asked):
        forget(news.kept)
    elif counts[Accepted.__name__]:
        mark_told(news.kept, moment)
    return counts[Accepted.__name__]


def one_told(sender: Sender | None, reader: Reader, letter: Letter, full: Callable[[str], str]) -> Sent:
    return NotSent("no sender") if sender is None else sender.send(message_for(reader.address, letter, full))


def letter_for(reader: Reader, news: News) -> Letter | None:
    """None where nothing of it is about their services."""
    own = [signal_line(one, news.running) for one in news.of(reader.services(Permission.READ_RATES))]
    if not own:
        return None
    subject = "Customer satisfaction: a signal" if len(own) == 1 else f"Customer satisfaction: {len(own)} signals"
    return Letter(subject, OPENING, (Section("What stands out", tuple(first_of(own, *to_home(news.running)))),), WHY)


def forget(kept: Collection[int]) -> None:
    with transaction():
        gone = sa.delete(SignalTold).where(SignalTold.id.in_(kept))
        db.session.execute(gone.execution_options(synchronize_session=False))


def mark_told(kept: Collection[int], moment: datetime) -> None:
    with transaction():
        told = sa.update(SignalTold).where(SignalTold.id.in_(kept)).values(told_at=moment)
        db.session.execute(told.execution_options(synchronize_session=False))
