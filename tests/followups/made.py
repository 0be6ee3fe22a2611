"""Two years of figures put straight into the month tables, and a sender that remembers what it was given."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from flask import Flask

from surveys.answers.models import Mode
from surveys.comments.themes.figures import EVERY
from surveys.comments.themes.models import ThemeFigure
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, CannotTell, Message, Sent
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.baselines import freeze
from surveys.rates.models import ContactFigure, Disposition, MonthFigure
from surveys.rates.months import Month
from surveys.rates.page_counts import count_contact_totals, count_pages
from surveys.rates.recounts import RATING
from surveys.rates.series import Series
from surveys.sampling.models import Outcome

# A Monday in winter, when London's clock is UTC's, at the minute at which the weekly email may go.
MOMENT = datetime(2026, 11, 23, 7, 10, tzinfo=UTC)
RUNNING, LAST = Month(2026, 11), Month(2026, 10)
USUAL = (Month(2024, 12), Month(2025, 11))


class Mailbox:
    """A provider that answers as it is told, and remembers what it was given."""

    def __init__(self, answer: Callable[[Message], Sent] | None = None) -> None:
        self.answer = answer
        self.messages: list[Message] = []

    def send(self, message: Message) -> Sent:
        assert not db.session().in_transaction(), "nothing is open while a provider is called"
        self.messages.append(message)
        return self.answer(message) if self.answer else Accepted(f"ref-{message.correlation}")

    def find(self, _message: Message, _since: datetime) -> CannotTell:
        return CannotTell()

    @property
    def told(self) -> list[str]:
        return [message.recipient for message in self.messages]

    def senders(self) -> dict[Medium, "Mailbox"]:
        return {Medium.EMAIL: self}


def run(app: Flask, name: str) -> None:
    app.extensions["perform"].call_local(name)


def make_month(
    service: int, month: Month, satisfied: int, base: int, channel: Channel = Channel.PHONE, contacts: int = 0
) -> None:
    """Runs in the caller's transaction."""
    counts = {Satisfaction.VERY_SATISFIED: satisfied, Satisfaction.VERY_DISSATISFIED: base - satisfied}
    cell = {"month": month.first, "service_id": service, "channel": channel}
    rated = {"mode": Mode.WEB, "question": RATING}
    db.session.add_all(MonthFigure(**cell, **rated, code=code.value, count=n) for code, n in counts.items() if n)
    asked = ContactFigure(**cell, outcome=Outcome.SELECTED.value, disposition=Disposition.COMPLETE, count=base)
    others = ContactFigure(
        **cell, outcome=Outcome.NOT_DRAWN.value, disposition=Disposition.NOT_ASKED, count=contacts or base
    )
    silent = ContactFigure(**cell, outcome=Outcome.SELECTED.value, disposition=Disposition.NON_CONTACT, count=3 * base)
    db.session.add_all([asked, others, silent])
    count_pages([month.first])
    count_contact_totals([month.first])


def make_years(service: int, newest: Iterable[tuple[int, int]] = (), channel: Channel = Channel.PHONE) -> None:
    """80% of 200, a little up and down, for 24 months; newest: (satisfied, base) of the last ones instead."""
    months = [RUNNING.plus(n - 23) for n in range(24)]
    usual = [(160 + (2, -3, 1, 0, -1, 3)[n % 6], 200) for n in range(24)]
    newest = list(newest)
    with transaction():
        for month, (satisfied, base) in zip(months, [*usual[: 24 - len(newest)], *newest], strict=True):
            make_month(service, month, satisfied, base, channel)


def freeze_usual(service: int | None, by: int, channel: Channel | None = None) -> None:
    with transaction():
        freeze(Series(service, channel), USUAL, "A year without changes", (), by, MOMENT - timedelta(days=90))


def make_theme(service: int, label: str, **by_sentiment: int) -> None:
    """Comments of October about a theme; they are the base, too. Runs in the caller's transaction."""
    for sentiment, count in by_sentiment.items():
        cell = {"day": LAST.first, "service_id": service, "channel": Channel.PHONE, "sentiment": sentiment}
        db.session.add(ThemeFigure(**cell, label=label, count=count))
        base = db.session.get(ThemeFigure, {**cell, "label": EVERY})
        if base is None:
            db.session.add(ThemeFigure(**cell, label=EVERY, count=count))
        else:
            base.count += count
        db.session.flush()
