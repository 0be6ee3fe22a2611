"""Publishing a quarter: drafted and looked through, then kept for good. A new version respects every older one."""

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from surveys.core.clock import day_in_words, day_of
from surveys.core.db import db, lock
from surveys.core.refusals import Conflict, Refused
from surveys.core.settings import Settings
from surveys.evidence.files.models import MadeFile
from surveys.evidence.files.stored import keep_path
from surveys.evidence.publishing.counts import Counted, counted
from surveys.evidence.publishing.files import Previous, write_files
from surveys.evidence.publishing.hidden import Hidden, hidden_of
from surveys.evidence.publishing.models import Publication
from surveys.evidence.publishing.published import Figures, Issue, read_figures
from surveys.evidence.publishing.quarters import Quarter
from surveys.people.audit import record
from surveys.rates.protection import View, protect
from surveys.rates.protection_revising import revise
from surveys.rates.protection_tables import Mark

ZIP = "application/zip"
MOVED = "The figures moved since you looked them through. Look again, then publish."


@dataclass(frozen=True)
class Basis:
    """What a version is worked out from: what stands now, and every version before it, the oldest first."""

    quarter: Quarter
    counted: Counted
    earlier: Sequence[tuple[Previous, Figures]]


@dataclass(frozen=True)
class Draft:
    """What would be published now. hidden is for staff only; counts_sha256 is the digest of what stands behind it."""

    issue: Issue
    hidden: Sequence[Hidden]
    counts_sha256: str
    previous: Previous | None

    @property
    def quarter(self) -> Quarter:
        return self.issue.quarter

    @property
    def revised(self) -> int:
        """How many figures a new version changes."""
        tables = (self.issue.figures.rates, self.issue.figures.funnel)
        return sum(Mark.REVISED in shown.marks for table in tables for shown in table.shown.values())


def check_ready(quarter: Quarter, moment: datetime) -> None:
    if day_of(moment) < quarter.ready_on:
        raise Refused(
            f"{quarter.label} can be published from {day_in_words(quarter.ready_on)}: until then answers still come in."
        )


def basis_of(quarter: Quarter, moment: datetime) -> Basis:
    """Read what stands now. Raises Refused where nothing may be published."""
    check_ready(quarter, moment)
    earlier = list(versions_published(quarter))
    found = counted(quarter, earlier[0][1].rates.dimensions[0].leaves if earlier else None)
    if not found.rates.leaves:
        raise Refused(f"Nobody got in touch in {quarter.label}: there is nothing to publish.")
    return Basis(quarter, found, earlier)


def work_out(basis: Basis) -> Draft:
    """Protect it: pure, and half a minute of work where there are many services. Raises ArithmeticError."""
    found, before = basis.counted, [figures for _, figures in basis.earlier]
    if before:
        rates = revise([one.rates for one in before], found.rates)
        funnel = revise([one.funnel for one in before], found.funnel)
    else:
        rates, funnel = protect(found.rates, View.PUBLICATION), protect(found.funnel, View.PUBLICATION)
    names = {**(before[-1].names if before else {}), **found.names}
    issue = Issue(Figures(basis.quarter, names, rates, funnel), len(before) + 1, why=None, published_at=None)
    previous = basis.earlier[-1][0] if before else None
    return Draft(issue, hidden_of(issue, found), digest_of(found), previous)


def draft_of(quarter: Quarter, moment: datetime) -> Draft:
    return work_out(basis_of(quarter, moment))


def digest_of(found: Counted) -> str:
    told = [sorted(found.names.items()), sorted(found.rates.leaves.items()), sorted(found.funnel.leaves.items())]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def has_moved(draft: Draft) -> bool:
    """Whether what stands behind a draft changed since it was worked out, or another version came before it."""
    figures, version = draft.issue.figures, draft.issue.version
    if newest_version(draft.quarter) != version - 1:
        return True
    services = None if version == 1 else figures.rates.dimensions[0].leaves
    return digest_of(counted(draft.quarter, services)) != draft.counts_sha256


def versions_published(quarter: Quarter) -> Iterator[tuple[Previous, Figures]]:
    """Every version of a quarter, the oldest first."""
    p = Publication
    query = sa.select(p.version, p.tables, MadeFile.sha256).join(MadeFile, MadeFile.id == p.file_id)
    for version, tables, sha256 in db.session.execute(
        query.where(p.quarter == quarter.first.first).order_by(p.version)
    ):
        yield Previous(version, sha256 or ""), read_figures(quarter, tables)


def publish(
    draft: Draft, seen: str, why: str | None, settings: Settings, user_id: int | None, moment: datetime
) -> Publication:
    """Keep a version for good. seen: the digest of the figures that somebody looked through."""
    lock("publications")
    if seen != draft.issue.figures.digest or has_moved(draft):
        raise Conflict(MOVED)
    if draft.issue.version > 1 and not why:
        raise Refused("Say why there is a new version: everybody reads it beside the figures.")
    if draft.issue.version > 1 and not draft.revised:
        raise Refused("No figure would change, so there is no new version to publish.")
    issue = Issue(draft.issue.figures, draft.issue.version, why if draft.issue.version > 1 else None, moment)
    with tempfile.TemporaryDirectory(prefix="fairly-open-data-") as folder:
        made = keep_path(write_files(issue, draft.previous, settings, Path(folder)), ZIP, moment)
    publication = Publication(
        quarter=draft.quarter.first.first,
        version=issue.version,
        why=issue.why,
        tables=issue.figures.stored,
        published_at=moment,
        published_by=user_id,
        file_id=made.id,
    )
    db.session.add(publication)
    db.session.flush()
    told: dict[str, Any] = {"sha256": made.sha256, "figures_sha256": seen}
    told |= {"quarter": draft.quarter.code, "version": issue.version}
    record("results published", f"publication:{publication.id}", at=moment, **told)
    return publication


def newest_version(quarter: Quarter) -> int:
    newest = sa.select(sa.func.max(Publication.version)).where(Publication.quarter == quarter.first.first)
    return db.session.scalar(newest) or 0
