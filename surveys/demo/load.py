"""The made-up council, loaded through the stages themselves: files, draws, messages, answers, figures."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa
from flask import current_app

from surveys.comments.fitting.tasks import catch_up
from surveys.comments.reading.first_look import read_some
from surveys.comments.reading.tasks import in_batches, let_go
from surveys.contacts.intake import DEFAULT_SOURCE, load_batch, open_batch
from surveys.contacts.models import Channel, Contact
from surveys.core.clock import day_of, start_of
from surveys.core.db import db, transaction
from surveys.core.refusals import Refused
from surveys.core.settings import Settings
from surveys.demo.answering import asked_since, hear_from
from surveys.demo.council import DEFAULT_RATE, SERVICES, rate_for
from surveys.demo.days import ONE_DAY, files_of, open_days
from surveys.demo.getting_in_touch import Counter, counts_by_day, write_file
from surveys.demo.put_right import publish_quarters, put_right, seal_the_past
from surveys.demo.questionnaire import publish_with_drivers
from surveys.demo.residents import Residents
from surveys.demo.set_by_people import LOADER, set_beside_figures
from surveys.demo.users import make_users
from surveys.invitations.invite import Media, invite
from surveys.invitations.models import Invitation
from surveys.invitations.outbox import send_due
from surveys.messaging.inbox import Inbox
from surveys.messaging.models import Medium
from surveys.messaging.outcomes import Accepted, CannotTell, Message, Sender
from surveys.people.accounts import add_service, all_services
from surveys.people.audit import record
from surveys.people.models import AuditEntry
from surveys.rates.contact_counts import count_contacts
from surveys.rates.roll_up import roll_up
from surveys.sampling.draw import Reach, draw
from surveys.sampling.models import PlanRate, SamplingPlan
from surveys.sampling.plans import RULES, commit_plan, ensure_plans, month_end
from surveys.sampling.rules import threshold

# Sent on the morning after a file's last day; plans are committed on a morning some days before their month.
MORNING = timedelta(hours=10)
BEFORE_THE_MONTH = timedelta(days=5)
# What could not wait was raised within days of the contact, not all of it today.
ANSWERED_BY = timedelta(days=7)
FEWEST_DAYS = 30
# The newest quarters that are ready to be published lie within these.
DAYS_TO_PUBLISH = 400
LOADED = "made-up council loaded"


@dataclass(frozen=True)
class Wanted:
    """How much to make up: `contacts` over the `days` that end yesterday, as of the moment `now`."""

    contacts: int
    days: int
    seed: int
    now: datetime

    @property
    def newest_day(self) -> date:
        return day_of(self.now) - ONE_DAY

    @property
    def first_day(self) -> date:
        return self.newest_day - (self.days - 1) * ONE_DAY

    def chance(self, purpose: str) -> Random:
        """Chance of its own for each purpose, the same for the same seed."""
        return Random(f"{self.seed} {purpose}")  # noqa: S311  # makes up a council, not a secret


class KeepsNothing:
    """A sender that accepts everything: its messages were to have been sent long ago, to nobody."""

    def send(self, message: Message) -> Accepted:
        return Accepted(f"demo-{message.correlation}")

    def find(self, _message: Message, _since: datetime) -> CannotTell:
        return CannotTell()


def load_council(wanted: Wanted, report: Callable[[int], None] = lambda _contacts: None) -> None:
    """Make the whole council; report(contacts) is called for each file. Raises Refused where it may not be."""
    refuse_unless_empty(wanted)
    with transaction():
        services = make_services()
        make_users()
        publish_with_drivers()
        commit_plans(wanted, services)
    days = open_days(wanted.first_day, wanted.newest_day)
    counter = Counter(wanted.chance("contacts"), days, Residents(wanted.chance("residents")))
    counts = counts_by_day(wanted.chance("days"), wanted.contacts, days)
    answers = wanted.chance("answers")
    with tempfile.TemporaryDirectory(prefix="fairly-demo-") as folder:
        for file_days in files_of(days):
            path = Path(folder) / f"contacts-{file_days[0]}.csv"
            report(bring_in(path, counter, counts, file_days))
            ask_and_hear(wanted, answers, file_days)
    catch_up(wanted.now)
    let_go(wanted.now)
    with transaction():
        ensure_plans(wanted.now)
        roll_up(wanted.now)
        count_contacts(wanted.now)
        set_beside_figures(services, wanted.first_day, wanted.newest_day, wanted.now)
        put_right(services, wanted.chance("cases"), wanted.now)
        seal_the_past(wanted.now)
        publish_where_possible(wanted)
        record(LOADED, "demo", contacts=wanted.contacts, days=wanted.days, seed=wanted.seed)


def publish_where_possible(wanted: Wanted) -> None:
    """A council of a few days has no whole quarter to publish."""
    if wanted.days >= DAYS_TO_PUBLISH:
        publish_quarters(LOADER, wanted.now)


def is_loaded() -> bool:
    """Whether the council was made up to its end before."""
    found = db.session.scalar(sa.select(sa.exists().where(AuditEntry.action == LOADED)))
    db.session.rollback()
    return bool(found)


def refuse_unless_empty(wanted: Wanted) -> None:
    settings: Settings = current_app.extensions["settings"]
    if settings.production:
        raise Refused("This is a real installation: PUBLIC_URL is not this machine's own. Made-up contacts stay out.")
    if wanted.contacts < 1 or wanted.days < FEWEST_DAYS:
        raise Refused(f"Ask for 1 contact or more over {FEWEST_DAYS} days or more.")
    for kind, words in ((Contact, "contacts"), (SamplingPlan, "sampling plans")):
        if db.session.scalar(sa.select(sa.exists().select_from(kind))):
            raise Refused(
                f"The database holds {words} already. Load the made-up council into an empty database; "
                "remove one that was stopped half way."
            )
    db.session.rollback()


def make_services() -> dict[str, int]:
    """The council's services, made where they are not there yet: slug to id."""
    there = {service.slug: service for service in all_services()}
    return {s.slug: (there.get(s.slug) or add_service(s.slug, s.name, s.area)).id for s in SERVICES}


