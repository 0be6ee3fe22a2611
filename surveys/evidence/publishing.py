"""Publishing a quarter: drafted and looked through, then kept for good. A new version respects every older one."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app

from surveys.core.clock import day_in_words, day_of
from surveys.core.db import db, lock
from surveys.core.refusals import Conflict, Refused
from surveys.core.settings import Settings
from surveys.evidence.models import MadeFile, Publication
from surveys.evidence.published import Figures, Issue, read_figures
from surveys.evidence.publishing_counts import Counted, counted
from surveys.evidence.publishing_files import Previous, write_files
from surveys.evidence.quarters import Quarter
from surveys.evidence.stored import keep_path
from surveys.people.audit import record
from surveys.rates.protection import View, protect
from surveys.rates.protection_revising import revise
from surveys.rates.protection_tables import Mark, ProtectedTable

Protected = tuple[ProtectedTable, ProtectedTable]
ZIP = "application/zip"
MOST_KEPT = 8
MOVED = "The figures moved since you looked them through. Look again, then publish."


@dataclass(frozen=True)
class Draft:
    """What would be published now. counted: what stands behind it, for staff only."""

    issue: Issue
    counted: Counted
    previous: Previous | None

    @property
    def quarter(self) -> Quarter:
        return self.issue.quarter

    @property
    def revised(self) -> int:
        """How many figures a new version changes."""
        tables = (self.issue.figures.rates, self.issue.figures.funnel)
        return sum(Mark.REVISED in shown.marks for table in tables for shown in table.shown.values())


def draft_of(quarter: Quarter, moment: datetime) -> Draft:
    """Protect what stands now. Reads only; many cells take seconds. Raises Refused where nothing may be published."""
    if day_of(moment) < quarter.ready_on:
        raise Refused(
            f"{quarter.label} can be published from {day_in_words(quarter.ready_on)}: until then answers still come in."
        )
    earlier = list(versions_published(quarter))
    before = [figures for _, figures in earlier]
    found = counted(quarter, before[0].rates.dimensions[0].leaves if before else None)
    if not found.rates.leaves:
        raise Refused(f"Nobody got in touch in {quarter.label}: there is nothing to publish.")
    names = {**(before[-1].names if before else {}), **found.names}
    figures = Figures(quarter, names, *protected(found, before))
    version, previous = len(earlier) + 1, earlier[-1][0] if earlier else None
    return Draft(Issue(figures, version, why=None, published_at=None), found, previous)


def protected(found: Counted, before: list[Figures]) -> Protected:
    """What may be shown, worked out once for the same counts: somebody who looks through the pages asks many times."""
    told = [*sorted(found.rates.leaves.items()), *sorted(found.funnel.leaves.items()), *(one.digest for one in before)]
    key = hashlib.sha256(repr(told).encode()).hexdigest()
    kept: dict[str, Protected] = current_app.extensions.setdefault("drafts", {})
    if key not in kept:
        for oldest in list(kept)[: 1 - MOST_KEPT]:
            del kept[oldest]
        kept[key] = protected_anew(found, before)
    return kept[key]


def protected_anew(found: Counted, before: list[Figures]) -> Protected:
    if not before:
        return protect(found.rates, View.PUBLICATION), protect(found.funnel, View.PUBLICATION)
    return revise([one.rates for one in before], found.rates), revise([one.funnel for one in before], found.funnel)


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
    if seen != draft.issue.figures.digest or newest_version(draft.quarter) != draft.issue.version - 1:
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
