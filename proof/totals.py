"""Totals and the plans' table, worked out again from the tables and files that they sum up."""

from collections import Counter
from collections.abc import Iterator, Mapping

from proof.folder import Pack, Row
from proof.plans import Plan, read_plans

WHOLE = 10_000
CLOSE = 1e-6
Key = tuple[str, ...]


def total_faults(pack: Pack, outcomes: Mapping[Key, int]) -> Iterator[str]:
    """What is told otherwise, in words. outcomes: contacts by (service, channel, outcome), counted from the frame."""
    yield from outcome_faults(pack.table("outcomes"), outcomes)
    yield from completeness_faults(pack.table("completeness"), pack.table("control"))
    yield from plan_faults(pack.table("plans"), {plan.starts_on: plan for plan in read_plans(pack).values()})


def outcome_faults(rows: Mapping[Key, Row], outcomes: Mapping[Key, int]) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for (*_, outcome), count in outcomes.items():
        counts[outcome] += count
        counts["all"] += count
    for outcome in sorted(counts.keys() - {key[0] for key in rows}):
        yield f"outcomes: there is no row for {outcome}"
    for (outcome,), row in rows.items():
        if row["contacts"] != str(counts[outcome]) or not is_share(row["share"], counts[outcome], counts["all"]):
            yield f"outcomes, {outcome}: it is not what the frame gives, {counts[outcome]} contacts"


def completeness_faults(rows: Mapping[Key, Row], days: Mapping[Key, Row]) -> Iterator[str]:
    """days: the control table, day by day."""
    sums: dict[Key, Counter[str]] = {}
    for (_, *place), day in days.items():
        one = sums.setdefault(tuple(place), Counter())
        one["days"] += 1
        for column in ("total", "loaded", "gap"):
            one[column] += int(day[column])
        if int(day["gap"]) != int(day["total"]) - int(day["loaded"]):
            yield f"control, {day['day']} {' '.join(place)}: its gap is not the difference"
    for key in sorted(sums.keys() - rows.keys()):
        yield f"completeness: there is no row for {' '.join(key)}"
    for key, row in rows.items():
        wanted = sums.get(key, Counter())
        same = all(row[column] == str(wanted[column]) for column in ("days", "total", "loaded", "gap"))
        if not same or not is_share(row["share"], wanted["loaded"], wanted["total"]):
            yield f"completeness, {' '.join(key)}: it is not the sum of its days"


def plan_faults(rows: Mapping[Key, Row], plans: Mapping[str, Plan]) -> Iterator[str]:
    if {key[0] for key in rows} != plans.keys():
        yield "plans: it does not have the plans of restricted/plans.json"
    for (starts_on,), row in rows.items():
        plan = plans.get(starts_on)
        if plan is not None and not tells(row, plan):
            yield f"plans, {starts_on}: it does not tell what restricted/plans.json has"


def tells(row: Row, plan: Plan) -> bool:
    rates = [plan.default_rate, *plan.rates.values()]
    return (
        row["ends_on"] == plan.ends_on
        and row["commitment"] == plan.commitment
        and row["in_time"] == ("no" if plan.late else "yes")
        and row["key_told"] == ("no" if plan.key is None else "yes")
        and is_share(row["lowest"], min(rates), WHOLE)
        and is_share(row["highest"], max(rates), WHOLE)
        and all(row[rule] == str(plan.rules[rule]) for rule in ("asked_recently_days", "too_old_days"))
    )


def is_share(told: str, part: int, whole: int) -> bool:
    """[x] stands for a share of nothing."""
    return told == "[x]" if not whole else told != "[x]" and abs(float(told) - part / whole) <= CLOSE
