"""The plain files of a pack: rows that lead to nobody, plans with their keys, the audit trail, and the program."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import proof
from proof.leaves import SealedDraw
from surveys.core.clock import day_of
from surveys.core.csv_out import safe
from surveys.core.db import db
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.rows import GroupCount, answered, frame, other_answers, other_draws, question_keys
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.described import Described, write_csv, write_json
from surveys.evidence.files.tables import Cell, Column, Datatype
from surveys.people.models import AuditEntry, Service
from surveys.sampling.models import SamplingPlan

DATE, INTEGER = Datatype.DATE, Datatype.INTEGER
PROGRAM = Path(proof.__file__ or "").parent
AT_ONCE = 2_000
VERIFY = '''"""Checks this pack with nothing but Python 3.11 or newer: python verify.py"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COMPILED = "proof/__pycache__"
sys.dont_write_bytecode = True
if os.path.exists(os.path.join(HERE, COMPILED)):
    sys.exit(f"FAILS         Files: {COMPILED} is not in MANIFEST. Python would run what lies there: delete it first.")
sys.path.insert(0, HERE)

from proof.__main__ import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
'''
SERVICES = (
    Column("id", "Number", INTEGER, "as the audit trail calls it", required=True),
    Column("service", "Short name", required=True),
    Column("name", "Name", required=True),
)
MICRODATA = (
    Column("sealed_on", "Sealed on", DATE, "the day whose seal in the audit trail covers this row", required=True),
    Column("day", "Day of the contact", DATE, required=True),
    Column("service", "Service", required=True),
    Column("channel", "Channel", description="of the contact", required=True),
    Column("mode", "Answered by", description="web, sms, officer; kiosk and qr were not drawn", required=True),
    Column("version", "Questionnaire and version", required=True),
    Column(
        "completed", "Completed", description="true, or false where the resident left before the end", required=True
    ),
)
FRAME = (
    Column("drawn_on", "Drawn on", DATE, "the day whose seal in the audit trail covers this row", required=True),
    Column("day", "Day of the contact", DATE, required=True),
    Column("source", "Source", description="the system that the contact came from", required=True),
    Column(
        "reference",
        "Reference",
        description="of the contact there; a first apostrophe is not part of it",
        required=True,
    ),
    Column("service", "Service", required=True),
    Column("channel", "Channel", required=True),
    Column("plan", "Plan", description="commitment of the sampling plan it was drawn by"),
    Column("rate", "Rate", INTEGER, "in ten-thousandths"),
    Column("outcome", "Outcome", required=True),
)
GROUPS = (
    Column("item", "Asked about", required=True),
    Column("code", "Group", required=True),
    Column("rating", "Overall rating", required=True),
    Column("count", "Responses", INTEGER, required=True),
)
LEAVES = (Column("day", "Day", DATE, required=True), Column("leaf", "Digest of one row", required=True))


def write_microdata(folder: Path, period: PackPeriod, tally: Tally) -> Described:
    """The anonymised answers, counted as they pass."""
    keys = question_keys(period)
    questions = tuple(Column(f"answer.{key}", key, description="the code of the answer chosen") for key in keys)

    def rows() -> Iterator[Sequence[Cell]]:
        for sealed_on, response in answered(period):
            tally.add_answer(response)
            told = (sealed_on.isoformat(), response.day.isoformat(), response.service, response.channel)
            completed = "true" if response.completed else "false"
            yield (*told, response.mode, response.version, completed, *(response.answers.get(key, "") for key in keys))

    columns = MICRODATA + questions
    path = "restricted/microdata.csv"
    write_csv(folder / path, columns, rows())
    words = (
        "One row for each response: no names, no comments, no times, and no way back to a person. Not for publication."
    )
    return Described("microdata", path, "Anonymised answers", words, columns)


def write_frame(folder: Path, period: PackPeriod, tally: Tally) -> Described:
    """Every contact with its draw, counted as it passes."""

    def rows() -> Iterator[Sequence[Cell]]:
        for drawn_on, draw in frame(period):
            tally.add_draw(draw)
            yield draw_row(drawn_on, draw)

    path = "restricted/frame.csv"
    write_csv(folder / path, FRAME, rows())
    words = "Every contact of the period and what the draw said of it: no addresses. Not for publication."
    return Described("frame", path, "The frame and the draw", words, FRAME, ("source", "reference"))


def draw_row(drawn_on: date, draw: SealedDraw) -> Sequence[Cell]:
    place = (draw.service, draw.channel, draw.plan, draw.rate, draw.outcome)
    return (drawn_on.isoformat(), draw.day.isoformat(), quoted(draw.source), quoted(draw.reference), *place)


def quoted(text: str) -> str:
    """Safe to open in a spreadsheet, and exactly itself again in proof.folder.unquoted."""
    return f"'{text}" if text.startswith("'") or safe(text) != text else text


def write_groups(folder: Path, counts: Sequence[GroupCount]) -> Described:
    path = "restricted/groups.csv"
    write_csv(folder / path, GROUPS, counts)
    words = "Ratings by what residents told of themselves, each item by itself. Not for publication."
    return Described("group_counts", path, "Customer groups", words, GROUPS, ("item", "code", "rating"))


def write_leaves(folder: Path, period: PackPeriod) -> list[Described]:
    """What else was sealed on the same days, as digests that tell nothing but that it was there."""
    found = []
    readings: tuple[tuple[str, Callable[[PackPeriod], Iterator[tuple[date, bytes]]]], ...]
    readings = (("other_answers", other_answers), ("other_draws", other_draws))
    for name, read in readings:
        path = f"proof/{name}.csv"
        write_csv(folder / path, LEAVES, ((day.isoformat(), leaf.hex()) for day, leaf in read(period)))
        words = "Digests of rows that were sealed on the same days and belong to other periods."
        found.append(Described(name, path, "Sealed beside this period", words, LEAVES))
    return found


def write_services(folder: Path) -> Described:
    path = "method/services.csv"
    rows = db.session.execute(sa.select(Service.id, Service.slug, Service.name).order_by(Service.id)).all()
    write_csv(folder / path, SERVICES, [tuple(row) for row in rows])
    return Described("services", path, "Services", "The services of the council.", SERVICES, ("id",))


def write_plans(folder: Path, period: PackPeriod) -> None:
    """The plans that the frame was drawn by; the key of one only once its period is over."""
    slugs = dict(db.session.execute(sa.select(Service.id, Service.slug)).all())
    query = sa.select(SamplingPlan).order_by(SamplingPlan.starts_on)
    query = query.where(SamplingPlan.starts_on <= period.ends_on, SamplingPlan.ends_on >= period.starts_on)
    today = day_of(period.cutoff_at)
    plans = [plan_in_words(plan, slugs, plan.ends_on < today) for plan in db.session.scalars(query)]
    write_json(folder / "restricted/plans.json", plans)


def plan_in_words(plan: SamplingPlan, slugs: dict[int, str], over: bool) -> dict[str, Any]:
    return {
        "commitment": plan.commitment,
        "key": plan.key.hex() if over else None,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "committed_at": moment_in_words(plan.committed_at),
        "late": plan.late,
        "default_rate": plan.default_rate,
        "rates": sorted([slugs[rate.service_id], rate.channel.value, rate.rate] for rate in plan.rates),
        "rules": plan.rules,
    }


def write_trail(folder: Path, period: PackPeriod) -> None:
    """Every entry of the audit trail up to the cutoff: ids, codes and counts, never personal data."""
    query = sa.select(AuditEntry).where(AuditEntry.id <= period.cutoff).order_by(AuditEntry.id)
    path = folder / "proof/audit.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as opened:
        for entry in db.session.scalars(query.execution_options(yield_per=AT_ONCE)):
            opened.write(json.dumps(entry_in_words(entry), sort_keys=True, ensure_ascii=False) + "\n")


def entry_in_words(entry: AuditEntry) -> dict[str, Any]:
    return {
        "number": entry.id,
        "at": moment_in_words(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "details": entry.details,
        "previous": entry.previous_hash,
        "hash": entry.hash,
    }


def moment_in_words(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_program(folder: Path) -> None:
    """verify.py and what it runs, from the standard library alone."""
    (folder / "proof").mkdir(parents=True, exist_ok=True)
    (folder / "verify.py").write_text(VERIFY, encoding="utf-8")
    for source in sorted(PROGRAM.glob("*.py")):
        (folder / "proof" / source.name).write_bytes(source.read_bytes())
