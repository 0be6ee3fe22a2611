"""The sampling plans: each key was promised by its digest before the period, and the rates were fixed before it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from proof.chain import Entry, Trail
from proof.days import day_of
from proof.folder import Pack
from proof.report import Report

PLANS = "Sampling plans"
COMMITTED, RATES_SET = "sampling plan committed", "sampling rates set"


@dataclass(frozen=True)
class Plan:
    """rates in ten-thousandths, by (service's short name, channel) where they differ from the default.

    key is None while the plan's period was not over when the pack was cut off.
    """

    commitment: str
    key: bytes | None
    starts_on: str
    ends_on: str
    late: bool
    default_rate: int
    rates: Mapping[tuple[str, str], int]
    rules: Mapping[str, Any]

    def rate(self, service: str, channel: str) -> int:
        return self.rates.get((service, channel), self.default_rate)


def read_plans(pack: Pack) -> dict[str, Plan]:
    """By commitment."""
    return {one["commitment"]: plan_of(one) for one in pack.json("restricted/plans.json")}


def plan_of(one: Any) -> Plan:
    return Plan(
        commitment=one["commitment"],
        key=bytes.fromhex(one["key"]) if one["key"] else None,
        starts_on=one["starts_on"],
        ends_on=one["ends_on"],
        late=one["late"],
        default_rate=one["default_rate"],
        rates={(service, channel): rate for service, channel, rate in one["rates"]},
        rules=one["rules"],
    )


def check_plans(pack: Pack, plans: Mapping[str, Plan], trail: Trail, report: Report) -> None:
    before = len(report.told)
    for plan in plans.values():
        named = f"the plan of {plan.starts_on} to {plan.ends_on}"
        if plan.key is None:
            report.cannot(PLANS, f"{named}: its key is still secret, because its period was not over")
        elif hashlib.sha256(plan.key).hexdigest() != plan.commitment:
            report.fails(PLANS, f"{named}: its key is not the one that was promised")
        entries = trail.of(COMMITTED, RATES_SET, where=of_plan(plan))
        check_entries(named, plan, entries, pack.services, report)
        check_moments(named, plan, entries, trail, report)
    report.settle(PLANS, before, f"{len(plans)} plans have the keys, rates and rules that were promised in time")


def of_plan(plan: Plan) -> Callable[[Entry], bool]:
    return lambda entry: entry.details["commitment"] == plan.commitment


def check_entries(named: str, plan: Plan, entries: list[Entry], services: Mapping[int, str], report: Report) -> None:
    """The last entry of a plan says what it was drawn by."""
    if not entries or entries[0].action != COMMITTED:
        report.fails(PLANS, f"{named}: the audit trail has no promise of it")
        return
    told = entries[-1].details
    rates = {(services.get(service, "?"), channel): rate for service, channel, rate in told["rates"]}
    promised = (told["starts_on"], told["ends_on"], told["late"], told["default_rate"], rates, told["rules"])
    if promised != (plan.starts_on, plan.ends_on, plan.late, plan.default_rate, dict(plan.rates), dict(plan.rules)):
        report.fails(PLANS, f"{named}: its rates or rules are not those of audit entry {entries[-1].number}")


def check_moments(named: str, plan: Plan, entries: list[Entry], trail: Trail, report: Report) -> None:
    """Promised and fixed before the period; for a plan that was late, before anybody was drawn by it."""
    if not plan.late:
        for entry in entries:
            if day_of(entry.at) >= plan.starts_on:
                report.fails(PLANS, f"{named}: audit entry {entry.number} ({entry.action}) came after it had begun")
        return
    report.cannot(PLANS, f"{named}: it was promised late, when its period had begun, and says so")
    drawn = trail.of("contacts drawn", where=lambda e: e.number > entries[0].number) if entries else []
    for entry in entries[1:]:
        if drawn and entry.number > drawn[0].number:
            report.fails(PLANS, f"{named}: audit entry {entry.number} set its rates after the first draw by it")
