"""Response and coverage as charts, tables and sentences."""

from collections.abc import Mapping, Sequence

from surveys.core.csv_out import Cell
from surveys.dashboards.coverage.counts import Reach, Step
from surveys.dashboards.pages.cells import HIDDEN
from surveys.dashboards.pages.charts import DARK_BLUE, layout, month_axis, share_axis
from surveys.dashboards.pages.panels import Panel, number
from surveys.rates.contacted import Outcomes
from surveys.rates.control import LEAST_BASE
from surveys.rates.months import Month
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS
from surveys.rates.response_rates import ResponseRates, response_rates
from surveys.rates.series import words_of
from surveys.rates.statistics import LOW_BASE
from surveys.rates.words import percent, response_sentence

RATE_NAMES = ("RR1", "RR2", "RR3", "RR4", "RR5", "RR6")
FEW_WAITING = 0.05
NOBODY = "Nobody got in touch in this period"
RATES = ("rr1", "rr2", "rr3", "rr4", "rr5", "rr6")


def funnel_panel(steps: Sequence[Step], about: str) -> Panel:
    contacts, reached = steps[0].count, steps[1].count
    missing = f"{percent((contacts - reached) / contacts)} could not be reached" if contacts else ""
    title = f"Of {contacts:,} contacts, {steps[-1].count:,} were answered to the end; {missing}" if contacts else ""
    turned = steps[::-1]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [step.count for step in turned],
        "y": [step.name for step in turned],
        "text": [f"{step.count:,}" for step in turned],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "marker": {"color": DARK_BLUE},
    }
    axes = {
        "xaxis": {"visible": False, "rangemode": "tozero", "fixedrange": True, "range": [0, contacts * 1.35]},
        "yaxis": {"automargin": True, "fixedrange": True},
        "bargap": 0.35,
    }
    return Panel(
        key="funnel",
        title="From contact to answer",
        sentence=f"{title or NOBODY}.",
        subtitle=f"Contacts from being loaded to a complete answer. {about}.",
        figure={"data": [trace], "layout": layout(340, 8) | axes} if contacts else None,
        fields=("step", "contacts", "of_all_percent", "of_step_before_percent", "left_out"),
        headings=("Step", "Contacts", "Of all contacts (%)", "Of the step before (%)", "Left out before it"),
        rows=[
            (step.name, step.count, share(step.count, contacts), share(step.count, before.count), step.left)
            for before, step in zip([steps[0], *steps], steps, strict=False)
        ],
    )


def share(part: int, whole: int) -> float | None:
    return number(part / whole) if whole else None


def response_panel(by_month: Mapping[Month, Outcomes], overall: ResponseRates, about: str) -> Panel:
    """RR1 by month; a month in which many may still answer, or few were asked, is a gap."""
    found = {month: (outcomes, response_rates(outcomes.dispositions)) for month, outcomes in by_month.items()}
    drawn = {month: rates for month, (outcomes, rates) in found.items() if settled(outcomes)}
    months = list(by_month)
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [month.first.isoformat() for month in months],
        "y": [number(drawn[month].rr1) if month in drawn else None for month in months],
        "hovertemplate": "%{x|%B %Y}: %{y}%<extra></extra>",
        "line": {"color": DARK_BLUE, "width": 2},
        "marker": {"size": 8, "color": DARK_BLUE},
        "connectgaps": False,
    }
    return Panel(
        key="response",
        title="Response by month",
        sentence=response_sentence(overall),
        subtitle=f"AAPOR response rate 1, complete answers of all asked whose time is over, by month. {about}.",
        figure={"data": [trace], "layout": layout(340, 56) | {"xaxis": month_axis(months), "yaxis": share_axis()}}
        if drawn
        else None,
        fields=("month", *RATES, "asked", "waiting", "note"),
        headings=("Month", *(f"{name} (%)" for name in RATE_NAMES), "Asked, and over", "May still answer", "Note"),
        rows=[month_cells(month, outcomes, rates) for month, (outcomes, rates) in found.items()],
    )


def settled(outcomes: Outcomes) -> bool:
    """While many may still answer, those who have are most of those whose time is over: that is no response rate."""
    base = base_of(outcomes)
    return base >= LEAST_BASE and outcomes.waiting <= FEW_WAITING * base


def base_of(outcomes: Outcomes) -> int:
    return outcomes.dispositions.eligible + outcomes.dispositions.unknown


def month_cells(month: Month, outcomes: Outcomes, rates: ResponseRates) -> tuple[Cell, ...]:
    base = base_of(outcomes)
    few = 0 < base < SMALLEST_FOR_MANAGERS
    note = "[c] too few to show" if few else ("[u] fewer than 30" if base < LOW_BASE else "")
    note += " [p] some may still answer" if outcomes.waiting else ""
    return (month.label, *rate_cells(None if few else rates), HIDDEN if few else base, outcomes.waiting, note.strip())


def rate_cells(rates: ResponseRates | None) -> tuple[Cell, ...]:
    return tuple(HIDDEN if rates is None else number(getattr(rates, name)) for name in RATES)


def reach_panel(lines: Sequence[Reach], names: dict[int, str], about: str) -> Panel:
    services = [line for line in lines if line.series.service is not None and line.series.channel is None]
    worst = max(services, key=lambda line: line.out_of_reach_share or 0, default=None)
    title = NOBODY
    if worst is not None and lines[0].out_of_reach_share is not None:
        title = f"{percent(lines[0].out_of_reach_share)} of contacts left no address that words can be sent to"
        if len(services) > 1:
            most = percent(worst.out_of_reach_share or 0)
            title += f"; most of all {names.get(worst.series.service or 0, '')}, {most}"
    return Panel(
        key="reach",
        title="Reach and response by service and channel",
        sentence=f"{title}.",
        subtitle=f"Contacts without a mobile or email, and AAPOR response rates, by service and channel. {about}.",
        figure=None,
        fields=("place", "contacts", "not_reachable_percent", "drawn", "asked", *RATES),
        headings=(
            "Service and channel",
            "Contacts",
            "Not reachable (%)",
            "Drawn",
            "Asked, and over",
            *(f"{name} (%)" for name in RATE_NAMES),
        ),
        rows=[reach_cells(line, names) for line in lines],
    )


def reach_cells(line: Reach, names: dict[int, str]) -> tuple[Cell, ...]:
    out = line.outcomes
    asked: Cell = base_of(out)
    if line.rates is None and asked:
        asked = HIDDEN
    rates = rate_cells(line.rates) if line.rates or asked else (None,) * len(RATES)
    counts = (out.contacts, number(line.out_of_reach_share), out.selected)
    return (words_of(line.series, names), *counts, asked, *rates)
