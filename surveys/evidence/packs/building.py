"""The building of a pack: every file into a folder, then the list of them, its signature, and one archive.

Nothing in it depends on when or where it is built: the same period and cutoff over the same rows give the same bytes.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surveys.core.settings import Settings
from surveys.evidence.chapters.content import PackContent, content_of
from surveys.evidence.chapters.plain_files import (
    moment_in_words,
    write_frame,
    write_groups,
    write_leaves,
    write_microdata,
    write_plans,
    write_program,
    write_services,
    write_trail,
)
from surveys.evidence.chapters.questionnaires import write_questionnaires
from surveys.evidence.cover.writing import write_cover
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.rows import group_counts
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.archive import MANIFEST, SIGNATURE, manifest_of, write_archive
from surveys.evidence.files.described import About, Described, described, write_csv, write_json, write_metadata
from surveys.evidence.seals.signing import public_key, sign
from surveys.evidence.workbooks.ods import write_ods
from surveys.evidence.workbooks.xlsx import write_xlsx
from surveys.messaging.hours import hours_of

# Told as work goes on: how far it is, of 100, and with what.
Tell = Callable[[int, str], None]
LICENCE = ("other-closed", "For the council and its assessors only", "")


@dataclass(frozen=True)
class Built:
    """The archive and the digest of its MANIFEST, in hex."""

    archive: Path
    manifest_sha256: str


def build(period: PackPeriod, settings: Settings, workplace: Path, tell: Tell) -> Built:
    """Raises Refused where something stands against it; workplace is an empty folder of its own."""
    folder, tally = workplace / period.name, Tally()
    folder.mkdir()
    tell(5, "Reading the answers")
    tables = [write_microdata(folder, period, tally)]
    tell(25, "Reading the contacts and the draw")
    tables.append(write_frame(folder, period, tally))
    tell(45, "Reading the seals and the audit trail")
    groups = group_counts(period)
    tables += [write_groups(folder, groups), *write_leaves(folder, period), write_services(folder)]
    write_plans(folder, period)
    write_questionnaires(folder, period)
    write_trail(folder, period)
    write_program(folder)
    tell(60, "Working out the figures")
    content = content_of(period, settings.council_name, tally, groups, hours_of(settings).nation)
    write_tables(folder, content, tables)
    write_json(folder / "method/about.json", about_in_words(content))
    tell(70, "Writing the workbooks")
    write_xlsx(folder / "results.xlsx", content)
    write_ods(folder / "results.ods", content)
    tell(80, "Writing the cover page and its PDF")
    write_cover(folder, content)
    tell(95, "Signing and packing")
    return packed(folder, workplace / f"{period.name}.zip")


def write_tables(folder: Path, content: PackContent, others: list[Described]) -> None:
    for table in content.tables:
        write_csv(folder / f"results/{table.name}.csv", table.columns, table.rows)
    results = [described(table, "results") for table in content.tables]
    write_metadata(folder, about(content), [*results, *others])


def about(content: PackContent) -> About:
    period = content.period
    return About(
        name=period.name,
        title=f"{content.council}: customer satisfaction, {period.label}",
        description="Evidence of customer satisfaction with its proof. Run verify.py to check it.",
        publisher=content.council,
        created=moment_in_words(period.cutoff_at),
        version=f"1.0.{period.cutoff}",
        licence=LICENCE[0],
        licence_title=LICENCE[1],
        licence_url=LICENCE[2],
    )


def about_in_words(content: PackContent) -> dict[str, Any]:
    """For verify.py and other programs: what the pack is of, and where it was cut off."""
    period = content.period
    return {
        "format": 1,
        "council": content.council,
        "period": {"starts_on": period.starts_on.isoformat(), "ends_on": period.ends_on.isoformat()},
        "cutoff": {
            "entry": period.cutoff,
            "hash": period.cutoff_hash,
            "at": moment_in_words(period.cutoff_at),
            "answers_sealed_to": period.answers_to.isoformat(),
            "draws_sealed_to": period.draws_to.isoformat(),
        },
        "responses": content.tally.responses,
        "contacts": sum(content.tally.outcomes.values()),
    }


def packed(folder: Path, archive: Path) -> Built:
    """MANIFEST last of all, since it lists every other file; the key beside it is the one the audit trail has."""
    (folder / "proof/signing-key.txt").write_text(public_key() + "\n", encoding="ascii")
    manifest = manifest_of(folder)
    (folder / MANIFEST).write_text(manifest, encoding="utf-8")
    (folder / SIGNATURE).write_text(sign(manifest.encode()) + "\n", encoding="ascii")
    write_archive(folder, archive, folder.name)
    return Built(archive, hashlib.sha256(manifest.encode()).hexdigest())
