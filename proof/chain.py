"""The audit trail: each entry's digest covers the entry before it, so none can be changed, removed or put in."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from proof.folder import Pack
from proof.report import Report

CHAIN = "Audit trail"
FIRST = "0" * 64
TRAIL = "proof/audit.jsonl"


@dataclass(frozen=True)
class Entry:
    number: int
    at: str
    actor: str
    action: str
    subject: str
    details: Any
    previous: str
    hash: str

    @property
    def digest(self) -> str:
        """SHA-256 of the previous digest followed by the entry as JSON: keys sorted, no spaces, UTF-8."""
        entry = {
            "number": self.number,
            "at": self.at,
            "actor": self.actor,
            "action": self.action,
            "subject": self.subject,
            "details": self.details,
        }
        words = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256((self.previous + words).encode()).hexdigest()


@dataclass(frozen=True)
class Trail:
    entries: tuple[Entry, ...]

    @cached_property
    def by_action(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.action, []).append(entry)
        return found

    def of(self, *actions: str, where: Callable[[Entry], bool] = lambda _entry: True) -> list[Entry]:
        """The entries of these actions in their order."""
        found = [entry for action in actions for entry in self.by_action.get(action, ()) if where(entry)]
        return sorted(found, key=lambda entry: entry.number)

    @property
    def announced_key(self) -> str | None:
        """The newest key that packs are said to be signed with."""
        found = self.of("signing key announced")
        return str(found[-1].details["key"]) if found else None


def read_trail(pack: Pack) -> Trail:
    return Trail(tuple(Entry(**line) for line in pack.lines(TRAIL)))


def check_chain(pack: Pack, trail: Trail, report: Report) -> None:
    before, expected, previous = len(report.told), 1, FIRST
    for entry in trail.entries:
        if entry.number != expected:
            report.fails(CHAIN, f"entry {entry.number} stands where entry {expected} should")
        if entry.previous != previous:
            report.fails(CHAIN, f"entry {entry.number} does not follow the entry before it")
        if entry.hash != entry.digest:
            report.fails(CHAIN, f"entry {entry.number} ({entry.action}) was changed after it was written")
        expected, previous = entry.number + 1, entry.hash
    cutoff = pack.about["cutoff"]
    if len(trail.entries) != cutoff["entry"] or previous != cutoff["hash"]:
        report.fails(CHAIN, f"it does not end with entry {cutoff['entry']}, where this pack was cut off")
    report.settle(CHAIN, before, f"all {len(trail.entries):,} entries follow each other unchanged")
