"""Every published figure, counted again from the anonymised answers and the frame."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from proof.folder import Pack, Row
from proof.report import Report
from proof.seals import ANSWER
from proof.statistics import counted, weighted, wilson
from proof.totals import total_faults

FIGURES, RATING = "Figures", "overall"
UNDRAWN = ("kiosk", "qr")
HIDDEN, ALL = "[c]", "all"
MARKS = ("[c]", "[w]", "[x]", "[z]")
CLOSE = 1e-6
# Fewer answers are hidden, and others with them so that they cannot be worked out.
FEWEST = 5
Place = tuple[str, str, str]
Rated = Mapping[tuple[str, ...], tuple[int, int, int]]


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
    hidden += check_groups(pack, counts, report)
    hidden += check_counts(pack, "answers", dict(counts.codes), "count", report)
    check_counts(pack, "funnel", dict(counts.outcomes), "contacts", report)
    check_counts(pack, "control", dict(counts.by_day), "loaded", report, complete=False)
    check_weighted(pack, counts, report)
    for fault in total_faults(pack, dict(counts.outcomes)):
        report.fails(FIGURES, fault)
    told = (
        "every rate, interval, weighted rate and count of the results is what the anonymised answers and the frame give"
    )
    report.settle(FIGURES, before, told)
    if hidden:
        report.cannot(FIGURES, f"{hidden} figures are hidden so that nobody can be recognised; they are not compared")


def check_results(pack: Pack, counts: Counts, report: Report) -> int:
    """A row for the whole, and for each service, channel and month of the answers and what is told of them."""
    rows = pack.table("results")
    cuts: set[tuple[str, ...]] = {cut for place in counts.ratings for cut in cuts_of(*place)}
    for key in sorted(cuts - rows.keys()):
        report.fails(FIGURES, f"results: there is no row for {named(key)}")
    for key in sorted(rows.keys() - cuts):
        if key[0] != level_of(*key[1:]):
            report.fails(FIGURES, f"results, {named(key)}: that is not its level")
    check_lines(rows, report)
    return compare_rates("results", rows, {key: counts.rated(*key[1:]) for key in rows}, report)


def check_lines(rows: Mapping[tuple[str, ...], Row], report: Report) -> None:
    """A hidden figure that its total and the other parts give away protects nobody: so why hide it?"""
    for other in (2, 3):
        cells = {(key[1], key[other]): key for key in rows if key[5 - other] == ALL}
        lines: dict[tuple[int, str], list[tuple[str, ...]]] = {}
        for place, key in cells.items():
            if rows[key]["base"] == HIDDEN:
                for at, code in enumerate(place):
                    lines.setdefault((at, code), []).append(key)
        for hidden in lines.values():
            if len(hidden) == 1:
                report.fails(FIGURES, f"results, {named(hidden[0])}: it is hidden, though the others give it away")


def cuts_of(service: str, channel: str, month: str) -> set[tuple[str, str, str, str]]:
    """The rows that an answer counts towards."""
    places = ((s, c, m) for s in (service, ALL) for c in (channel, ALL) for m in (month, ALL))
    return {(level_of(*place), *place) for place in places if ALL in place[1:]}


def level_of(service: str, channel: str, month: str) -> str:
    named_parts = (("service", service), ("channel", channel), ("month", month))
    return "_".join(part for part, code in named_parts if code != ALL) or "whole"


def check_groups(pack: Pack, counts: Counts, report: Report) -> int:
    """Of each rating no item can have more answers than there are; more is not sealed, lest anybody be found by it."""
    given: Counter[str] = Counter()
    for ratings in counts.ratings.values():
        given.update(ratings)
    told: Counter[tuple[str, str]] = Counter()
    for row in pack.rows("restricted/groups.csv"):
        told[row["item"], row["rating"]] += int(row["count"])
    for (item, rating), count in told.items():
        if count > given[rating]:
            report.fails(FIGURES, f"groups, {item}: {count} of them answered {rating}, and {given[rating]} of all did")
    if told:
        report.cannot(FIGURES, "which group gave which rating: groups are counted in groups.csv and not sealed")
    return check_rates(pack, "groups", groups_of(pack), report)


def groups_of(pack: Pack) -> dict[tuple[str, ...], tuple[int, int, int]]:
    found: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for row in pack.rows("restricted/groups.csv"):
        found.setdefault((row["item"], row["code"]), []).append((row["rating"], int(row["count"])))
    return {key: counted(pairs) for key, pairs in found.items()}


def check_rates(pack: Pack, name: str, wanted: Rated, report: Report) -> int:
    rows = pack.table(name)
    for key in sorted(wanted.keys() - rows.keys()):
        report.fails(FIGURES, f"{name}: there is no row for {named(key)}")
    return compare_rates(name, rows, wanted, report)


def compare_rates(
    name: str,
    rows: Mapping[tuple[str, ...], Row],
    wanted: Rated,
    report: Report,
) -> int:
    """Returns how many rows are hidden."""
    hidden = [key for key, row in rows.items() if row["base"] == HIDDEN]
    check_hidden(name, {key: rows[key] for key in hidden}, wanted, report)
    for key, row in rows.items():
        satisfied, base, unsure = wanted.get(key, (0, 0, 0))
        if row["base"] == HIDDEN:
            continue
        told = tuple(row[column] for column in TOLD)
        if told != (str(satisfied), str(base), str(unsure)):
            report.fails(FIGURES, f"{name}, {named(key)}: {told} is told, and {(satisfied, base, unsure)} counted")
        elif base:
            share = satisfied / base
            compare(
                f"{name}, {named(key)}", row, dict(zip(INTERVAL, (share, *wilson(share, base)), strict=True)), report
            )
        elif any(row[column] not in MARKS for column in INTERVAL):
            report.fails(FIGURES, f"{name}, {named(key)}: nobody answered, and a rate is told")
    return len(hidden)


def check_hidden(name: str, rows: Mapping[tuple[str, ...], Row], wanted: Rated, report: Report) -> None:
    """What is hidden is hidden whole, and only where there is somebody to protect."""
    for key, row in rows.items():
        if any(row[column] != HIDDEN for column in (*TOLD, *INTERVAL)):
            report.fails(FIGURES, f"{name}, {named(key)}: a part of a hidden figure is told")
    counts = [wanted.get(key, (0, 0, 0)) for key in rows]
    if counts and not any(base < FEWEST and base + unsure for _, base, unsure in counts):
        report.fails(FIGURES, f"{name}: figures are hidden, and none of them is of few answers")


INTERVAL = ("share", "lower", "upper")
TOLD = ("satisfied", "base", "do_not_know")


def compare(where: str, row: Row, wanted: Mapping[str, float], report: Report, check: str = FIGURES) -> None:
    for column, number in wanted.items():
        if not is_close(row[column], number):
            report.fails(check, f"{where}: {column} is told as {row[column]} and comes to {number:.6f}")


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
    covered: dict[str, set[tuple[str, str]]] = {}
    for row in pack.rows(pack.resources["weights"].path):
        place = (row["service"], row["channel"])
        satisfied, base, _ = counts.rated(*place)
        if (row["contacts"], row["answers"]) != (str(counts.contacts[place]), str(base)):
            report.fails(FIGURES, f"weights, {named((row['of'], *place))}: contacts or answers are not those counted")
        sums = strata.setdefault(row["of"], {}).setdefault(row["stratum"], [0, 0, 0])
        for at, number in enumerate((counts.contacts[place], base, satisfied)):
            sums[at] += number
        covered.setdefault(row["of"], set()).add(place)
    rows = pack.table("weighted")
    if (ALL,) not in rows and counts.rated(ALL, ALL)[1] >= FEWEST:
        report.fails(FIGURES, "weighted: there is no row for all")
    for (of,) in rows:
        check_cover_of(of, covered.get(of, set()), counts, report)
    for key, row in rows.items():
        if row["share"] in MARKS:
            continue
        found = [(size, base, satisfied) for size, base, satisfied in strata.get(row["of"], {}).values()]
        if not found or any(base == 0 for _, base, _ in found):
            report.fails(FIGURES, f"weighted, {named(key)}: its strata are not in the table of weights")
            continue
        wanted = dict(zip((*INTERVAL, "effective_base"), weighted(found), strict=True))
        wanted["unweighted"] = sum(satisfied for *_, satisfied in found) / sum(base for _, base, _ in found)
        compare(f"weighted, {named(key)}", row, wanted, report)
        if row["contacts"] != str(sum(size for size, _, _ in found)):
            report.fails(FIGURES, f"weighted, {named(key)}: its contacts are not those of its strata")


def check_cover_of(of: str, covered: set[tuple[str, str]], counts: Counts, report: Report) -> None:
    """A weighted rate stands for every contact of its service or channel: no cell may be left out of it."""
    at = {"service": 0, "channel": 1}.get(of.partition(":")[0])
    wanted = {place for place in counts.contacts if at is None or place[at] == of.partition(":")[2]}
    for place in sorted(wanted - covered):
        report.fails(FIGURES, f"weights, {of}: {named(place)} is left out")


def named(key: tuple[str, ...]) -> str:
    return " / ".join(key)
