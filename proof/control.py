"""What another system counted: each month's totals are in the audit trail by digest, as they stood when loaded."""

import hashlib
from collections.abc import Iterable

from proof.chain import Trail
from proof.folder import Pack
from proof.report import Report
from proof.scope import months_of

CONTROL = "Control totals"
LOADED = "control totals loaded"
Total = tuple[str, str, str, int]


def digest_of_totals(totals: Iterable[Total]) -> str:
    """SHA-256 of a line a total: day, service's short name, channel and count, with commas, in their order."""
    lines = sorted(f"{day},{service},{channel},{total}\n" for day, service, channel, total in totals)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def check_totals(pack: Pack, trail: Trail, report: Report) -> None:
    before, totals = len(report.told), dict[str, list[Total]]()
    for row in pack.rows("results/control.csv"):
        total = (row["day"], row["service"], row["channel"], int(row["total"]))
        totals.setdefault(row["day"][:7], []).append(total)
    told = {month: entry for entry in trail.of(LOADED) for month in entry.details.get("months", ())}
    older = any("months" not in entry.details for entry in trail.of(LOADED))
    # Days that were not sealed yet are not in the table.
    sealed_to = pack.about["cutoff"]["draws_sealed_to"][:7]
    for month in months_of(pack):
        entry = told.get(month)
        if entry is None and month in totals and older:
            report.cannot(CONTROL, f"{month}: an older version loaded them, which told no digest of a month")
        elif entry is None and month in totals:
            report.fails(CONTROL, f"{month}: the audit trail does not have that they were loaded")
        elif entry is not None and month >= sealed_to:
            report.cannot(CONTROL, f"{month}: it was not over when this pack was cut off")
        elif entry is not None and entry.details["months"][month] != digest_of_totals(totals.get(month, ())):
            report.fails(CONTROL, f"{month}: they are not those that were loaded by audit entry {entry.number}")
    report.settle(CONTROL, before, "counts of other systems are those that were loaded then")
