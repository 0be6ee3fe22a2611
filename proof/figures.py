"""Every published figure, counted again from the anonymised answers and the frame."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from proof.folder import Pack, Row
from proof.report import Report
from proof.seals import ANSWER
from proof.statistics import counted, weighted, wilson

FIGURES, RATING = "Figures", "overall"
UNDRAWN = ("kiosk", "qr")
HIDDEN, ALL = "[c]", "all"
MARKS = ("[c]", "[w]", "[x]", "[z]")
CLOSE = 1e-6
Place = tuple[str, str, str]


@dataclass
class Counts:
    """What the microdata and the frame come to. Places are (service, channel, month)."""

    ratings: dict[Place, Counter[str]] = field(default_factory=dict)
    undrawn: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    codes: Counter[tuple[str, ...]] = field(default_factory=Counter)
    contacts: Counter[tuple[str, str]] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, ...]] = field(default_factory=Counter)
    by_day: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def rated(self, service: str, channel: str, month: str = ALL) -> tuple[int, int, int]:
        """Of a service, channel and month."""
        wanted = (service, channel, month)
        within = (
            counts.items()
            for place, counts in self.ratings.items()
            if all(want in (ALL, got) for want, got in zip(wanted, place, strict=True))
        )
        return counted(pair for pairs in within for pair in pairs)


def count(pack: Pack) -> Counts:
    found = Counts()
    for row in pack.rows("restricted/microdata.csv"):
        add_answers(found, row)
    for row in pack.rows("restricted/frame.csv"):
        place = (row["service"], row["channel"])
        found.contacts[place] += row["outcome"] != "duplicate"
        found.outcomes[*place, row["outcome"]] += 1
        found.by_day[row["day"], *place] += 1
    return found


def add_answers(found: Counts, row: Row) -> None:
    rating = row.get(ANSWER + RATING, "")
    if row["mode"] in UNDRAWN:
        if rating:
            found.undrawn.setdefault((row["service"], row["mode"]), Counter())[rating] += 1
        return
    if rating:
        found.ratings.setdefault((row["service"], row["channel"], row["day"][:7]), Counter())[rating] += 1
    found.codes.update(
        (name.removeprefix(ANSWER), code) for name, code in row.items() if name.startswith(ANSWER) and code
    )


def check_figures(pack: Pack, counts: Counts, report: Report) -> None:
    before = len(report.told)
    hidden = check_results(pack, counts, report)
    hidden += check_rates(pack, "undrawn", {key: counted(c.items()) for key, c in counts.undrawn.items()}, report)
    hidden += check_rates(pack, "groups", groups_of(pack), report)
    hidden += check_counts(pack, "answers", dict(counts.codes), "count", report)
    check_counts(pack, "funnel", dict(counts.outcomes), "contacts", report)
    check_counts(pack, "control", dict(counts.by_day), "loaded", report, complete=False)
    check_weighted(pack, counts, report)
    told = (
        "every rate, interval, weighted rate and count of the results is what the anonymised answers and the frame give"
    )
    report.settle(FIGURES, before, told)
    if hidden:
        report.cannot(FIGURES, f"{hidden} figures are hidden so that nobody can be recognised; they are not compared")


def check_results(pack: Pack, counts: Counts, report: Report) -> int:
    rows = pack.table("results")
    wanted = {key: counts.rated(*key[1:]) for key in rows}
    whole = {("whole", ALL, ALL, ALL)} | {("service", s, ALL, ALL) for s, _, _ in counts.ratings}
    for key in sorted(whole - rows.keys()):
        if counts.rated(*key[1:])[1]:
            report.fails(FIGURES, f"results: there is no row for {named(key)}")
    return compare_rates("results", rows, wanted, report)


def groups_of(pack: Pack) -> dict[tuple[str, ...], tuple[int, int, int]]:
    found: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for row in pack.rows("restricted/groups.csv"):
        found.setdefault((row["item"], row["code"]), []).append((row["rating"], int(row["count"])))
    return {key: counted(pairs) for key, pairs in found.items()}


def check_rates(pack: Pack, name: str, wanted: Mapping[tuple[str, ...], tuple[int, int, int]], report: Report) -> int:
    rows = pack.table(name)
    for key in sorted(wanted.keys() - rows.keys()):
        report.fails(FIGURES, f"{name}: there is no row for {named(key)}")
    return compare_rates(name, rows, wanted, report)


def compare_rates(
    name: str,
    rows: Mapping[tuple[str, ...], Row],
    wanted: Mapping[tuple[str, ...], tuple[int, int, int]],
    report: Report,
) -> int:
    """Returns how many rows are hidden."""
    hidden = 0
    for key, row in rows.items():
        satisfied, base, unsure = wanted.get(key, (0, 0, 0))
        if row["base"] == HIDDEN:
            hidden += 1
            continue
        told = (row["satisfied"], row["base"], row["do_not_know"])
        if told != (str(satisfied), str(base), str(unsure)):
            report.fails(FIGURES, f"{name}, {named(key)}: {told} is told, and {(satisfied, base, unsure)} counted")
        elif base:
            share = satisfied / base
            compare(
                f"{name}, {named(key)}", row, dict(zip(INTERVAL, (share, *wilson(share, base)), strict=True)), report
            )
    return hidden


INTERVAL = ("share", "lower", "upper")


def compare(where: str, row: Row, wanted: Mapping[str, float], report: Report) -> None:
    for column, number in wanted.items():
        if not is_close(row[column], number):
            report.fails(FIGURES, f"{where}: {column} is told as {row[column]} and comes to {number:.6f}")


def is_close(told: str, number: float) -> bool:
    try:
        return abs(float(told) - number) <= CLOSE
    except ValueError:
        return False


def check_counts(
    pack: Pack, name: str, wanted: Mapping[tuple[str, ...], int], column: str, report: Report, complete: bool = True
) -> int:
    """complete: each count has a row. Returns how many rows are hidden."""
    rows, hidden = pack.table(name), 0
    for key in sorted(wanted.keys() - rows.keys()) if complete else ():
        report.fails(FIGURES, f"{name}: there is no row for {named(key)}")
    for key, row in rows.items():
        if row[column] == HIDDEN:
            hidden += 1
        elif row[column] != str(wanted.get(key, 0)):
            report.fails(FIGURES, f"{name}, {named(key)}: {row[column]} is told, and {wanted.get(key, 0)} counted")
    return hidden


def check_weighted(pack: Pack, counts: Counts, report: Report) -> None:
    strata: dict[str, dict[str, list[int]]] = {}
    for row in pack.rows(pack.resources["weights"].path):
        place = (row["service"], row["channel"])
        satisfied, base, _ = counts.rated(*place)
        if (row["contacts"], row["answers"]) != (str(counts.contacts[place]), str(base)):
            report.fails(FIGURES, f"weights, {named((row['of'], *place))}: contacts or answers are not those counted")
        sums = strata.setdefault(row["of"], {}).setdefault(row["stratum"], [0, 0, 0])
        for at, number in enumerate((counts.contacts[place], base, satisfied)):
            sums[at] += number
    for key, row in pack.table("weighted").items():
        if row["share"] in MARKS:
            continue
        found = [(size, base, satisfied) for size, base, satisfied in strata.get(row["of"], {}).values()]
        if not found or any(base == 0 for _, base, _ in found):
            report.fails(FIGURES, f"weighted, {named(key)}: its strata are not in the table of weights")
            continue
        wanted = dict(zip((*INTERVAL, "effective_base"), weighted(found), strict=True))
        compare(f"weighted, {named(key)}", row, wanted, report)


def named(key: tuple[str, ...]) -> str:
    return " / ".join(key)
