"""draw: a million loaded contacts drawn, against a raw insert of as many rows into a table of the same shape."""

from collections.abc import Iterator
from time import perf_counter

import sqlalchemy as sa

from bench.databases import Database
from bench.made_contacts import write_file
from bench.measures import Measure, spread, tell
from surveys.contacts.intake import load_batch, open_batch
from surveys.contacts.models import Channel, Contact, ImportBatch
from surveys.core.clock import now, today
from surveys.core.db import NAMING, db, transaction
from surveys.people.accounts import all_services
from surveys.sampling.draw import Reach, draw
from surveys.sampling.models import Draw
from surveys.sampling.plans import all_plans, ensure_plans, set_rates

# DESIGN.md: a million contacts in the time of a few raw inserts.
MOST_RATIO = 5
RUNS = 3
# Within the days after which a contact is too old, so that every rule has work to do.
DAYS = 12
RAW = """
    INSERT INTO raw_draws (contact_id, plan_id, number, rate, outcome, drawn_at)
    SELECT id, :plan, :number, 2500, 'not_drawn', :now FROM contacts"""
KNOWN_PEOPLE = """
    INSERT INTO contact_points (address_hash, kind, opted_out_at, last_invited_at)
    SELECT phone_hash, 'phone', CASE WHEN min(id) % 2 = 0 THEN :now END, CASE WHEN min(id) % 2 = 1 THEN :now END
    FROM contacts WHERE phone_hash IS NOT NULL GROUP BY phone_hash HAVING min(id) % 10 IN (0, 1)"""
EMPTY = {"sqlite": "DELETE FROM {}", "postgresql": "TRUNCATE {} CASCADE"}


def run(database: Database) -> Iterator[Measure]:
    """Raw inserts and draws take turns on the same contacts; medians are compared."""
    with database.migrated():
        plan = prepare(database)
        make_raw_table()
        raw, draws = [], []
        for _ in range(database.times(RUNS)):
            empty(database.kind)
            raw.append(insert_raw(plan))
            draws.append(draw_all())
        tell_outcomes()
    plain = spread("raw insert", raw)
    whole = spread("draw", draws)
    yield Measure(f"draw.{database.kind}.ratio_to_raw_insert", whole / plain, "times", MOST_RATIO)
    yield Measure(f"draw.{database.kind}.seconds", whole, "s")


def prepare(database: Database) -> int:
    """Load the contacts through the intake, give every service and channel a rate; returns the plan's id."""
    path = write_file(database.folder / "contacts.csv", database.rows, now(), DAYS)
    with transaction():
        batch_id = open_batch(path, path.name, "crm", make_services=True).id
    load_batch(batch_id, path=path)
    moment = sa.bindparam("now", now(), Draw.drawn_at.type)
    with transaction():
        ensure_plans(now())
        plan = all_plans()[-1]
        rates = {(service.id, channel): 500 + 10 * service.id for service in all_services() for channel in Channel}
        set_rates(plan, 1000, rates, today())
        db.session.execute(sa.text(KNOWN_PEOPLE).bindparams(moment))
        return plan.id


def make_raw_table() -> None:
    """A table like the draws in all but its name: columns, keys, checks and indexes."""
    metadata = sa.MetaData(naming_convention=NAMING)
    for table in db.metadata.sorted_tables:
        table.to_metadata(metadata)
    raw = Draw.__table__.to_metadata(metadata, name="raw_draws")
    raw.primary_key.name = "pk_raw_draws"
    for index in raw.indexes:
        index.name = f"raw_{index.name}"
    with db.engine.begin() as connection:
        raw.create(connection)


def empty(kind: str) -> None:
    with transaction():
        for table in ("raw_draws", "draws"):
            db.session.execute(sa.text(EMPTY[kind].format(table)))
        db.session.execute(sa.update(ImportBatch).values(drawn_at=None))


def insert_raw(plan: int) -> float:
    values = {"plan": plan, "number": bytes(32)}
    moment = sa.bindparam("now", now(), Draw.drawn_at.type)
    began = perf_counter()
    with transaction():
        db.session.execute(sa.text(RAW).bindparams(moment), values)
    return perf_counter() - began


def draw_all() -> float:
    began = perf_counter()
    with transaction():
        draw(now(), Reach(texts=True, emails=True))
    return perf_counter() - began


def tell_outcomes() -> None:
    """What the draw said of the contacts; a draw that left one out would be no yardstick."""
    contacts = db.session.scalar(sa.select(sa.func.count()).select_from(Contact))
    outcomes = db.session.execute(sa.select(Draw.outcome, sa.func.count()).group_by(Draw.outcome)).all()
    if sum(count for _, count in outcomes) != contacts:
        raise SystemExit("the draw left contacts out")
    tell("  " + ", ".join(f"{outcome.value.replace('_', ' ')} {count:,}" for outcome, count in outcomes))
