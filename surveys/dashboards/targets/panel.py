"""Targets as dots with intervals beside the marks they should reach, as a table, and as a file."""

from collections.abc import Sequence
from typing import Any

from surveys.core.csv_out import Cell
from surveys.dashboards.pages.cells import limit_cells, shown_cells
from surveys.dashboards.pages.charts import DARK_BLUE, DARK_PINK, GREY, arms_of, layout, names_axis, share_axis
from surveys.dashboards.pages.panels import Panel, number
from surveys.dashboards.targets.judged import JudgedTarget
from surveys.rates.comparing import Attainment
from surveys.rates.series import Series, words_of
from surveys.rates.words import percent

WORDS = {Attainment.MET: "met", Attainment.NOT_MET: "not met", Attainment.CANNOT_TELL: "cannot tell"}
SEVERAL = "weighted"
HEADINGS = (
    "Service and channel",
    "Target (%)",
    "Held",
    "Rate (%)",
    "Lower limit (%)",
    "Upper limit (%)",
    "Unweighted (%)",
    "Answers",
    "Bare comparison",
    "Months",
    "Owner",
    "Note",
)
FIELDS = (
    "place",
    "target_percent",
    "held",
    "rate_percent",
    "lower_percent",
    "upper_percent",
    "unweighted_percent",
    "base",
    "bare_comparison",
    "months",
    "owner",
    "note",
)


def targets_panel(found: Sequence[JudgedTarget], names: dict[int, str], period: str) -> Panel:
    drawn = [one for one in found if one.attained]
    return Panel(
        key="targets",
        title="Met, not met, or not known",
        sentence=f"{headline(found)}.",
        subtitle=(
            "Very or fairly satisfied, of those who chose one of the five points, weighted to all contacts where there "
            f"are several services or channels. {period}, as far as each target held. 95% confidence intervals."
        ),
        figure=figure_of(drawn, names) if drawn else None,
        headings=HEADINGS,
        fields=FIELDS,
        rows=[cells_of(one, names) for one in found],
    )


def headline(found: Sequence[JudgedTarget]) -> str:
    counts = {verdict: sum(one.verdict is verdict for one in found) for verdict in Attainment}
    if not found:
        return "No target is in force in the last month of this period"
    total = "1 target" if len(found) == 1 else f"{len(found)} targets"
    told = [f"{counts[Attainment.MET]} met", f"{counts[Attainment.NOT_MET]} not met"]
    told += [f"for {counts[Attainment.CANNOT_TELL]} the answers cannot tell"]
    if silent := sum(one.verdict is None for one in found):
        told += [f"{silent} without enough answers to show"]
    return f"Of {total}: {', '.join(told)}"


def cells_of(one: JudgedTarget, names: dict[int, str]) -> tuple[Cell, ...]:
    plain, _, _, base, note = shown_cells(one.shown)
    rate = one.attained.rate if one.attained else None
    bare = ("at or above" if one.attained.plainly else "below") if one.attained else ""
    return (
        words_of(one.target.series, names),
        number(one.target.share),
        WORDS[one.verdict] if one.verdict else "no figure",
        number(rate.share) if rate else None,
        *limit_cells(rate.interval if rate else None),
        plain,
        base,
        bare,
        f"{one.months[0]} to {one.months[-1]}",
        one.target.owner,
        f"{note} {SEVERAL if one.weighted else ''}".strip(),
    )


def label_of(series: Series, names: dict[int, str]) -> str:
    """Short, for a narrow screen: the channel under the service, and nothing for all channels."""
    service, channel = words_of(series, names).rsplit(", ", 1)
    return f"{service}<br>{channel}" if series.channel else service


def figure_of(drawn: Sequence[JudgedTarget], names: dict[int, str]) -> dict[str, Any]:
    turned = drawn[::-1]
    labels = [label_of(one.target.series, names) for one in turned]
    rates = [one.attained.rate for one in turned if one.attained]
    verdicts = [WORDS[one.verdict] for one in turned if one.verdict]
    rate = {
        "type": "scatter",
        "mode": "markers",
        "name": "Rate, with its interval",
        "x": [number(found.share) for found in rates],
        "y": labels,
        "error_x": arms_of([(found.share, found.interval) for found in rates], DARK_BLUE),
        "text": [f"{percent(found.share)}, {verdict}" for found, verdict in zip(rates, verdicts, strict=True)],
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        "marker": {"size": 10, "color": DARK_BLUE},
    }
    target = {
        "type": "scatter",
        "mode": "markers",
        "name": "Target",
        "x": [number(one.target.share) for one in turned],
        "y": labels,
        "hovertemplate": "%{y}: target %{x}%<extra></extra>",
        "marker": {"size": 20, "color": DARK_PINK, "symbol": "line-ns", "line": {"width": 3, "color": DARK_PINK}},
    }
    axes = {
        "xaxis": share_axis(tickangle=0),
        "yaxis": names_axis(len(turned)),
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"color": GREY}},
    }
    return {"data": [rate, target], "layout": layout(130 + 38 * len(turned), 8) | axes}
