"""flask evidence ...: building a pack, and checking one."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import click
from flask import current_app

from proof.__main__ import verify as verify_pack
from proof.folder import Pack
from proof.manifest import manifest_digest
from surveys.core.clock import now
from surveys.core.commands import Commands
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.evidence.files.models import WorkState
from surveys.evidence.files.stored import find_file, pieces
from surveys.evidence.packs.asking import ask_for_pack, build_pack, built_with, find_pack
from surveys.rates.months import Month

evidence = Commands("evidence", help="Evidence packs for assessors.")
DAY = click.DateTime(["%Y-%m-%d"])


@evidence.command("build")
@click.option("--from", "first", type=DAY, required=True, help="A day of the first month.")
@click.option("--to", "last", type=DAY, required=True, help="A day of the last month.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the ZIP.")
def build(first: datetime, last: datetime, out: Path) -> None:
    """Build the pack of whole months, keep it, and write it to a file."""
    with transaction():
        number = ask_for_pack(Month.of(first.date()), Month.of(last.date()), None, now()).id
    build_pack(number, current_app.extensions["settings"])
    pack = find_pack(number)
    if pack.state is not WorkState.DONE:
        raise Refused(pack.refusal or "The pack could not be built.")
    made = find_file(pack.file_id)
    with out.open("wb") as opened:
        opened.writelines(pieces(made.id))
    click.echo(f"{out}: {made.size:,} bytes, SHA-256 {made.sha256}")
    click.echo(f"SHA-256 of its MANIFEST, as in the audit trail: {pack.manifest_sha256}")


@evidence.command("check")
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(archive: Path) -> None:
    """Verify a pack, and that this installation built it; exit with 1 where it does not hold."""
    with tempfile.TemporaryDirectory(prefix="fairly-check-") as folder:
        top = unpacked(archive, Path(folder))
        report = verify_pack(top)
        digest = manifest_digest(Pack(top))
    for line in report.lines():
        click.echo(line)
    number = built_with(digest)
    if number is None:
        click.echo("The audit trail of this installation knows no pack with this MANIFEST.")
    else:
        click.echo(f"The audit trail has it as pack {number}.")
    if report.failed or number is None:
        raise SystemExit(1)


def unpacked(archive: Path, folder: Path) -> Path:
    """The pack's folder. Raises Refused where the file is no pack; entries cannot leave the folder."""
    try:
        with ZipFile(archive) as opened:
            opened.extractall(folder)
    except (BadZipFile, OSError) as wrong:
        raise Refused("This file is no ZIP archive, or it is damaged.") from wrong
    inside = [path for path in folder.iterdir() if (path / "MANIFEST").is_file()]
    if len(inside) != 1:
        shutil.rmtree(folder, ignore_errors=True)
        raise Refused("This archive is no evidence pack: it has no MANIFEST.")
    return inside[0]
