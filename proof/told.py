"""What whoever checks was told before, elsewhere: the one thing that nobody can write anew together with the pack."""

from collections.abc import Sequence
from dataclasses import dataclass

from proof.chain import CHAIN, Trail
from proof.folder import Pack
from proof.manifest import FILES, manifest_digest
from proof.report import Report


@dataclass(frozen=True)
class Told:
    """heads: digests of the audit trail's last entry, as told at different times. manifest: SHA-256 of MANIFEST."""

    heads: Sequence[str] = ()
    manifest: str | None = None


def check_manifest(pack: Pack, told: Told, report: Report) -> None:
    if told.manifest is None:
        report.cannot(FILES, "whether MANIFEST is the one that the council made: give its digest with --manifest")
    elif told.manifest != manifest_digest(pack):
        report.fails(FILES, "MANIFEST is not the one that you were told: its digest is another")
    else:
        report.holds(FILES, "MANIFEST is the one that you were told")


def check_heads(trail: Trail, told: Told, report: Report) -> None:
    """Each digest that was told stands in the trail. What came after the newest of them is not covered."""
    by_hash = {entry.hash: entry.number for entry in trail.entries}
    for head in told.heads:
        if head in by_hash:
            report.holds(CHAIN, f"up to entry {by_hash[head]} it is what you were told")
        else:
            report.fails(CHAIN, f"it was written anew: no entry has the digest that you were told, {head}")
    last = trail.entries[-1].number if trail.entries else 0
    covered = max((by_hash.get(head, 0) for head in told.heads), default=0)
    if covered < last:
        after = f"entries {covered + 1} to {last}" if covered else "the whole trail"
        report.cannot(
            CHAIN,
            f"whether {after} was written anew: give the digest of the last entry, which the council sent you at the "
            "time, with --head",
        )
