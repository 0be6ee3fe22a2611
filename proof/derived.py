"""Tables that are told apart as they should be, months of trends counted again, and what nobody can count again."""

from collections.abc import Mapping, Sequence

from proof.figures import HIDDEN, Counts, compare, named
from proof.folder import Pack, Row
from proof.report import Report
from proof.scope import months_of

DERIVED = "Other tables"
# The columns that tell the rows apart, of each table that is counted again: a description of it cannot say otherwise.
CHECKED: Mapping[str, tuple[str, ...]] = {
    "results": ("level", "service", "channel", "month"),
    "undrawn": ("service", "mode"),
    "groups": ("item", "code"),
    "answers": ("question", "code"),
    "funnel": ("service", "channel", "outcome"),
    "control": ("day", "service", "channel"),
    "weighted": ("of",),
    "weights": ("of", "service", "channel"),
}
MADE = {"completeness", "outcomes", "plans", "trend"}


def check_derived(pack: Pack, counts: Counts, report: Report) -> None:
    before = len(report.told)
    for name, key in CHECKED.items():
        if pack.resources[name].key != key:
            report.fails(DERIVED, f"datapackage.json: the rows of {name} are told apart by {', '.join(key)}")
    tell_unloaded(pack, report)
    check_trend(pack, counts, report)
    report.settle(DERIVED, before, "the months of trends are what the answers give")
    others = sorted(one.name for one in pack.resources.values() if one.path.startswith("results/"))
    rest = [name for name in others if name not in {*CHECKED, *MADE}]
    if rest:
        report.cannot(DERIVED, f"{', '.join(rest)}: a pack has no rows behind them; MANIFEST and its signature stand")


def tell_unloaded(pack: Pack, report: Report) -> None:
    """A contact that was dropped before the draw is in nothing that was sealed: only control totals show it."""
    lacking: dict[str, int] = {}
    for key, row in pack.table("control").items():
        gap = int(row["total"]) - int(row["loaded"])
        if gap > 0:
            lacking[named(key)] = gap
    if lacking:
        first = "; ".join(list(lacking)[:5]) + ("; and more" if len(lacking) > 5 else "")
        words = f"who was counted by another system and never loaded: {sum(lacking.values()):,} in all ({first})"
        report.cannot(DERIVED, words)


def check_trend(pack: Pack, counts: Counts, report: Report) -> None:
    months = months_of(pack)
    for key, row in pack.table("trend").items():
        within = [month for month in months if row["month"] <= month <= row["to_month"]]
        before_it, after_it = row["month"] < months[0], row["to_month"] > months[-1]
        wanted = "figures" if not within else "both" if before_it or after_it else "pack"
        if row["counted_from"] != wanted:
            report.fails(DERIVED, f"trend, {named(key)}: it is told to be counted from {row['counted_from']}")
        if wanted == "pack" and row["base"] != HIDDEN:
            compare_point(key, row, counts, within, report)


def compare_point(key: Sequence[str], row: Row, counts: Counts, months: Sequence[str], report: Report) -> None:
    found = [counts.rated(row["service"], row["channel"], month) for month in months]
    satisfied, base = sum(one[0] for one in found), sum(one[1] for one in found)
    if (row["satisfied"], row["base"]) != (str(satisfied), str(base)):
        report.fails(DERIVED, f"trend, {named(tuple(key))}: satisfied or base is not {satisfied} of {base}")
    elif base:
        compare(f"trend, {named(tuple(key))}", row, {"share": satisfied / base}, report, DERIVED)
