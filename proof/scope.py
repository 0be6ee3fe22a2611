"""What a pack says that it is of: its period, its cutoff, and how many rows it has."""

from proof.chain import Trail
from proof.folder import Pack
from proof.report import Report

SCOPE = "Period"
SEALS = {"answers sealed": "answers_sealed_to", "draws sealed": "draws_sealed_to"}
ROWS = {"responses": "restricted/microdata.csv", "contacts": "restricted/frame.csv"}


def check_scope(pack: Pack, trail: Trail, report: Report) -> None:
    before, about = len(report.told), pack.about
    first, last = about["period"]["starts_on"], about["period"]["ends_on"]
    for name, path in ROWS.items():
        days = [row["day"] for row in pack.rows(path)]
        if outside := sum(not first <= day <= last for day in days):
            report.fails(SCOPE, f"{outside:,} rows of {path} are of days outside {first} to {last}")
        if about[name] != len(days):
            report.fails(SCOPE, f"{about[name]:,} {name} are told, and {path} has {len(days):,}")
    for action, name in SEALS.items():
        sealed = [entry.subject.removeprefix("day:") for entry in trail.of(action)]
        if about["cutoff"][name] != max(sealed, default=None):
            report.fails(SCOPE, f"the last seal of the audit trail is not the one that {name} tells")
    if trail.entries and about["cutoff"]["at"] != trail.entries[-1].at:
        report.fails(SCOPE, "its cutoff is told to be at another moment than its entry")
    report.settle(SCOPE, before, f"every row is of {first} to {last}, and none is more or less than told")


def months_of(pack: Pack) -> list[str]:
    """The months of the period, as in 2026-03."""
    first, last = (pack.about["period"][name][:7] for name in ("starts_on", "ends_on"))
    numbers = range(*(int(month[:4]) * 12 + int(month[5:]) - 1 + at for at, month in enumerate((first, last))))
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]
