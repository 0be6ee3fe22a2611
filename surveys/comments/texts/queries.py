"""Redacted comments, listed and searched, within the services that a person was granted.

Nothing here joins a comment to its contact, to an address or to what somebody told of themselves. A list is of single
comments, so small groups are not hidden in it: its readers run the service, and residents are told that they read it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from nlp.redaction.types import RedactedText
from surveys.comments.texts.models import SEARCHED, Comment, CommentLabel, CommentState, LabelKind
from surveys.comments.texts.reach import Reach
from surveys.contacts.models import Channel
from surveys.core.db import db, is_sqlite
from surveys.people.models import Service

A_PAGE = 50
MOST_COUNTED = 1000
MOST_WORDS = 6
# With more matches than this, a page of them is found soonest from the newest day backwards.
MANY = 20_000
WORD = re.compile(r"[^\W_]+")

Conditions: TypeAlias = Sequence[sa.ColumnElement[bool]]


@dataclass(frozen=True)
class Wanted:
    """Which comments: None and "" ask for any. words is what was typed to search for."""

    reach: Reach
    theme: str | None = None
    sentiment: str | None = None
    urgency: str | None = None
    state: CommentState | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Place:
    """Where a page begins: after the comment of this day and number, in the order newest first."""

    day: date
    number: int


@dataclass(frozen=True)
class Labels:
    topics: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A comment as a list shows it."""

    id: int
    day: date
    service: str
    channel: Channel
    rating: int | None
    language: str
    state: CommentState
    sentiment: str | None
    labels: Labels
    text: RedactedText = field(repr=False)


@dataclass(frozen=True)
class Listing:
    """A page. count is exact up to MOST_COUNTED and stops there; next is None on the last page."""

    comments: Sequence[Listed]
    count: int
    next: Place | None


def read_listing(wanted: Wanted, after: Place | None = None) -> Listing:
    """Newest first: the page, its labels, and a count that stops at a thousand."""
    found = said(words_in(wanted.words))
    query = newest_first(wanted, found)
    if after:
        query = query.where(sa.tuple_(Comment.day, Comment.id) < sa.tuple_(sa.literal(after.day), after.number))
    rows = db.session.execute(query.limit(A_PAGE + 1)).all()
    shown = rows[:A_PAGE]
    counted = matching(sa.select(Comment.id), wanted, found).limit(MOST_COUNTED + 1).subquery()
    count = db.session.scalar(sa.select(sa.func.count()).select_from(counted)) or 0
    more = Place(shown[-1].day, shown[-1].id) if len(rows) > A_PAGE else None
    return Listing(listed(shown), count, more)


def every_listed(wanted: Wanted) -> Iterator[Listed]:
    """All of them, for a file: a few hundred in memory at a time."""
    query = newest_first(wanted, said(words_in(wanted.words))).execution_options(yield_per=500)
    for rows in db.session.execute(query).partitions():
        yield from listed(rows)


def listed(rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> list[Listed]:
    labels = labels_of([row.id for row in rows])
    return [
        Listed(r.id, r.day, r.service, r.channel, r.rating, r.language, r.state, r.sentiment, labels[r.id], r.redacted)
        for r in rows
    ]


def newest_first(wanted: Wanted, found: Conditions) -> sa.Select[*tuple[Any, ...]]:
    c = Comment
    columns = (c.id, c.day, Service.name.label("service"), c.channel, c.rating, c.language, c.state, c.sentiment)
    query = sa.select(*columns, c.redacted).join(Service, Service.id == c.service_id)
    return matching(query, wanted, found).order_by(c.day.desc(), c.id.desc())


def matching(query: sa.Select[*tuple[Any, ...]], wanted: Wanted, found: Conditions) -> sa.Select[*tuple[Any, ...]]:
    """With a text still: what was let go only counts. found: what `said` makes of the words."""
    c, reach = Comment, wanted.reach
    query = query.where(c.state != CommentState.LET_GO, c.day.between(reach.starts_on, reach.ends_on))
    if reach.services is not None:
        query = query.where(c.service_id.in_(reach.services))
    if reach.channels is not None:
        query = query.where(c.channel.in_(reach.channels))
    if wanted.sentiment:
        query = query.where(c.sentiment == wanted.sentiment)
    if wanted.state:
        query = query.where(c.state == wanted.state)
    if wanted.theme:
        query = query.where(labelled(LabelKind.TOPIC, wanted.theme))
    if wanted.urgency:
        query = query.where(labelled(LabelKind.URGENCY, wanted.urgency))
    return query.where(*found)


def labelled(kind: LabelKind, label: str) -> sa.ColumnElement[bool]:
    at = CommentLabel
    return sa.exists().where(at.comment_id == Comment.id, at.in_force, at.kind == kind, at.label == label)


def words_in(typed: str) -> list[str]:
    """The words to search for: a few, in small letters; everything else that was typed parts them."""
    return [word.lower() for word in WORD.findall(typed)][:MOST_WORDS]


def said(words: Sequence[str]) -> Conditions:
    """Each of these begins a word of the redacted text, in capitals or not: "wait" finds "Waiting".

    PostgreSQL answers from its text index. SQLite has none that fits a table which changes, and reads the comments of
    the period one after the other: a fifth of a second for 100,000. Both find the same.
    """
    if not words:
        return []
    if is_sqlite():
        return [begins_a_word(Comment.redacted, word) for word in words]
    wanted = " & ".join(f"{word}:*" for word in words)
    found = SEARCHED.bool_op("@@")(sa.func.to_tsquery(sa.literal_column("'simple'"), wanted))
    numbers = sa.select(Comment.id.label("number")).where(found)
    few = db.session.scalar(sa.select(sa.func.count()).select_from(numbers.limit(MANY + 1).subquery())) or 0
    if few > MANY:
        return [found]
    # Left to itself, PostgreSQL walks the days backwards and takes every text apart until it has a page.
    first = numbers.cte("said").prefix_with("MATERIALIZED")
    return [Comment.id.in_(sa.select(first.c.number))]


def begins_a_word(text: InstrumentedAttribute[RedactedText], word: str) -> sa.ColumnElement[bool]:
    """The quick test first; it knows capitals of plain letters only, so other words go without."""
    exact = sa.cast(text, sa.Text).regexp_match(rf"(?i)(?<![^\W_]){word}")
    return sa.and_(sa.cast(text, sa.Text).like(f"%{word}%"), exact) if word.isascii() else exact


def labels_of(numbers: Collection[int]) -> dict[int, Labels]:
    """The topics and urgencies in force of these comments."""
    at = CommentLabel
    found: dict[int, dict[LabelKind, list[str]]] = {n: {LabelKind.TOPIC: [], LabelKind.URGENCY: []} for n in numbers}
    query = sa.select(at.comment_id, at.kind, at.label).where(
        at.comment_id.in_(numbers), at.in_force, at.kind != LabelKind.SENTIMENT
    )
    for row in db.session.execute(query.order_by(at.id)):
        found[row.comment_id][row.kind].append(row.label)
    return {n: Labels(tuple(of[LabelKind.TOPIC]), tuple(of[LabelKind.URGENCY])) for n, of in found.items()}


def newest_comment_day() -> date | None:
    return db.session.scalar(sa.select(sa.func.max(Comment.day)))
