"""The seals: every answer and every draw of the pack was there, as it is, when its day was sealed."""

from collections.abc import Iterable, Mapping
from datetime import date

from proof.chain import Trail
from proof.folder import Pack, Row
from proof.leaves import RULE, SealedDraw, SealedResponse, digest_of, draw_leaf, response_leaf
from proof.report import Report

ANSWERS, DRAWS = "Answers as sealed", "Draws as sealed"
ANSWER = "answer."


def check_answers(pack: Pack, trail: Trail, report: Report) -> None:
    rows = ((row["sealed_on"], response_leaf(response_of(row))) for row in pack.rows("restricted/microdata.csv"))
    check(ANSWERS, "answers sealed", by_day(rows, pack, "proof/other_answers.csv"), trail, report)


def check_draws(pack: Pack, trail: Trail, report: Report) -> None:
    rows = ((row["drawn_on"], draw_leaf(draw_of(row))) for row in pack.rows("restricted/frame.csv"))
    check(DRAWS, "draws sealed", by_day(rows, pack, "proof/other_draws.csv"), trail, report)


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
        source=row["source"],
        reference=row["reference"],
        plan=row["plan"] or None,
        rate=int(row["rate"]) if row["rate"] else None,
        outcome=row["outcome"],
    )
