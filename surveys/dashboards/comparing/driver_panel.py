"""Key drivers, performance against importance, as a chart and a table. What goes together is never called a cause."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from surveys.core.csv_out import Cell
from surveys.dashboards.comparing.driver_labels import label_places
from surveys.dashboards.pages.cells import limit_cells
from surveys.dashboards.pages.charts import DARK_BLUE, GREY, layout, share_axis
from surveys.dashboards.pages.panels import Panel, number
from surveys.questionnaires.drivers import DRIVERS
from surveys.rates.drivers import Driver, DriverCounts, key_drivers
from surveys.rates.protection import View, protect
from surveys.rates.protection_tables import Counts, Dimension, Mark, Table
from surveys.rates.words import drivers_sentence

ALL = "all"
SIDES = ("content", "not_content")
HEADINGS = (
    "Driver",
    "Content with it (%)",
    "Lower limit (%)",
    "Upper limit (%)",
    "Answers",
    "More satisfied among the content (points)",
    "Lower limit (points)",
    "Upper limit (points)",
    "Correlation (phi)",
    "Note",
)
FIELDS = (
    "driver",
    "content_percent",
    "content_lower_percent",
    "content_upper_percent",
    "base",
    "difference_points",
    "difference_lower_points",
    "difference_upper_points",
    "phi",
    "note",
)
LOW = "[u] fewer than 30 content or not content: not ranked"
HIDDEN_NOTE = "[c] too few answers to show"


@dataclass(frozen=True)
class DriverLine:
    """A driver as managers may see it: driver is None where too few answered on either side."""

    name: str
    driver: Driver | None


def driver_lines(counts: Iterable[DriverCounts]) -> list[DriverLine]:
    """By importance, the hidden ones last. A side of fewer than five hides the driver: it would be the difference."""
    counts = [named(one) for one in counts]
    seen = {one.driver for one in counts if may_be_shown(one)}
    shown = [DriverLine(driver.driver, driver) for driver in key_drivers(one for one in counts if one.driver in seen)]
    return shown + [DriverLine(one.driver, None) for one in counts if one.driver not in seen and one.base]


def named(counts: DriverCounts) -> DriverCounts:
    return DriverCounts(DRIVERS.get(counts.driver, counts.driver), counts.content, counts.not_content)


def may_be_shown(counts: DriverCounts) -> bool:
    sides = zip(SIDES, (counts.content, counts.not_content), strict=True)
    table = Table((Dimension(SIDES, {ALL: SIDES}),), {(side,): Counts(n[0], n[1], n[1]) for side, n in sides})
    return not any(Mark.CONFIDENTIAL in shown.marks for shown in protect(table, View.MANAGERS).shown.values())


def drivers_panel(lines: list[DriverLine], about: str) -> Panel:
    """about: population and period, for the subtitle."""
    drivers = [line.driver for line in lines if line.driver]
    ranked = [driver for driver in drivers if not driver.low_base and driver.difference is not None]
    return Panel(
        key="drivers",
        title="Performance and importance",
        sentence=drivers_sentence(drivers),
        subtitle=(
            "Share content with each driver, and how many more were very or fairly satisfied overall among those "
            f"content with it than among the others. {about}."
        ),
        figure=figure_of(ranked) if ranked else None,
        headings=HEADINGS,
        fields=FIELDS,
        rows=[cells_of(line) for line in lines],
    )


def cells_of(line: DriverLine) -> tuple[Cell, ...]:
    driver = line.driver
    if driver is None:
        return (line.name, *(None,) * 8, HIDDEN_NOTE)
    performance = (number(driver.performance.share), *limit_cells(driver.performance.interval))
    if driver.low_base:
        return (line.name, *performance, driver.base, *(None,) * 4, LOW)
    goes = (number(driver.difference), *limit_cells(driver.interval))
    phi = None if driver.importance is None else round(driver.importance, 2)
    return (line.name, *performance, driver.base, *goes, phi, "")


def figure_of(ranked: list[Driver]) -> dict[str, Any]:
    """Each driver a point with its name beside it; shapes and words carry it, not colour."""
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [number(driver.performance.share) for driver in ranked],
        "y": [number(driver.difference) for driver in ranked],
        "text": [driver.driver for driver in ranked],
        "textposition": label_places(
            [(d.driver, 100 * d.performance.share, 100 * (d.difference or 0)) for d in ranked]
        ),
        "textfont": {"color": GREY, "size": 14},
        "customdata": [driver.base for driver in ranked],
        "hovertemplate": "%{text}: %{x}% content, %{y} points, %{customdata} answers<extra></extra>",
        "marker": {"size": 11, "color": DARK_BLUE},
        "cliponaxis": False,
    }
    least = min(0.0, *(driver.difference or 0 for driver in ranked))
    y = {"range": [-100 if least < 0 else 0, 100], "title": {"text": "Importance (points)", "standoff": 8}}
    axes = {
        "xaxis": share_axis(title={"text": "Performance (content with it)"}),
        "yaxis": share_axis(ticksuffix="", dtick=20 if least >= 0 else 50) | y,
    }
    chart = layout(460, 64)
    # The two scales meet in a corner: a little room keeps "0" and "0%" apart.
    return {"data": [trace], "layout": chart | axes | {"margin": chart["margin"] | {"pad": 8}}}
