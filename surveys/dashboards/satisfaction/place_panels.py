"""Services and channels beside each other: a dot with its interval for each, never in the order of their rates."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.contacts.models import Channel
from surveys.core.csv_out import Cell
from surveys.dashboards.pages.charts import DARK_BLUE, GREY, GRID, ROW, arms, broken_in_two, hover, layout, share_axis
from surveys.dashboards.pages.panels import RATE_FIELDS, RATE_HEADINGS, Panel, number, percent, rate_cells
from surveys.rates.points import PointRate
from surveys.rates.protection_tables import Mark, Shown

POINT_HEADINGS = (
    "Place",
    "Kind",
    "Service",
    "Channel",
    "Very or fairly satisfied (%)",
    "Answers on the five points",
    "Answers in doubt",
)


def places_panel(kind: str, shown: Mapping[str, Shown], subtitle: str, links: Sequence[str] = ()) -> Panel:
    """kind: "service" or "channel". shown by name, in the order of the table."""
    return Panel(
        key=f"{kind}s",
        title=f"Satisfaction by {kind}",
        sentence=places_sentence(kind, shown),
        reading="Dots are rates and lines their 95% confidence intervals; hollow dots stand on fewer than 30 answers.",
        figure=dots_figure(shown, links) if any(one.share is not None for one in shown.values()) else None,
        headings=(kind.capitalize(), *RATE_HEADINGS),
        rows=[(name, *rate_cells(one)) for name, one in shown.items()],
        subtitle=subtitle,
        fields=(kind, *RATE_FIELDS),
        links=tuple(links),
    )


def places_sentence(kind: str, shown: Mapping[str, Shown]) -> str:
    """The range of those that can be relied upon. Who stands out is for the comparisons to say."""
    firm = {name: one.share for name, one in shown.items() if one.reliable and one.share is not None}
    if not firm:
        return f"No {kind} has 30 answers or more in this period, so none is compared."
    if len(firm) == 1:
        return f"Only {next(iter(firm))} has 30 answers or more: {percent(next(iter(firm.values())))} were satisfied."
    low, high = min(firm.values()), max(firm.values())
    order = "in alphabetical order" if kind == "service" else "in a fixed order"
    return f"The {len(firm)} {kind}s with 30 answers or more range from {percent(low)} to {percent(high)}, {order}."


def dots_figure(shown: Mapping[str, Shown], links: Sequence[str]) -> dict[str, Any]:
    names = [broken_in_two(name) for name in shown]
    parts = list(shown.values())
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [number(one.share) for one in parts],
        "y": names,
        "error_x": arms(parts),
        "text": [percent(one.share) if one.share is not None else "" for one in parts],
        "textposition": "top center",
        "hovertext": [f"{name}: {words}" for name, words in zip(shown, hover(parts), strict=True)],
        "hoverinfo": "text",
        "customdata": list(links),
        "marker": {
            "size": 11,
            "symbol": ["circle-open" if Mark.LOW_RELIABILITY in one.marks else "circle" for one in parts],
            "color": DARK_BLUE,
            "line": {"width": 2, "color": DARK_BLUE},
        },
        "cliponaxis": False,
    }
    return {
        "data": [trace],
        "layout": layout(72 + ROW * max(len(names), 1), 8)
        | {
            "xaxis": share_axis(dtick=20),
            "yaxis": {
                "automargin": True,
                "gridcolor": GRID,
                "fixedrange": True,
                "range": [len(names) - 0.4, -0.8],
                "type": "category",
            },
            "annotations": [hidden_mark(name) for name, one in zip(names, parts, strict=True) if one.share is None],
        },
    }


def hidden_mark(name: str) -> dict[str, Any]:
    return {
        "x": 0,
        "y": name,
        "text": "[c] hidden",
        "showarrow": False,
        "xanchor": "left",
        "xshift": 6,
        "font": {"color": GREY},
    }


def pairs_panel(pairs: Mapping[tuple[str, Channel], Shown], subtitle: str) -> Panel:
    thin = sum(not one.reliable for one in pairs.values())
    rows: list[tuple[Cell, ...]] = [
        (service, channel.label, *rate_cells(one)) for (service, channel), one in pairs.items()
    ]
    return Panel(
        key="pairs",
        title="Satisfaction by service and channel",
        sentence=(
            f"{len(pairs)} combinations of service and channel have answers; {thin} of them have fewer than 30, or are "
            "hidden to protect few people."
        ),
        figure=None,
        headings=("Service", "Channel", *RATE_HEADINGS),
        rows=rows,
        subtitle=subtitle,
        fields=("service", "channel", *RATE_FIELDS),
    )


def points_panel(points: Sequence[PointRate]) -> Panel:
    """A table without a chart: what is no sample is not drawn beside what is one."""
    rows: list[tuple[Cell, ...]] = [
        (p.place, p.kind.value.capitalize(), p.service, p.channel.label, number(p.rate.share), p.rate.base, p.doubted)
        for p in points
    ]
    return Panel("points", "Kiosks and posters", "Not a sample: anyone could answer.", None, POINT_HEADINGS, rows)
