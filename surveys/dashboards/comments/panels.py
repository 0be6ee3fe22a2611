"""One theme by month, by service and by channel, as charts and tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from surveys.comments.themes.queries import Part, ThemeCuts
from surveys.dashboards.comments.lines import part_cells, shares_apart, shares_within
from surveys.dashboards.pages.charts import DARK_BLUE, GRID, arms, layout, month_axis, share_axis
from surveys.dashboards.pages.panels import Panel, number, percent
from surveys.rates.months import Month
from surveys.rates.protection_tables import Shown

PART_HEADINGS = ("Share of comments (%)", "Lower limit (%)", "Upper limit (%)", "Comments", "Note")


def panels_of_theme(label: str, cuts: ThemeCuts) -> list[Panel]:
    """One label by month, by service and by channel."""
    services = shares_within(cuts.services)
    channels = shares_within({channel.label: part for channel, part in cuts.channels.items()})
    return [
        trend_panel(label, cuts.months),
        parts_panel("theme-services", f"{label} by service", "Service", services),
        parts_panel("theme-channels", f"{label} by channel", "Channel", channels),
    ]


def trend_panel(label: str, months: Mapping[date, Part]) -> Panel:
    shown = shares_apart({first.isoformat(): part for first, part in months.items()})
    by_month = {Month(first.year, first.month): shown[first.isoformat()] for first in months}
    drawn = {month: one for month, one in by_month.items() if one.interval}
    figure = {
        "data": [points(list(drawn.values()), "y", [month.first.isoformat() for month in drawn])],
        "layout": layout(300, 56)
        | {"xaxis": month_axis(list(drawn)), "yaxis": share_axis(range=[0, highest(drawn.values())])},
    }
    return Panel(
        "theme-months",
        f"{label} by month",
        trend_sentence(label, by_month),
        figure if drawn else None,
        ("Month", *PART_HEADINGS),
        [(month.label, *part_cells(one)) for month, one in by_month.items()],
    )


def trend_sentence(label: str, by_month: Mapping[Month, Shown]) -> str:
    """From the highest and lowest months that have a base worth relying upon."""
    firm = {month: one.share or 0 for month, one in by_month.items() if one.reliable}
    if not firm:
        return "No month has 30 comments or more, so no month is compared."
    high, low = max(firm, key=lambda m: firm[m]), min(firm, key=lambda m: firm[m])
    if firm[high] == firm[low]:
        return f"{percent(firm[high])} of comments are about {label.lower()} in {high.label}."
    return (
        f"Most often in {high.label} ({percent(firm[high])} of comments), least often in {low.label} "
        f"({percent(firm[low])}). Lines show 95% confidence intervals."
    )


def parts_panel(key: str, title: str, heading: str, parts: Mapping[str, Shown]) -> Panel:
    drawn = {name: one for name, one in list(parts.items())[::-1] if one.interval}
    figure = {
        "data": [points(list(drawn.values()), "x", list(drawn))],
        "layout": layout(96 + 34 * len(drawn), 150)
        | {
            "xaxis": share_axis(range=[0, highest(drawn.values())]),
            "yaxis": {"automargin": True, "gridcolor": GRID, "fixedrange": True},
        },
    }
    firm = [one.share or 0 for one in parts.values() if one.reliable]
    few = f"No {heading.lower()} has 30 comments or more in this period, so none is compared."
    many = (
        f"Where there are 30 comments or more, the share goes from {percent(min(firm))} to {percent(max(firm))}. "
        "Lines show 95% confidence intervals."
        if firm
        else few
    )
    rows = [(name, *part_cells(one)) for name, one in parts.items()]
    return Panel(key, title, many, figure if len(drawn) > 1 else None, (heading, *PART_HEADINGS), rows)


def highest(shown: Any) -> int:
    """The end of an axis that begins at 0: the next ten percent above every interval."""
    most = max((one.interval.upper for one in shown if one.interval), default=1.0)
    return min(100, 10 * (int(most * 10) + 1))


def points(shown: Sequence[Shown], measure: str, names: Sequence[str]) -> dict[str, Any]:
    """Dots with their intervals; measure is the axis of the shares. Months are joined by a line."""
    other = "x" if measure == "y" else "y"
    return {
        "type": "scatter",
        "mode": "lines+markers" if measure == "y" else "markers",
        measure: [number(s.share) for s in shown],
        other: list(names),
        f"error_{measure}": arms(shown),
        "text": [f"{percent(s.share)} of {s.base:,} comments" for s in shown],
        "hovertemplate": ("%{x|%B %Y}" if measure == "y" else "%{y}") + ": %{text}<extra></extra>",
        "line": {"color": DARK_BLUE, "width": 2},
        "marker": {"size": 9, "color": DARK_BLUE},
    }
