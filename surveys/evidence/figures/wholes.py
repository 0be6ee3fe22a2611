"""Totals that a reader of a pack looks for first: what became of all contacts, and how complete they are. Pure."""

from collections import Counter

from surveys.evidence.figures.results import CHANNEL, INTEGER, NUMBER, SERVICE
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, Column, PackTable, shared
from surveys.sampling.models import Outcome


def outcomes_table(tally: Tally) -> PackTable:
    """The funnel over all services and channels. Each outcome has a row, also where it befell nobody."""
    counts: Counter[str] = Counter()
    for (_, _, outcome), count in tally.outcomes.items():
        counts[outcome] += count
    everybody = sum(counts.values())
    rows: list[tuple[Cell, ...]] = [
        (outcome.value, counts[outcome.value], shared(counts[outcome.value] / everybody if everybody else None))
        for outcome in Outcome
    ]
    return PackTable(
        name="outcomes",
        title="What became of all contacts",
        description="Every contact of the period, all services and channels together, by what the draw said of it.",
        columns=(
            Column("outcome", "Outcome", required=True),
            Column("contacts", "Contacts", INTEGER, required=True),
            Column("share", "Share of all contacts", NUMBER, share=True),
        ),
        rows=[*rows, ("all", everybody, shared(1.0 if everybody else None))],
        key=("outcome",),
    )


def completeness_table(control: PackTable) -> PackTable:
    """The days of the control table together, by service and channel."""
    days: Counter[tuple[Cell, Cell]] = Counter()
    counts: dict[tuple[Cell, Cell], tuple[int, int]] = {}
    for _, service, channel, total, loaded, *_ in control.rows:
        before = counts.get((service, channel), (0, 0))
        counts[service, channel] = (before[0] + int(total or 0), before[1] + int(loaded or 0))
        days[service, channel] += 1
    return PackTable(
        name="completeness",
        title="Completeness by service and channel",
        description="Contacts that other systems counted beside those that were loaded, on the days they were counted.",
        columns=(
            SERVICE,
            CHANNEL,
            Column("days", "Days counted", INTEGER, required=True),
            Column("total", "Counted by the other system", INTEGER, required=True),
            Column("loaded", "Contacts loaded", INTEGER, required=True),
            Column("gap", "Not loaded", INTEGER, "below 0 where more were loaded than counted", required=True),
            Column("share", "Share loaded", NUMBER, share=True),
        ),
        rows=[
            (*place, days[place], total, loaded, total - loaded, shared(loaded / total if total else None))
            for place, (total, loaded) in sorted(counts.items(), key=lambda one: str(one[0]))
        ],
        key=("service", "channel"),
        notes=(
            "Services, channels and days without a row were counted by nobody else: nothing is known of their gap.",
        ),
    )
