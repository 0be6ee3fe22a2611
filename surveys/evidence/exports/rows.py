"""The rows of an export, read in constant memory: what was answered, or who got in touch, and never an address.

Answers have no number and no time of day, and stand in an order of their own within a day: nothing in them leads to a
contact. Rows are read by service, channel and day, as the indexes have them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Answer, Response
from surveys.comments.texts.models import Comment, CommentState
from surveys.contacts.models import Channel, Contact
from surveys.core.db import db
from surveys.evidence.exports.models import ExportKind
from surveys.evidence.exports.scan import MOST_REMEMBERED, Scan
from surveys.evidence.files.tables import Cell, Column, Datatype
from surveys.people.models import Service
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.sampling.models import Draw

AT_ONCE = 2_000
# Keys and codes are small letters, digits, dots and underscores, so neither stands in one.
BETWEEN, IS = "|", "="
Query = sa.Select[*tuple[Any, ...]]
Row = Sequence[Cell]
WHERE = (
    Column("service", "Service", required=True),
    Column("channel", "Channel", required=True),
    Column("day", "Day of the contact", Datatype.DATE, required=True),
)
ANSWERED = (
    *WHERE,
    Column("mode", "Answered by", required=True),
    Column("version", "Questionnaire and version", required=True),
    Column("completed", "Completed", required=True),
)
CONTACTED = (
    *WHERE,
    Column("source", "Source", required=True),
    Column("reference", "Reference", required=True),
    Column("outcome", "What the draw said"),
)


@dataclass(frozen=True)
class Asked:
    """What an export is of. services and channels: None for all of them."""

    first: date
    last: date
    services: frozenset[int] | None
    channels: frozenset[Channel] | None
    comments: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "services": None if self.services is None else sorted(self.services),
            "channels": None if self.channels is None else sorted(channel.value for channel in self.channels),
            "comments": self.comments,
        }

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "Asked":
        """From what as_json gave."""
        services, channels = told["services"], told["channels"]
        return cls(
            date.fromisoformat(told["first"]),
            date.fromisoformat(told["last"]),
            None if services is None else frozenset(services),
            None if channels is None else frozenset(Channel(channel) for channel in channels),
            bool(told["comments"]),
        )

    def of(self, table: type[Response | Contact | Comment]) -> sa.ColumnElement[bool]:
        """The rows of a table that it asks for."""
        wanted = [table.day.between(self.first, self.last)]
        if self.services is not None:
            wanted.append(table.service_id.in_(self.services))
        if self.channels is not None:
            wanted.append(table.channel.in_(self.channels))
        return sa.and_(*wanted)


@dataclass(frozen=True)
class ExportTable:
    """rows can be gone through once."""

    columns: tuple[Column, ...]
    rows: Iterator[Row]


def table_for(kind: ExportKind, asked: Asked, scan: Scan) -> ExportTable:
    if kind is ExportKind.CONTACTS:
        return ExportTable(CONTACTED, contact_rows(asked, scan))
    questions = asked_questions(asked)
    written = written_questions(asked) if asked.comments else []
    columns = (
        *ANSWERED,
        *(Column(f"answer.{key}", key, description="the code of the answer chosen") for key in questions),
        *(Column(f"comment.{key}", key, description="redacted") for key in written),
    )
    return ExportTable(columns, answer_rows(asked, questions, written, scan))


def asked_questions(asked: Asked) -> Sequence[str]:
    """Every question with a chosen answer, in order."""
    a = Answer
    query = sa.select(a.question).distinct().join(Response, Response.id == a.response_id)
    return db.session.scalars(query.where(a.code.is_not(None), asked.of(Response)).order_by(a.question)).all()


def written_questions(asked: Asked) -> Sequence[str]:
    c = Comment
    query = sa.select(c.question).distinct().where(c.state != CommentState.LET_GO, asked.of(c))
    return db.session.scalars(query.order_by(c.question)).all()


def answer_rows(asked: Asked, questions: Sequence[str], written: Sequence[str], scan: Scan) -> Iterator[Row]:
    slugs, versions, cell, chosen = service_slugs(), version_names(), scan.cell, Chosen(questions, scan)
    for rows in in_parts(responses(asked)):
        comments = comments_of([row.id for row in rows]) if written else {}
        for number, service, channel, day, mode, version, completed, codes in rows:
            said = comments.get(number, {})
            yield (
                cell(slugs[service]),
                channel,
                str(day),
                mode,
                cell(versions[version]),
                "true" if completed else "false",
                *chosen.cells(codes or ""),
                *[scan.comment(said[key]) if key in said else "" for key in written],
            )


class Chosen:
    """The cells of a response's chosen answers. Many say the very same: such cells are made and looked at once."""

    def __init__(self, questions: Sequence[str], scan: Scan) -> None:
        self.questions = questions
        self.scan = scan
        self._clean: dict[str, tuple[str, ...]] = {}

    def cells(self, told: str) -> tuple[str, ...]:
        """told: as `responses` reads them. What was replaced in is not remembered, since each is counted."""
        known = self._clean.get(told)
        if known is not None:
            return known
        found = self.scan.found
        codes = dict(pair.split(IS) for pair in told.split(BETWEEN)) if told else {}
        cells = tuple([self.scan.cell(codes[key]) if key in codes else "" for key in self.questions])
        if self.scan.found == found and len(self._clean) < MOST_REMEMBERED:
            self._clean[told] = cells
        return cells


