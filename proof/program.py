"""The program that checks beside the one in the pack: a changed verify.py could say that anything holds."""

from pathlib import Path

from proof.folder import Pack
from proof.report import Report

PROGRAM = "Program"
OURS = Path(__file__).resolve().parent


def check_program(pack: Pack, report: Report) -> None:
    """Run from the pack itself, it can vouch for nothing; run from elsewhere, it compares the pack's with itself."""
    theirs = (pack.folder / "proof").resolve()
    if theirs == OURS:
        report.cannot(
            PROGRAM,
            "whether verify.py was changed, because it is what runs: run a copy that you trust, from elsewhere, with "
            "the path of this folder",
        )
        return
    wanted = {path.name: path.read_bytes() for path in OURS.glob("*.py")}
    there = {path.name: path.read_bytes() for path in theirs.glob("*.py")}
    differing = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    if differing:
        report.cannot(
            PROGRAM,
            f"what the pack's own verify.py would say, because it is not the program that runs now: {differing}"[:300],
        )
    else:
        report.holds(PROGRAM, "the pack's own program is the one that runs now")
