"""python verify.py, or python -m proof FOLDER: checks an unpacked pack, and says what it checked."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path

from proof.chain import check_chain, read_trail
from proof.control import check_totals
from proof.derived import check_derived
from proof.draw import check_draw
from proof.figures import check_figures, count
from proof.folder import Pack, Unreadable
from proof.manifest import check_files, manifest_digest
from proof.plans import check_plans, read_plans
from proof.program import check_program
from proof.report import Report
from proof.scope import check_scope
from proof.seals import check_answers, check_draws
from proof.shown import check_cover
from proof.signature import check_signature
from proof.told import Told, check_heads, check_manifest
from proof.workbooks import check_workbooks

READING = "Reading"
UNTOLD = Told()


def verify(folder: Path, told: Told = UNTOLD) -> Report:
    """Every check of a pack. A file that cannot be read ends the check that needed it, and fails it."""
    pack, report = Pack(folder), Report()
    attempt(report, lambda: check_files(pack, report))
    attempt(report, lambda: check_manifest(pack, told, report))
    attempt(report, lambda: check_program(pack, report))
    try:
        trail, plans = read_trail(pack), read_plans(pack)
    except (Unreadable, KeyError, TypeError, ValueError) as wrong:
        report.fails(READING, f"the audit trail or the plans: {wrong}")
        return report
    checks: tuple[Callable[[], object], ...] = (
        lambda: check_signature(pack, report, trail.announced_key),
        lambda: check_chain(pack, trail, report),
        lambda: check_heads(trail, told, report),
        lambda: check_scope(pack, trail, report),
        lambda: check_plans(pack, plans, trail, report),
        lambda: check_draws(pack, trail, report),
        lambda: check_draw(pack, plans, report),
        lambda: check_answers(pack, trail, report),
        lambda: check_totals(pack, trail, report),
        lambda: check_all_figures(pack, report),
        lambda: check_cover(pack, report),
        lambda: check_workbooks(pack, report),
    )
    for check in checks:
        attempt(report, check)
    return report


def check_all_figures(pack: Pack, report: Report) -> None:
    counts = count(pack)
    attempt(report, lambda: check_figures(pack, counts, report))
    attempt(report, lambda: check_derived(pack, counts, report))


def attempt(report: Report, check: Callable[[], object]) -> None:
    try:
        check()
    except Unreadable as wrong:
        report.fails(READING, str(wrong))
    except (KeyError, TypeError, ValueError, IndexError) as wrong:
        report.fails(READING, f"something is not as a pack has it: {type(wrong).__name__} {wrong}")


def main(arguments: list[str]) -> int:
    asked = parser().parse_args(arguments)
    folder = asked.folder
    if not (folder / "MANIFEST").is_file():
        say(f"{folder} is no unpacked evidence pack: it has no MANIFEST. Give the folder that holds verify.py.")
        return 2
    report = verify(folder, Told(asked.head, asked.manifest))
    say(*report.lines(), "")
    say(f"SHA-256 of MANIFEST: {manifest_digest(Pack(folder))}")
    say("Compare it with the one that the council told you, in the audit trail or by email.", "")
    say("This pack does NOT hold." if report.failed else "This pack holds, as far as it was checked.")
    return 1 if report.failed else 0


def parser() -> ArgumentParser:
    reading = ArgumentParser(description="Checks an unpacked evidence pack and says what it checked.")
    reading.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[1])
    told = (
        "a digest of the audit trail's last entry that the council sent you, at any time; may be given more than once"
    )
    reading.add_argument("--head", action="append", default=[], type=digest, help=told)
    reading.add_argument("--manifest", type=digest, help="the SHA-256 of MANIFEST that the council told you")
    return reading


def digest(typed: str) -> str:
    if re.fullmatch("[0-9a-f]{64}", given := typed.strip().lower()):
        return given
    raise ArgumentTypeError("a digest is 64 of the characters 0-9 and a-f")


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
