"""What was published, as it is found again: newest versions, every version's file, and what came in since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import sqlalchemy as sa

from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.core.refusals import NotFound
from surveys.evidence.files.models import MadeFile
from surveys.evidence.files.stored import pieces
from surveys.evidence.publishing.files import Previous
from surveys.evidence.publishing.models import Publication
from surveys.evidence.publishing.published import Issue, read_figures
from surveys.evidence.publishing.quarters import Quarter
from surveys.rates.models import Revision
from surveys.rates.months import Month
from surveys.rates.page_models import ContactTotal

# Two years of trend.
MOST_QUARTERS = 8
# Older quarters than three years are reached by their addresses.
MOST_LISTED = 60


@dataclass(frozen=True)
class Version:
    """One version of a quarter's open data, without its figures."""

    quarter: Quarter
    number: int
    why: str | None
    published_at: datetime
    size: int
    sha256: str


@dataclass(frozen=True)
class Standing:
    """A quarter for staff: when it can be published, its newest version, and months that late answers changed since."""

    quarter: Quarter
    ready: bool
    newest: Version | None
    revised_since: int


def newest_issues(most: int = MOST_QUARTERS) -> list[Issue]:
    """The newest version of each of the newest quarters, the newest quarter first."""
    p = Publication
    newest = sa.select(p.quarter, sa.func.max(p.version).label("version")).group_by(p.quarter).subquery()
    query = sa.select(p.quarter, p.version, p.why, p.published_at, p.tables)
    query = query.join(newest, sa.and_(newest.c.quarter == p.quarter, newest.c.version == p.version))
    return [
        Issue(read_figures(Quarter.starting(row.quarter), row.tables), row.version, row.why, row.published_at)
        for row in db.session.execute(query.order_by(p.quarter.desc()).limit(most))
    ]


def versions(most: int = MOST_LISTED) -> list[Version]:
    """The newest quarters first, and of each its newest version first."""
    p = Publication
    query = sa.select(p.quarter, p.version, p.why, p.published_at, MadeFile.size, MadeFile.sha256)
    query = query.join(MadeFile, MadeFile.id == p.file_id).order_by(p.quarter.desc(), p.version.desc()).limit(most)
    return [
        Version(Quarter.starting(row.quarter), row.version, row.why, row.published_at, row.size, row.sha256 or "")
        for row in db.session.execute(query)
    ]


def file_of(quarter: Quarter, version: int) -> int:
    """The number of a version's archive."""
    p = Publication
    query = sa.select(p.file_id).where(p.quarter == quarter.first.first, p.version == version)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("No such version was published. Check the address.")
    return found


def previous_of(quarter: Quarter, version: int) -> Previous | None:
    """The version before this one; None of the first."""
    p = Publication
    query = sa.select(p.version, MadeFile.sha256).join(MadeFile, MadeFile.id == p.file_id)
    found = db.session.execute(query.where(p.quarter == quarter.first.first, p.version == version - 1)).one_or_none()
    return Previous(found.version, found.sha256 or "") if found else None


def within_archive(file_id: int, path: str) -> bytes:
    """One file of an archive, below its folder: the very bytes that were published."""
    with ZipFile(BytesIO(b"".join(pieces(file_id)))) as archive:
        for name in archive.namelist():
            if name.partition("/")[2] == path:
                return archive.read(name)
    raise NotFound("There is no such file in this version. Check the address.")


def revised_since(quarter: Quarter, moment: datetime) -> int:
    """How many of its months late answers changed after this moment."""
    r = Revision
    query = sa.select(sa.func.count(r.month.distinct())).where(r.at > moment)
    return db.session.scalar(query.where(r.month.in_([month.first for month in quarter.months]))) or 0


def standings(moment: datetime, most: int = MOST_QUARTERS) -> list[Standing]:
    """The newest quarters that anybody got in touch in, in three queries."""
    first, last = db.session.execute(sa.select(sa.func.min(ContactTotal.month), sa.func.max(ContactTotal.month))).one()
    if first is None:
        return []
    newest: dict[Quarter, Version] = {}
    for version in versions():
        newest.setdefault(version.quarter, version)
    oldest, today = Quarter.starting(first), day_of(moment)
    quarters = [quarter for n in range(most) if (quarter := Quarter.starting(last).plus(-n)) >= oldest]
    changed = revisions_of([month.first for quarter in quarters for month in quarter.months])
    return [standing(quarter, newest.get(quarter), changed, today) for quarter in quarters]


def standing(
    quarter: Quarter, newest: Version | None, changed: Sequence[tuple[Month, datetime]], today: date
) -> Standing:
    since = [month for month, at in changed if newest and at > newest.published_at and month in quarter.months]
    return Standing(quarter, today >= quarter.ready_on, newest, len(since))


def revisions_of(months: Sequence[date]) -> list[tuple[Month, datetime]]:
    """Each of these months that late answers changed, and when they last did."""
    query = sa.select(Revision.month, sa.func.max(Revision.at)).where(Revision.month.in_(months))
    rows = db.session.execute(query.group_by(Revision.month))
    return [(Month.of(month), at) for month, at in rows]
