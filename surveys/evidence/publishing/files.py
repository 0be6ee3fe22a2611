"""The files of a publication: three tables with what describes them and a few words to read first, in one archive."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from surveys.core.settings import Settings
from surveys.evidence.files.archive import write_archive
from surveys.evidence.files.described import About, Described, csvw, data_package, described, write_csv, write_json
from surveys.evidence.files.tables import MARKS, PackTable
from surveys.evidence.publishing.published import Issue
from surveys.evidence.publishing.tables import publication_tables

FOLDER = "data"
LICENCE, LICENCE_TITLE = "OGL-UK-3.0", "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
README = """{title}
{line}

Version {version}, published by {council} on {day}.
{why}{previous}
Licence: {licence}, {licence_url}
You may use these figures for any purpose if you say where they are from.

Files
{files}
Each CSV file has a CSVW description beside it (-metadata.json), and datapackage.json describes all of them.

What the figures are
{notes}
They are of people who had just been in touch with the council. They cannot be compared with surveys of all residents.

Marks
{marks}

Versions
Answers may come in after a quarter was published. Then a new version may follow, with its reason, and figures that
changed are marked [r]. A version that was published is never changed: {address}
"""


@dataclass(frozen=True)
class Previous:
    """The version before this one, and the digest of its archive."""

    version: int
    sha256: str


def name_of(issue: Issue) -> str:
    return f"satisfaction-{issue.quarter.code}-v{issue.version}"


def address_of(issue: Issue, settings: Settings, version: int | None = None) -> str:
    return settings.survey_url(f"/results/data/{issue.quarter.code}/{version or issue.version}.zip")


def write_files(issue: Issue, previous: Previous | None, settings: Settings, folder: Path) -> Path:
    """Write the archive of a version into the folder: the same version gives the same bytes."""
    name, inside = name_of(issue), folder / "files"
    tables = publication_tables(issue.figures)
    about = about_of(issue, settings)
    told = [described(table, FOLDER) for table in tables]
    for table in tables:
        write_csv(inside / f"{FOLDER}/{table.name}.csv", table.columns, table.rows)
    for one in told:
        write_json(inside / f"{one.path}-metadata.json", csvw(about, one))
    package = data_package(inside, about, told) | versions_of(issue, previous, settings)
    write_json(inside / "datapackage.json", package)
    (inside / "README.txt").write_text(readme(issue, previous, settings, tables, told), encoding="utf-8")
    archive = folder / f"{name}.zip"
    write_archive(inside, archive, name)
    return archive


def about_of(issue: Issue, settings: Settings) -> About:
    if issue.published_at is None:
        raise ValueError("only what is published has files")
    return About(
        name=f"satisfaction-{issue.quarter.code}",
        title=f"Customer satisfaction, {settings.council_name}, {issue.quarter.label}",
        description="How satisfied residents were with the council when they got in touch, by service and channel.",
        publisher=settings.council_name,
        created=issue.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=f"{issue.version}.0.0",
        licence=LICENCE,
        licence_title=LICENCE_TITLE,
        licence_url=LICENCE_URL,
    )


def versions_of(issue: Issue, previous: Previous | None, settings: Settings) -> dict[str, Any]:
    """Where it is, and what it takes the place of."""
    told: dict[str, Any] = {"homepage": settings.survey_url("/results"), "download": address_of(issue, settings)}
    if previous is not None:
        address = address_of(issue, settings, previous.version)
        told["previousVersion"] = {
            "version": f"{previous.version}.0.0",
            "path": address,
            "hash": f"sha256:{previous.sha256}",
        }
        told["reason"] = issue.why
    return told


def readme(
    issue: Issue, previous: Previous | None, settings: Settings, tables: Iterable[PackTable], told: Iterable[Described]
) -> str:
    about = about_of(issue, settings)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    marks = ("[c]", "[u]", "[low]", "[r]")
    why = f"Why there is a new version: {issue.why}\n" if issue.why else ""
    before = ""
    if previous is not None:
        before = f"Before it: {address_of(issue, settings, previous.version)}\nSHA-256: {previous.sha256}\n"
    return README.format(
        title=about.title,
        line="=" * len(about.title),
        version=issue.version,
        council=about.publisher,
        day=about.created[:10],
        why=why,
        previous=before,
        licence=LICENCE_TITLE,
        licence_url=LICENCE_URL,
        files="\n".join(f"{one.path}: {one.title}" for one in told),
        notes="\n".join(notes),
        marks="\n".join(f"{mark} {MARKS[mark]}" for mark in marks),
        address=settings.survey_url("/results"),
    )
