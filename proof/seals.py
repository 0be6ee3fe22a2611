"""The seals: every answer and every draw of the pack was there, as it is, when its day was sealed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from proof.chain import Entry, Trail
from proof.folder import Pack, Row, unquoted
from proof.leaves import RULE, SealedDraw, SealedResponse, digest_of, draw_leaf, response_leaf
from proof.report import Report
from proof.scope import months_of

ANSWERS, DRAWS = "Answers as sealed", "Draws as sealed"
ANSWER = "answer."
MICRODATA, FRAME = "restricted/microdata.csv", "restricted/frame.csv"


# What the audit trail says of rows that were let go by retention, and how it counts them.
LET_GO = {ANSWERS: ("sealed responses let go", "responses"), DRAWS: ("sealed draws let go", "draws")}
# How many by the day they were sealed on and the month of the contact.
Months = Counter[tuple[str, str]]


def check_answers(pack: Pack, trail: Trail, report: Report) -> None:
    months: Months = Counter()
    rows = (
        (row["sealed_on"], response_leaf(response_of(row))) for row in counted(months, "sealed_on", pack, MICRODATA)
    )
    check(ANSWERS, "answers sealed", by_day(rows, pack, "proof/other_answers.csv"), trail, report)
    check_months(pack, ANSWERS, trail.of("answers sealed"), months, trail, report)


def check_draws(pack: Pack, trail: Trail, report: Report) -> None:
    months: Months = Counter()
    rows = ((row["drawn_on"], draw_leaf(draw_of(row))) for row in counted(months, "drawn_on", pack, FRAME))
    check(DRAWS, "draws sealed", by_day(rows, pack, "proof/other_draws.csv"), trail, report)
    check_months(pack, DRAWS, trail.of("draws sealed"), months, trail, report)


def counted(months: Months, sealed_on: str, pack: Pack, path: str) -> Iterator[Row]:
    for row in pack.rows(path):
        months[row[sealed_on], row["day"][:7]] += 1
        yield row


def check_months(pack: Pack, check: str, seals: Sequence[Entry], months: Months, trail: Trail, report: Report) -> None:
    """None of the period's months is left out, or hidden among the digests of others."""
    before, missing, untold = len(report.told), Counter[str](), 0
    period = months_of(pack)
    for seal in seals:
        day, told = seal.subject.removeprefix("day:"), seal.details.get("months")
        untold += told is None
        for month in period if told is not None else ():
            if here := told.get(month, 0) - months[day, month]:
                missing[f"{day}: {months[day, month]} of {month} are here, and {told.get(month, 0)} were sealed"] = here
    action, name = LET_GO[check]
    let_go = sum(entry.details[name] for entry in trail.of(action))
    gone = missing.total()
    if min(missing.values(), default=0) < 0 or gone > let_go:
        for words in missing:
            report.fails(check, words)
    elif gone:
        report.cannot(check, f"{gone:,} of the period were let go since, as the audit trail says; they count nowhere")
    if untold:
        report.cannot(check, f"{untold} days were sealed without telling of which months, by an older version")
    else:
        report.settle(check, before, f"none of {period[0]} to {period[-1]} is left out")


def by_day(rows: Iterable[tuple[str, bytes]], pack: Pack, others: str) -> dict[str, list[bytes]]:
    """The leaves of each sealed day: of the pack's rows, and those that other periods left beside them."""
    found: dict[str, list[bytes]] = {}
    for day, leaf in rows:
        found.setdefault(day, []).append(leaf)
    for row in pack.rows(others):
        found.setdefault(row["day"], []).append(bytes.fromhex(row["leaf"]))
    return found


def check(check: str, action: str, leaves: Mapping[str, list[bytes]], trail: Trail, report: Report) -> None:
    before, seals = len(report.told), {entry.subject.removeprefix("day:"): entry for entry in trail.of(action)}
    for day in sorted(leaves):
        seal = seals.get(day)
        if seal is None:
            report.fails(check, f"{day}: the audit trail has no seal of this day")
        elif seal.details["rule"] != RULE:
            report.cannot(check, f"{day}: sealed by rule {seal.details['rule']}, which this program does not know")
        elif seal.details["count"] != len(leaves[day]):
            report.fails(check, f"{day}: {len(leaves[day])} are here, and {seal.details['count']} were sealed")
        elif seal.details["digest"] != digest_of(sorted(leaves[day])):
            report.fails(check, f"{day}: one of {len(leaves[day])} is not what was sealed")
    rows = sum(map(len, leaves.values()))
    report.settle(check, before, f"{rows:,} on {len(leaves):,} days give the digests that were sealed then")


def response_of(row: Row) -> SealedResponse:
    return SealedResponse(
        day=date.fromisoformat(row["day"]),
        service=row["service"],
        channel=row["channel"],
        mode=row["mode"],
        version=row["version"],
        completed=row["completed"] == "true",
        answers={name.removeprefix(ANSWER): code for name, code in row.items() if name.startswith(ANSWER) and code},
    )


def draw_of(row: Row) -> SealedDraw:
    return SealedDraw(
        day=date.fromisoformat(row["day"]),
        service=row["service"],
        channel=row["channel"],
        source=unquoted(row["source"]),
        reference=unquoted(row["reference"]),
        plan=row["plan"] or None,
        rate=int(row["rate"]) if row["rate"] else None,
        outcome=row["outcome"],
    )
