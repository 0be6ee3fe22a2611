"""Control totals: how many contacts telephony or another system counted a day, loaded from its own file.

A file goes in whole or not at all. A total that comes again for the same day, service and channel takes the place of
the older one, and the audit trail says how many did.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from proof.control import LOADED, Total, digest_of_totals
from surveys.contacts.models import Channel
from surveys.contacts.moments import EARLIEST, is_day, read_moment
from surveys.core.clock import day_of
from surveys.core.csv_in import FileShape, inspect, one_line, rows
from surveys.core.db import db, insert_into
from surveys.core.refusals import Refused
from surveys.people.accounts import all_services, slug_of
from surveys.people.audit import record
from surveys.people.models import Service
from surveys.rates.contact_counts import count_loaded
from surveys.rates.months import Month
from surveys.rates.set_models import ControlTotal

COLUMNS = ("day", "service", "channel", "total")
MOST_ROWS = 200_000
MOST_CONTACTS = 1_000_000
ROWS_AT_ONCE = 500
SHOWN_FAULTS = 50

Place = tuple[date, int, Channel]


@dataclass(frozen=True)
class Fault:
    """line counts from 1 with the header."""

    line: int
    column: str
    words: str


class FaultyTotals(Refused):
    """Nothing was loaded; each fault says what to do."""

    def __init__(self, faults: list[Fault]) -> None:
        more = ", and perhaps more after these" if len(faults) == SHOWN_FAULTS else ""
        lines = "1 line needs" if len(faults) == 1 else f"{len(faults)} lines need"
        super().__init__(f"Nothing was loaded: {lines} to be put right{more}.")
        self.faults = faults


class BadCell(Exception):
    """One cell that cannot be read: its column, and what to do."""


@dataclass(frozen=True)
class LoadedTotals:
    rows: int
    replaced: int


def load_totals(path: Path, source: str, by: int, moment: datetime) -> LoadedTotals:
    """Load a file whole. Raises FaultyTotals with up to 50 faults, Refused for what is no such file."""
    shape = inspect(path)
    totals = read_totals(path, shape, day_of(moment))
    known = known_places(totals)
    told = {"source": source, "loaded_at": moment, "loaded_by": by}
    t = ControlTotal
    insert = insert_into(t)
    changed = {name: insert.excluded[name] for name in ("total", *told)}
    upsert = insert.on_conflict_do_update(index_elements=["day", "service_id", "channel"], set_=changed)
    values = [{"day": d, "service_id": s, "channel": c, "total": n, **told} for (d, s, c), n in totals.items()]
    for at in range(0, len(values), ROWS_AT_ONCE):
        db.session.execute(upsert, values[at : at + ROWS_AT_ONCE])
    count_loaded({Month.of(day).first for day, _, _ in totals})
    months = digests({Month.of(day) for day, _, _ in totals})
    record(LOADED, f"source:{source}", rows=len(totals), replaced=known, sha256=shape.sha256, months=months)
    return LoadedTotals(len(totals), known)


def digests(months: Collection[Month]) -> dict[str, str]:
    """Of all totals of each month as they are now: what verify.py holds a pack's against."""
    t, found = ControlTotal, {month: list[Total]() for month in sorted(months)}
    query = sa.select(t.day, Service.slug, t.channel, t.total).join(Service, Service.id == t.service_id)
    for day, service, channel, total in db.session.execute(
        query.where(t.day.between(min(found).first, max(found).last))
    ):
        if Month.of(day) in found:
            found[Month.of(day)].append((day.isoformat(), service, channel.value, total))
    return {str(month): digest_of_totals(totals) for month, totals in found.items()}


def read_totals(path: Path, shape: FileShape, today: date) -> dict[Place, int]:
    if shape.lines > MOST_ROWS:
        raise Refused(f"The file has more than {MOST_ROWS:,} lines. Split it by period and load the parts.")
    places = columns_of(shape)
    services = {service.slug: service.id for service in all_services()}
    totals: dict[Place, int] = {}
    first_line: dict[Place, int] = {}
    faults: list[Fault] = []
    for line, fields in rows(path, shape):
        try:
            place, total = read_row({name: one_line(cell) for name, cell in cells(fields, places)}, services, today)
            if place in first_line:
                raise BadCell(
                    "day", f"This day, service and channel is on line {first_line[place]} too. Keep one of them."
                )
        except BadCell as wrong:
            faults.append(Fault(line, *wrong.args))
            if len(faults) == SHOWN_FAULTS:
                break
        else:
            totals[place], first_line[place] = total, line
    if faults:
        raise FaultyTotals(faults)
    if not totals:
        raise Refused("The file has a header line and no rows. Export it again.")
    return totals


def columns_of(shape: FileShape) -> dict[str, int]:
    """Where each column stands. Raises Refused, naming those that are missing."""
    header = [name.casefold() for name in shape.header]
    if missing := [name for name in COLUMNS if name not in header]:
        raise Refused(f"The header line lacks {', '.join(missing)}. It must name day, service, channel and total.")
    return {name: header.index(name) for name in COLUMNS}


def cells(fields: list[str], places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """A short row has empty cells at its end."""
    return ((name, fields[at] if at < len(fields) else "") for name, at in places.items())


def read_row(typed: Mapping[str, str], services: Mapping[str, int], today: date) -> tuple[Place, int]:
    """(place, total). Raises BadCell."""
    day = read_day(typed["day"], today)
    service = services.get(typed["service"].casefold()) or services.get(slug_of(typed["service"]))
    if service is None:
        raise BadCell(
            "service", f"There is no service “{typed['service'][:40]}”. Use its short name, like council-tax."
        )
    try:
        channel = Channel(typed["channel"].casefold().replace(" ", "_").replace("-", "_"))
    except ValueError:
        known = ", ".join(channel.value for channel in Channel)
        raise BadCell("channel", f"There is no channel “{typed['channel'][:40]}”. Use one of {known}.") from None
    total = typed["total"]
    if not (total.isascii() and total.isdigit() and len(total) < 10 and int(total) <= MOST_CONTACTS):
        raise BadCell("total", f"Total must be a whole number from 0 to {MOST_CONTACTS:,}, without commas.")
    return (day, service, channel), int(total)


def read_day(typed: str, today: date) -> date:
    found = read_moment(typed) if is_day(typed) else None
    if found is None:
        raise BadCell("day", "Day must be a date like 2026-03-31 or 31/03/2026.")
    if not EARLIEST.date() <= found[1] <= today:
        raise BadCell("day", "Day must not be in the future or before 2000.")
    return found[1]


def known_places(places: Collection[Place]) -> int:
    """How many of them have a total already, asked in pieces."""
    t = ControlTotal
    wanted, known = sorted(places), 0
    for at in range(0, len(wanted), ROWS_AT_ONCE):
        some = sa.tuple_(t.day, t.service_id, t.channel).in_(wanted[at : at + ROWS_AT_ONCE])
        known += db.session.scalar(sa.select(sa.func.count()).select_from(t).where(some)) or 0
    return known