def commit_plans(wanted: Wanted, services: dict[str, int]) -> None:
    """A plan for each month up to this one, each committed some days before it with all its rates."""
    keys, starts_on, before = wanted.chance("plan keys"), wanted.first_day.replace(day=1), rates_of(services)
    while starts_on <= day_of(wanted.now):
        moment = start_of(starts_on) - BEFORE_THE_MONTH + MORNING
        before = commit_plan(starts_on, month_end(starts_on), moment, before, keys.randbytes(32))
        starts_on = before.ends_on + ONE_DAY


def rates_of(services: dict[str, int]) -> SamplingPlan:
    """What the first plan takes its rates from: a plan that is never stored."""
    rates = {(services[s.slug], channel): rate_for(s, channel) for s in SERVICES for channel in Channel}
    return SamplingPlan(
        default_rate=DEFAULT_RATE,
        rules=dict(RULES),
        rates=[
            PlanRate(service_id=service, channel=channel, rate=rate, threshold=threshold(rate))
            for (service, channel), rate in rates.items()
            if rate != DEFAULT_RATE
        ],
    )


def bring_in(path: Path, counter: Counter, counts: dict[date, int], days: Sequence[date]) -> int:
    """Write the file of these days and load it as any file is loaded; returns how many contacts it had."""
    first = counter.days.index(days[0])
    written = write_file(
        path,
        (contact for n, day in enumerate(days, first) for contact in counter.contacts_on(n, counts[day])),
    )
    if written:
        with transaction():
            batch_id = open_batch(path, path.name, DEFAULT_SOURCE, make_services=False).id
        batch = load_batch(batch_id, path=path)
        if batch.accepted != written:
            raise Refused(f"A file of the made-up council was not taken whole. See: flask contacts faults {batch_id}")
    return written


def ask_and_hear(wanted: Wanted, answers: Random, days: Sequence[date]) -> None:
    """Draw, invite and send on the next morning, then take in the answers. The newest wait in the inbox, unanswered."""
    moment = min(start_of(days[-1] + ONE_DAY) + MORNING, wanted.now)
    newest = days[-1] == open_days(wanted.first_day, wanted.newest_day)[-1]
    with transaction():
        last = db.session.scalar(sa.select(sa.func.max(Invitation.id))) or 0
        draw(moment, Reach(texts=True, emails=True))
        invite(moment, Media(texts=True, emails=True))
    sender: Sender = Inbox() if newest else KeepsNothing()
    send_due({Medium.SMS: sender, Medium.EMAIL: sender}, moment)
    if not newest:
        with transaction():
            hear_from(answers, asked_since(last), wanted.newest_day, wanted.now)
        in_batches(lambda limit: read_some(min(moment + ANSWERED_BY, wanted.now), limit))
