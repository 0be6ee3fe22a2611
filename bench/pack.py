"""pack: the evidence of a month with 200,000 contacts, built twice and checked by its own verify.py.

The contacts go through the intake and the draw itself, so that every number of the draw is right; their answers are
loaded in bulk, then sealed. verify.py runs as an assessor runs it: in a process of its own, in the unpacked folder.
"""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from zipfile import ZipFile

import sqlalchemy as sa
from flask import current_app

from bench.dashboard_rows import analyse
from bench.databases import Database
from bench.made_contacts import write_file
from bench.measures import Measure, tell
from surveys.answers.models import Response
from surveys.contacts.intake import load_batch, open_batch
from surveys.contacts.models import Channel
from surveys.core.clock import now, start_of, today
from surveys.core.db import db, transaction
from surveys.evidence.figures.periods import newest_entry, pack_period
from surveys.evidence.packs.building import Built, build
from surveys.evidence.seals.sealing import seal_through
from surveys.evidence.seals.signing import announce
from surveys.people.accounts import all_services
from surveys.questionnaires.queries import publish_default_if_none
from surveys.rates.months import Month
from surveys.rates.roll_up import roll_up
from surveys.sampling.draw import Reach, draw
from surveys.sampling.plans import all_plans, ensure_plans, set_rates

CONTACTS = 200_000
MOST_SECONDS = 60
LONGEST_SECONDS = 900
# Drawn before any of them is too old.
DAYS = 12
RATE = 3000
# Two of three who were asked answered. Who was satisfied differs by arithmetic on the contact's number.
CODES = ("very_satisfied", "fairly_satisfied", "neither", "fairly_dissatisfied", "very_dissatisfied", "do_not_know")
RATED = " ".join(f"WHEN {n} THEN '{code}'" for n, code in enumerate(CODES))
RATING = f"CASE CAST(c.id AS BIGINT) * 2654435761 % 4294967296 / 65536 % 9 {RATED} ELSE 'very_satisfied' END"
RESPONSES = f"""
    INSERT INTO responses (version_id, service_id, channel, day, mode, language, started_at, completed_at, satisfaction,
                           counted)
    SELECT :version, c.service_id, c.channel, c.day, CASE WHEN c.id % 5 = 0 THEN 'sms' ELSE 'web' END, 'en', :at, :at,
           {RATING}, :counted
    FROM contacts c JOIN draws d ON d.contact_id = c.id WHERE d.outcome = 'selected' AND c.id % 3 < 2"""
RATINGS = """
    INSERT INTO answers (response_id, question, code, given_at)
    SELECT id, 'overall', satisfaction, started_at FROM responses"""
RESOLVED = """
    INSERT INTO answers (response_id, question, code, given_at)
    SELECT id, 'resolved', CASE WHEN id % 4 = 0 THEN 'no' ELSE 'first_time' END, started_at FROM responses"""


def run(database: Database) -> Iterator[Measure]:
    name, contacts = f"pack.{database.kind}", min(database.rows, CONTACTS)
    with database.migrated():
        month = Month.of(today()).plus(-1)
        make_month(database, contacts, start_of(month.first + timedelta(days=DAYS + 5)))
        built = [build_one(month, database.folder / place) for place in ("one", "two")]
        (first, took), (second, _again) = built
        if different := files_that_differ(first.archive, second.archive):
            raise SystemExit(f"the same period gave two different packs: {', '.join(different)}")
        tell(f"  both packs are the same {first.archive.stat().st_size:,} bytes")
    with ZipFile(first.archive) as opened:
        opened.extractall(database.folder)
    checked = verify(database.folder / first.archive.stem)
    yield Measure(f"{name}.verify", checked, "s", MOST_SECONDS)
    yield Measure(f"{name}.build", took, "s")
    yield Measure(f"{name}.size", first.archive.stat().st_size / 1e6, "MB")


def make_month(database: Database, contacts: int, moment: datetime) -> None:
    """Contacts of the days before this moment, drawn then, answered the next day, and sealed by today."""
    path = write_file(database.folder / "contacts.csv", contacts, moment, DAYS)
    with transaction():
        batch = open_batch(path, path.name, "crm", make_services=True).id
    load_batch(batch, path=path)
    with transaction():
        ensure_plans(moment)
        rates = {(service.id, channel): RATE + 100 * service.id for service in all_services() for channel in Channel}
        set_rates(all_plans()[-1], RATE, rates, moment.date())
        draw(moment, Reach(texts=True, emails=True))
    answered_at = sa.bindparam("at", moment + timedelta(days=1), Response.started_at.type)
    with transaction():
        version = publish_default_if_none().id
        db.session.execute(sa.text(RESPONSES).bindparams(answered_at), {"version": version, "counted": False})
        db.session.execute(sa.text(RATINGS))
        db.session.execute(sa.text(RESOLVED))
    analyse()
    with transaction():
        roll_up(now())
    with transaction():
        announce(now())
        seal_through(today() - timedelta(days=1), now())
    responses = db.session.scalar(sa.select(sa.func.count()).select_from(Response))
    db.session.rollback()
    tell(f"  {contacts:,} contacts, {responses:,} responses")


def build_one(month: Month, workplace: Path) -> tuple[Built, float]:
    workplace.mkdir()
    began = perf_counter()
    period = pack_period(month, month, newest_entry())
    built = build(period, current_app.extensions["settings"], workplace, lambda _done, _step: None)
    db.session.rollback()
    return built, perf_counter() - began


def files_that_differ(one: Path, other: Path) -> list[str]:
    """Their names in the packs; the archive's own where its files are the same and its bytes are not."""
    with ZipFile(one) as first, ZipFile(other) as second:
        sums = [{entry.filename: entry.CRC for entry in opened.infolist()} for opened in (first, second)]
    names = sorted(name for name in sums[0].keys() | sums[1].keys() if sums[0].get(name) != sums[1].get(name))
    return names or ([one.name] if one.read_bytes() != other.read_bytes() else [])


def verify(folder: Path) -> float:
    """Seconds; ends the benchmark where the pack does not hold."""
    began = perf_counter()
    command = (sys.executable, "verify.py")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    if done.returncode:
        tell(done.stdout + done.stderr)
        raise SystemExit("the pack does not hold")
    return perf_counter() - began
