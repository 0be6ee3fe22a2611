"""The draw, run again: u = HMAC-SHA256(period key, source | reference) / 2^256, and u < rate decides."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Mapping

from proof.folder import Pack, Row, unquoted
from proof.plans import Plan
from proof.report import Report

DRAW = "The draw"
WHOLE = 10_000
# Outcomes that the number alone decides. The others come from addresses and dates, which no pack holds.
DECIDED = ("selected", "not_drawn")


def number_of(key: bytes, source: str, reference: str) -> int:
    return int.from_bytes(hmac.digest(key, f"{source}|{reference}".encode(), hashlib.sha256), "big")


def is_selected(number: int, rate: int) -> bool:
    """u < rate / 10,000 in whole numbers, so that nothing is rounded."""
    return number * WHOLE < rate * 2**256


def check_draw(pack: Pack, plans: Mapping[str, Plan], report: Report) -> Counter[str]:
    """Returns how many contacts have each outcome."""
    before, outcomes, decided, secret = len(report.told), Counter[str](), 0, 0
    for line, row in enumerate(pack.rows("restricted/frame.csv"), 2):
        outcomes[row["outcome"]] += 1
        plan = plans.get(row["plan"])
        if plan is None:
            if row["outcome"] != "too_old":
                report.fails(DRAW, f"frame.csv, line {line}: its plan is not in the pack")
            continue
        check_row(line, row, plan, report)
        if plan.key is None:
            secret += 1
        elif row["outcome"] in DECIDED:
            decided += 1
            if is_selected(
                number_of(plan.key, unquoted(row["source"]), unquoted(row["reference"])), int(row["rate"])
            ) != (row["outcome"] == "selected"):
                report.fails(DRAW, f"frame.csv, line {line}: its number does not give “{row['outcome']}”")
    told = ", ".join(f"{count:,} {outcome.replace('_', ' ')}" for outcome, count in sorted(outcomes.items()))
    report.settle(DRAW, before, f"run again for {decided:,} contacts, with the same outcome for each ({told})")
    if secret:
        report.cannot(DRAW, f"{secret:,} contacts belong to a plan whose key is still secret")
    left_out = sum(outcomes.values()) - decided - secret
    report.cannot(
        DRAW,
        f"{left_out:,} contacts were left out by rule, from addresses and dates that no pack holds: whether each was "
        "rightly left out can be asked at the council, reference by reference",
    )
    return outcomes


def check_row(line: int, row: Row, plan: Plan, report: Report) -> None:
    if not plan.starts_on <= row["day"] <= plan.ends_on:
        report.fails(DRAW, f"frame.csv, line {line}: its day lies outside its plan's period")
    if int(row["rate"]) != plan.rate(row["service"], row["channel"]):
        report.fails(DRAW, f"frame.csv, line {line}: its rate is not the plan's for its service and channel")
