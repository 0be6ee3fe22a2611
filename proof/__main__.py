"""python verify.py, or python -m proof FOLDER: checks an unpacked pack, and says what it checked."""

import sys
from collections.abc import Callable
from pathlib import Path

from proof.chain import check_chain, read_trail
from proof.draw import check_draw
from proof.figures import check_figures, count
from proof.folder import Pack, Unreadable
from proof.manifest import check_files, manifest_digest
from proof.plans import check_plans, read_plans
from proof.report import Report
from proof.seals import check_answers, check_draws
from proof.shown import check_cover, check_workbooks
from proof.signature import check_signature

READING = "Reading"


def verify(folder: Path) -> Report:
    """Every check of a pack. A file that cannot be read ends the check that needed it, and fails it."""
    pack, report = Pack(folder), Report()
    attempt(report, lambda: check_files(pack, report))
    try:
        trail, plans = read_trail(pack), read_plans(pack)
    except (Unreadable, KeyError, TypeError, ValueError) as wrong:
        report.fails(READING, f"the audit trail or the plans: {wrong}")
        return report
    checks: tuple[Callable[[], object], ...] = (
        lambda: check_signature(pack, report, trail.announced_key),
        lambda: check_chain(pack, trail, report),
        lambda: check_plans(pack, plans, trail, report),
        lambda: check_draws(pack, trail, report),
        lambda: check_draw(pack, plans, report),
        lambda: check_answers(pack, trail, report),
        lambda: check_figures(pack, count(pack), report),
        lambda: check_cover(pack, report),
        lambda: check_workbooks(pack, report),
    )
    for check in checks:
        attempt(report, check)
    return report


def attempt(report: Report, check: Callable[[], object]) -> None:
    try:
        check()
    except Unreadable as wrong:
        report.fails(READING, str(wrong))
    except (KeyError, TypeError, ValueError, IndexError) as wrong:
        report.fails(READING, f"something is not as a pack has it: {type(wrong).__name__} {wrong}")


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1]
    if not (folder / "MANIFEST").is_file():
        say(f"{folder} is no unpacked evidence pack: it has no MANIFEST. Give the folder that holds verify.py.")
        return 2
    report = verify(folder)
    say(*report.lines(), "")
    say(f"SHA-256 of MANIFEST: {manifest_digest(Pack(folder))}")
    say("Compare it with the one that the council told you, in the audit trail or by email.", "")
    say("This pack does NOT hold." if report.failed else "This pack holds, as far as it was checked.")
    return 1 if report.failed else 0


def say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
