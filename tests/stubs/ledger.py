"""The provider's own record: what it accepted and what people told it, each with its place in one order."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """MESSAGE: accepted. BLOCKED: refused, the number had said stop. STATE: how a message ended.

    STOP and START: a person said so. TOLD: the inbound web hook answered that it has the words of entry `of`.
    """

    MESSAGE = "message"
    BLOCKED = "blocked"
    STATE = "state"
    STOP = "stop"
    START = "start"
    WORDS = "words"
    TOLD = "told"


@dataclass(frozen=True)
class Entry:
    """One line. of: the entry it belongs to. correlation: what the sender gave to have back in receipts."""

    order: int
    at: str
    kind: Kind
    provider: str
    id: str
    address: str = ""
    body: str = ""
    correlation: str = ""
    state: str = ""
    code: int | None = None
    of: int | None = None

    def as_line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


class Ledger:
    """In memory and, where a path is given, in a file that is only ever added to: written before a reply leaves."""

    def __init__(self, path: Path | None = None) -> None:
        self.entries: list[Entry] = []
        self.file = path.open("a", encoding="utf-8") if path else None

    def write(self, kind: Kind, provider: str, id: str, **facts: object) -> Entry:
        entry = Entry(len(self.entries) + 1, moment().isoformat(), kind, provider, id, **facts)  # type: ignore[arg-type]
        self.entries.append(entry)
        if self.file:
            self.file.write(entry.as_line() + "\n")
            self.file.flush()
        return entry

    def after(self, order: int) -> Iterator[Entry]:
        yield from self.entries[order:]

    def summary(self) -> dict[str, int]:
        """How many there are of each kind, and how many addresses got more than one message."""
        kinds = Counter(str(entry.kind) for entry in self.entries)
        got = Counter(entry.address for entry in self.entries if entry.kind is Kind.MESSAGE)
        return {**kinds, "entries": len(self.entries), "asked_twice": sum(count > 1 for count in got.values())}

    def close(self) -> None:
        if self.file:
            self.file.close()


def moment() -> datetime:
    """The provider has a clock of its own."""
    return datetime.now(UTC)


def entry_of(line: str) -> Entry:
    facts = json.loads(line)
    return Entry(**{**facts, "kind": Kind(facts["kind"])})


def read_ledger(path: Path) -> list[Entry]:
    """What a file holds; a last line that was cut short by a kill is left out."""
    whole = path.read_text(encoding="utf-8").rpartition("\n")[0]
    return [entry_of(line) for line in whole.splitlines()]
