"""Files of cases for the complaints system: what is in one is kept in each case's history and in the audit trail."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

import sqlalchemy as sa

from surveys.core.clock import start_of
from surveys.core.csv_out import Cell, csv_text
from surveys.core.db import db, lock, table_of
from surveys.core.refusals import Conflict
from surveys.followups.cases.handing_content import HandedCase, read_handed
from surveys.followups.cases.history import held_case
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseState
from surveys.followups.cases.words import KIND_WORDS, SATISFACTION_WORDS
from surveys.followups.handling.acts import Granted
from surveys.followups.handling.handing_over import EVENT, went_in_file, within
from surveys.followups.webhooks.models import DeliveryState, WebhookDelivery
from surveys.people.audit import record

AT_ONCE = 500
MOST_CASES = 20_000
IN_MEMORY = 1_000_000
COLUMNS = (
    "number",
    "kind",
    "service",
    "channel",
    "day",
    "rating",
    "acknowledge_by",
    "answer_by",
    "complaint_reference",
    "may_be_contacted",
    "phone",
    "email",
    "comments",
)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, by the day on which cases were handed over."""

    first: date
    last: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        return start_of(self.first), start_of(self.last + timedelta(days=1))


@dataclass(frozen=True)
class Waiting:
    """waiting: handed over in the period and in no file yet, nor sent; all: handed over in it."""

    waiting: int
    all: int


@dataclass(frozen=True)
class File:
    """A file that is written and accounted for."""

    content: IO[bytes]
    rows: int


def count_handed(services: Granted, period: Period) -> Waiting:
    """One query."""
    found = handed_in(services, period)
    waiting = sa.func.sum(sa.case((in_no_file(), 1), else_=0))
    row = db.session.execute(found.with_only_columns(waiting, sa.func.count())).one()
    return Waiting(int(row[0] or 0), int(row[1]))


def handed_in(services: Granted, period: Period) -> sa.Select[*tuple[Any, ...]]:
    """Cases that are with the complaints system now, by when they went there last."""
    first, after = period.moments
    moved = last_move(sa.func.max(CaseEvent.at))
    query = sa.select(Case.id).where(Case.state == CaseState.HANDED_OVER, moved >= first, moved < after)
    return within(query, services)


def last_move(what: sa.ColumnElement[object]) -> sa.ScalarSelect[object]:
    query = sa.select(what).where(CaseEvent.case_id == Case.id, CaseEvent.to_state == CaseState.HANDED_OVER)
    return query.correlate(Case).scalar_subquery()


def in_no_file() -> sa.ColumnElement[bool]:
    """Nor sent by webhook, nor known there by a number already."""
    e, d = CaseEvent, WebhookDelivery
    filed = sa.exists().where(e.case_id == Case.id, e.id > last_move(sa.func.max(CaseEvent.id)), *went_in_file())
    sent = sa.exists().where(d.case_id == Case.id, d.event == EVENT.value, d.state != DeliveryState.FAILED)
    return sa.and_(~filed, ~sent, Case.complaint_reference.is_(None))


def file_of_period(services: Granted, period: Period, again: bool, user_id: int, moment: datetime) -> File:
    """What waits, or with `again` all of the period. Two people at once never get the same case as new."""
    lock("file of handed cases")
    query = handed_in(services, period)
    query = query if again else query.where(in_no_file())
    numbers = list(db.session.scalars(query.order_by(Case.id).limit(MOST_CASES + 1)))
    if not numbers:
        raise Conflict("There is nothing to download: no case of these days waits for a file.")
    if len(numbers) > MOST_CASES:
        raise Conflict(f"These are more than {MOST_CASES:,} cases. Choose fewer days.")
    subject = f"handed over:{period.first}:{period.last}"
    return kept(numbers, subject, user_id, moment)


def file_of_case(number: int, services: Granted, user_id: int, moment: datetime) -> File:
    lock("file of handed cases")
    case = held_case(number, services)
    if case.state is not CaseState.HANDED_OVER:
        raise Conflict("Hand the case over first. Then you can download it for the complaints system.")
    return kept([number], f"case:{number}", user_id, moment)


def kept(numbers: Sequence[int], subject: str, user_id: int, moment: datetime) -> File:
    """Write the file, and what it was into the history of each case and, by count and digest, into the audit trail."""
    content = cast(IO[bytes], SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115  # the response closes it
    digest = hashlib.sha256()
    for piece in csv_text(COLUMNS, lines_of(numbers)):
        written = piece.encode()
        digest.update(written)
        content.write(written)
    content.seek(0)
    event = {"at": moment, "by": user_id, "kind": CaseEventKind.HANDED_OVER}
    words = "Downloaded in a file for the complaints system"
    rows = [event | {"case_id": number, "words": words} for number in numbers]
    db.session.execute(sa.insert(table_of(CaseEvent)), rows)
    actor = f"user:{user_id}"
    record("handed cases exported", subject, actor=actor, at=moment, rows=len(numbers), sha256=digest.hexdigest())
    return File(content, len(numbers))


def lines_of(numbers: Sequence[int]) -> Iterator[Sequence[Cell]]:
    for start in range(0, len(numbers), AT_ONCE):
        for case in read_handed(numbers[start : start + AT_ONCE]):
            yield line_of(case)


def line_of(case: HandedCase) -> Sequence[Cell]:
    return (
        case.number,
        KIND_WORDS[case.kind],
        case.service,
        case.channel.value,
        case.day.isoformat(),
        SATISFACTION_WORDS[case.rating] if case.rating else "",
        case.acknowledge_by.isoformat(),
        case.answer_by.isoformat(),
        case.reference or "",
        "yes" if case.consent else "no",
        case.phone or "",
        case.email or "",
        "\n\n".join(case.comments),
    )
