"""Packs and publications that are not the bytes which the audit trail says were made."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from surveys.core.db import db
from surveys.evidence.files.stored import pieces
from surveys.evidence.packs.models import EvidencePack
from surveys.evidence.publishing.models import Publication
from surveys.evidence.publishing.published import read_figures
from surveys.evidence.publishing.quarters import Quarter
from surveys.people.models import AuditEntry

BUILT, PUBLISHED = "evidence pack built", "results published"
NAMES = {BUILT: "Evidence pack", PUBLISHED: "Publication"}


def changed_files() -> Iterator[str]:
    """Each file that is gone or changed, in words. Reads every file, a piece at a time."""
    kept: dict[str, dict[int, int | None]] = {
        BUILT: dict(db.session.execute(sa.select(EvidencePack.id, EvidencePack.file_id)).all()),
        PUBLISHED: dict(db.session.execute(sa.select(Publication.id, Publication.file_id)).all()),
    }
    figures = dict(published_figures())
    query = sa.select(AuditEntry.action, AuditEntry.subject, AuditEntry.details).where(AuditEntry.action.in_(NAMES))
    told = db.session.execute(query.order_by(AuditEntry.id)).all()
    for action, subject, details in told:
        number = int(subject.partition(":")[2])
        file_id = kept[action].pop(number, None)
        if file_id is None:
            yield f"{NAMES[action]} {number}: the audit trail has it, and its file is gone."
        elif digest_of_file(file_id) != details.get("sha256"):
            yield f"{NAMES[action]} {number}: its file is not what the audit trail says was made."
        if action == PUBLISHED and figures.get(number, told_of(details)) != told_of(details):
            yield f"Publication {number}: its figures are not what the audit trail says were published."
    for number in kept[PUBLISHED]:
        yield f"Publication {number}: the audit trail does not have it."


def published_figures() -> Iterator[tuple[int, str]]:
    """The digest of each publication's figures, as the results page reads them."""
    query = sa.select(Publication.id, Publication.quarter, Publication.tables).order_by(Publication.id)
    for number, quarter, tables in db.session.execute(query):
        yield number, read_figures(Quarter.starting(quarter), tables).digest


def told_of(details: Mapping[str, Any]) -> str:
    return str(details["figures_sha256"])


def digest_of_file(file_id: int) -> str:
    digest = hashlib.sha256()
    for piece in pieces(file_id):
        digest.update(piece)
    return digest.hexdigest()
