"""Makers and readers for the workbooks of a pack."""

import shutil
from pathlib import Path
from zipfile import ZipFile

from proof.folder import Pack
from proof.report import Report
from proof.workbooks import check_workbooks
from surveys.evidence.chapters.content import PackContent
from surveys.evidence.figures.results import results_table
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.archive import write_stored
from surveys.evidence.files.tables import PackTable
from tests.evidence.tabled import make_period

BOOKS = ("results.xlsx", "results.ods")


def make_content(*tables: PackTable, tally: Tally | None = None) -> PackContent:
    """Of these tables and the results of the tally."""
    counted = tally or Tally()
    services = {"parking": "Parking", "libraries": "Libraries"}
    return PackContent(make_period(), "Test Council", services, counted, (results_table(counted), *tables))


def faults_of(folder: Path) -> list[str]:
    """What verify.py says against the workbooks."""
    report = Report()
    check_workbooks(Pack(folder), report)
    return [line for line in report.lines() if line.startswith("FAILS")]


def part_with(book: Path, words: bytes) -> str:
    """The first part of a workbook that has these words."""
    with ZipFile(book) as opened:
        return next(name for name in opened.namelist() if words in opened.read(name))


def edit(book: Path, part: str, before: bytes, after: bytes) -> None:
    """Change the first of these words in one part, as somebody with an editor could."""
    with ZipFile(book) as opened:
        parts = [(name, opened.read(name)) for name in opened.namelist()]
    changed = [(name, kept.replace(before, after, 1) if name == part else kept) for name, kept in parts]
    assert changed != parts
    write_stored(book, changed)


def copies(folder: Path, to: Path) -> list[Path]:
    """Each workbook under a name of its own, so that what a program makes of them can be told apart."""
    endings = [book.removeprefix("results.") for book in BOOKS]
    return [Path(shutil.copyfile(folder / f"results.{ending}", to / f"{ending}.{ending}")) for ending in endings]
