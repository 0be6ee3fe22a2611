"""`make tamper`: every kind of tampering with a pack and with the database, and what catches it.

verify.py runs as an assessor runs it: a process of its own, Python's standard library alone and nothing else.
"""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from surveys.core.db import db
from tests.proof import kinds_answers, kinds_draw, kinds_figures, kinds_files, kinds_trail
from tests.proof.council import Council, made_council
from tests.proof.kinds import Eye, Kind
from tests.proof.kinds_database import KINDS as DATABASE_KINDS
from tests.proof.kinds_database import DatabaseKind

PACK_KINDS: Sequence[Kind] = [
    kind for module in (kinds_answers, kinds_draw, kinds_figures, kinds_trail, kinds_files) for kind in module.KINDS
]
# No site-packages, nothing from the environment, no folder but the program's own.
BARE, WITH_LIBRARY = ("-I", "-S", "-B"), ("-I", "-B")
FAILS = "FAILS"


@dataclass(frozen=True)
class Verdict:
    """failed: by the exit code. findings: the lines that say what does not hold."""

    failed: bool
    findings: tuple[str, ...]
    output: str

    def named(self, check: str, words: str) -> str:
        """The finding that names it; empty where none does."""
        found = (line for line in self.findings if line.startswith(check) and words in line)
        return next(found, "") if self.failed else ""


def verify(program: Path, pack: Path, *told: str, python: Sequence[str] = BARE) -> Verdict:
    command = [sys.executable, *python, str(program / "verify.py"), str(pack), *told]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=pack)
    lines = (ran.stdout + ran.stderr).splitlines()
    findings = tuple(line.removeprefix(FAILS).strip() for line in lines if line.startswith(FAILS))
    return Verdict(ran.returncode == 1, findings, ran.stdout + ran.stderr)


def told(council: Council) -> tuple[str, ...]:
    return "--head", council.head, "--manifest", council.manifest


def tampered(council: Council, kind: Kind, folder: Path) -> Verdict:
    """What is said of a copy of the pack that was tampered with so."""
    copy = shutil.copytree(council.pack, folder / council.pack.name)
    kind.apply(copy)
    program = council.pack if kind.eye is Eye.CLEAN else copy
    python = WITH_LIBRARY if kind.eye is Eye.SIGNED else BARE
    return verify(program, copy, *(told(council) if kind.eye in (Eye.TOLD, Eye.CLEAN) else ()), python=python)


def caught(council: Council, kind: Kind) -> str:
    with tempfile.TemporaryDirectory(prefix="fairly-tamper-") as folder:
        return tampered(council, kind, Path(folder)).named(kind.check, kind.words)


@contextmanager
def changed_database(council: Council, kind: DatabaseKind) -> Iterator[None]:
    """The database as somebody with its file could leave it; afterwards it is as it was."""
    db.session.remove()
    db.engine.dispose()
    with sqlite3.connect(council.database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = shutil.copyfile(council.database, council.database.with_suffix(".kept"))
    connection = sqlite3.connect(council.database)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in kind.statements:
        assert connection.execute(statement).rowcount, f"{kind.name}: nothing was changed"
    connection.commit()
    connection.close()
    try:
        yield
    finally:
        db.session.remove()
        db.engine.dispose()
        for leftover in council.database.parent.glob(f"{council.database.name}-*"):
            leftover.unlink()
        shutil.copyfile(kept, council.database)


def verify_database(council: Council) -> Verdict:
    """flask audit verify, on the database as it is now."""
    ran = council.app.test_cli_runner().invoke(args=["audit", "verify"])
    db.session.remove()
    return Verdict(ran.exit_code == 1, tuple(ran.output.splitlines()) if ran.exit_code else (), ran.output)


def caught_in_database(council: Council, kind: DatabaseKind) -> str:
    with changed_database(council, kind):
        found = verify_database(council)
    return next((line for line in found.findings if kind.words in line), "")


def rows(council: Council) -> Iterator[tuple[str, str, str]]:
    """(kind, how it was checked, what was said) of all; nothing said where it was not caught."""
    for kind in PACK_KINDS:
        yield f"{kind.name} ({kind.hand.value.partition(':')[0]})", kind.eye.value, caught(council, kind)
    for stored in DATABASE_KINDS:
        yield f"{stored.name} (database)", "flask audit verify", caught_in_database(council, stored)


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory(prefix="fairly-council-") as folder, made_council(Path(folder)) as council:
        honest = verify(council.pack, council.pack, *told(council))
        sound = not honest.failed and not verify_database(council).failed
        say("An honest pack and its database hold.\n" if sound else "The honest pack does NOT hold.\n")
        for count, (kind, eye, words) in enumerate(rows(council), 1):
            missed += not words
            say(f"{count:>3}  {kind}\n     {eye}: {words or 'NOT CAUGHT'}")
    say(f"\n{count - missed} of {count} kinds of tampering were caught.")
    return 1 if missed or not sound else 0


if __name__ == "__main__":
    sys.exit(main())