def responses(asked: Asked) -> Query:
    """In one query, with the answers of each in one column: key=code|key=code. The codes decide the order in a day."""
    r, a, text = Response, Answer, sa.String()
    pairs = sa.func.aggregate_strings(a.question + IS + a.code, BETWEEN)
    codes = sa.select(pairs).where(a.response_id == r.id, a.code.is_not(None)).correlate(r).scalar_subquery()
    channel, mode, day = (sa.type_coerce(column, text) for column in (r.channel, r.mode, r.day))
    completed = sa.type_coerce(r.completed_at.is_not(None), sa.Integer())
    query = sa.select(r.id, r.service_id, channel, day, mode, r.version_id, completed, codes.label("codes"))
    return query.where(asked.of(r)).order_by(r.service_id, r.channel, r.day, r.mode, r.satisfaction, r.id)


def comments_of(responses: Collection[int]) -> dict[int, dict[str, str]]:
    """The redacted words of each, by question; none that were let go."""
    c, found = Comment, dict[int, dict[str, str]]()
    query = sa.select(c.response_id, c.question, c.redacted)
    query = query.where(c.response_id.in_(responses), c.state != CommentState.LET_GO)
    for response, question, redacted in db.session.execute(query):
        found.setdefault(response, {})[question] = redacted
    return found


def contact_rows(asked: Asked, scan: Scan) -> Iterator[Row]:
    c, d, text, slugs, cell = Contact, Draw, sa.String(), service_slugs(), scan.cell
    channel, day, outcome = (sa.type_coerce(column, text) for column in (c.channel, c.day, d.outcome))
    query = sa.select(c.service_id, channel, day, c.source, c.external_ref, outcome)
    query = query.outerjoin(d, d.contact_id == c.id).where(asked.of(c))
    for rows in in_parts(query.order_by(c.day, c.service_id, c.channel, c.source, c.external_ref)):
        for service, channel, day, source, reference, outcome in rows:
            yield (cell(slugs[service]), channel, str(day), cell(source), cell(reference), outcome or "")


def in_parts(query: Query) -> Iterator[Sequence[sa.Row[*tuple[Any, ...]]]]:
    """Rows of columns alone. A day is text on SQLite and a date on PostgreSQL: as words the two are the same."""
    yield from db.session.connection().execute(query.execution_options(yield_per=AT_ONCE)).partitions()


def service_slugs() -> dict[int, str]:
    return dict(db.session.execute(sa.select(Service.id, Service.slug)).all())


def version_names() -> dict[int, str]:
    """Each version as its questionnaire's short name and its number."""
    v, q = QuestionnaireVersion, Questionnaire
    query = sa.select(v.id, q.slug, v.number).join(q, q.id == v.questionnaire_id)
    return {number: f"{slug}/{version}" for number, slug, version in db.session.execute(query)}
