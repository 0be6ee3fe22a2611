"""Notes on a month of a chart, such as "new phone system". One on a wider chart stands on all charts within it."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from surveys.core.db import db, table_of
from surveys.core.refusals import NotFound, Refused
from surveys.people.audit import record
from surveys.people.models import User
from surveys.rates.months import Month
from surveys.rates.series import Series, of_series
from surveys.rates.set_models import PointNote

LONGEST_NOTE = 200


@dataclass(frozen=True)
class Note:
    """who: the name of who wrote it."""

    id: int
    series: Series
    month: Month
    words: str
    written_at: datetime
    who: str


def every_note(series: Collection[Series] | None = None, months: tuple[Month, Month] | None = None) -> Sequence[Note]:
    """Notes that were not removed, on these series or on all, in the order of their months. months: first and last."""
    n, u = table_of(PointNote).c, table_of(User).c
    columns = (n.id, n.service_id, n.channel, n.month, n.words, n.written_at)
    query = sa.select(*columns, u.name.label("who")).where(u.id == n.written_by)
    query = query.where(n.removed_at.is_(None)).order_by(n.month, n.id)
    if series is not None:
        query = query.where(of_series(n, series))
    if months is not None:
        query = query.where(n.month.between(months[0].first, months[1].first))
    found = [
        Note(
            id=row.id,
            series=Series(row.service_id, row.channel),
            month=Month.of(row.month),
            words=row.words,
            written_at=row.written_at,
            who=row.who,
        )
        for row in db.session.execute(query).all()
    ]
    return [note for note in found if series is None or note.series in series]


def notes_for(series: Collection[Series], first_month: Month, last_month: Month) -> dict[Series, list[Note]]:
    """What stands on each of these charts, wider notes among them, in the order of the months. One query."""
    wanted = {wider for one in series for wider in one.wider}
    notes = every_note(wanted, (first_month, last_month))
    return {one: [note for note in notes if note.series in one.wider] for one in series}


def write_note(series: Series, month: Month, words: str, by: int, moment: datetime) -> PointNote:
    """Runs in a transaction. The audit trail has the digest of a note, not its words."""
    words = " ".join(words.split())
    if not 1 <= len(words) <= LONGEST_NOTE:
        raise Refused(f"Enter a note of {LONGEST_NOTE} characters or less")
    note = PointNote(
        service_id=series.service,
        channel=series.channel,
        month=month.first,
        words=words,
        written_at=moment,
        written_by=by,
    )
    db.session.add(note)
    db.session.flush()
    digest = hashlib.sha256(words.encode()).hexdigest()
    record("note written", f"note:{note.id}", series=series.code, month=str(month), sha256=digest)
    return note


def remove_note(note_id: int, granted: frozenset[int] | None, moment: datetime) -> None:
    """Take it off the charts; twice changes nothing. Raises NotFound outside what was granted."""
    note = db.session.get(PointNote, note_id)
    if note is None or not Series(note.service_id, note.channel).within(granted):
        raise NotFound("There is no such note.")
    if note.removed_at is None:
        note.removed_at = moment
        db.session.flush()
        record("note removed", f"note:{note.id}", series=Series(note.service_id, note.channel).code)
