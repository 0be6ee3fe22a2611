"""Tampering with the audit trail: entries changed, taken out, put elsewhere, put in, and the whole written anew."""

from collections.abc import Sequence
from pathlib import Path

from proof.chain import Entry
from tests.proof.edits import entry_of, read_entries, write_chain_anew, write_entries
from tests.proof.kinds import Eye, Kind, careful, insider

TRAIL = "Audit trail"
# Of a day that has answers, so that its seal matters.
SEALED = ("answers sealed", "day:2026-03-05")


def change(pack: Path) -> None:
    entries = read_entries(pack)
    entries[5]["actor"] = "user:99"
    write_entries(pack, entries)


def delete(pack: Path) -> None:
    entries = read_entries(pack)
    del entries[5]
    write_entries(pack, entries)


def delete_last(pack: Path) -> None:
    write_entries(pack, read_entries(pack)[:-1])


def reorder(pack: Path) -> None:
    entries = read_entries(pack)
    entries[5], entries[6] = entries[6], entries[5]
    write_entries(pack, entries)


def append(pack: Path) -> None:
    """A good entry, chained as it should be, and the pack's cutoff is where it was."""
    entries = read_entries(pack)
    last = entries[-1]
    more = last | {"number": last["number"] + 1, "previous": last["hash"], "action": "invented"}
    more["hash"] = Entry(**more).digest
    write_entries(pack, [*entries, more])


def append_and_cut_off(pack: Path) -> None:
    entries = read_entries(pack)
    write_chain_anew(pack, [*entries, entries[-1] | {"action": "invented"}])


def rewrite_seal(pack: Path) -> None:
    """With its own digest made right."""
    entries = read_entries(pack)
    seal = entry_of(entries, *SEALED)
    seal["details"]["digest"] = "0" * 64
    seal["hash"] = Entry(**seal).digest
    write_entries(pack, entries)


def rewrite_seal_and_chain(pack: Path) -> None:
    entries = read_entries(pack)
    entry_of(entries, *SEALED)["details"]["digest"] = "0" * 64
    write_chain_anew(pack, entries)


def delete_and_chain(pack: Path) -> None:
    entries = read_entries(pack)
    entries.remove(entry_of(entries, "control totals loaded"))
    write_chain_anew(pack, entries)


def drop_seal(pack: Path) -> None:
    entries = read_entries(pack)
    entries.remove(entry_of(entries, *SEALED))
    write_chain_anew(pack, entries)


KINDS: Sequence[Kind] = (
    careful("An audit entry is changed", change, TRAIL, "entry 6 ("),
    careful("An audit entry is taken out", delete, TRAIL, "entry 7 stands where entry 6 should"),
    careful("The last audit entry is taken out", delete_last, TRAIL, "it does not end with entry"),
    careful("Two audit entries change places", reorder, TRAIL, "entry 7 stands where entry 6 should"),
    careful("An audit entry is put in at the end", append, TRAIL, "it does not end with entry"),
    careful("A seal is rewritten with its own digest", rewrite_seal, TRAIL, "does not follow the entry before it"),
    insider("A seal is taken out of the trail", drop_seal, "Answers as sealed", "has no seal of this day"),
    insider(
        "A seal is rewritten, and all that follows", rewrite_seal_and_chain, "Answers as sealed", "not what was sealed"
    ),
    insider("An entry is taken out, and all that follows written anew", delete_and_chain, TRAIL, "anew", Eye.TOLD),
    insider(
        "An entry is put in at the end, and the pack cut off there",
        append_and_cut_off,
        "Files",
        "MANIFEST is not the one that you were told",
        Eye.TOLD,
    ),
)
