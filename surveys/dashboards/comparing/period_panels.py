"""Comparisons as charts and tables: the difference with its interval, and the word for it."""

from collections.abc import Sequence
from typing import Any

from surveys.core.csv_out import Cell
from surveys.dashboards.comparing.periods import Compared
from surveys.dashboards.pages.charts import DARK_BLUE, DARK_PINK, GRID, MIDDLE_GREY, ROW, arms_of, broken_in_two, layout
from surveys.dashboards.pages.panels import Panel, number
from surveys.rates.comparing import Judged, Verdict
from surveys.rates.protection_tables import Mark, Shown

FIELDS = (
    "name",
    "rate_percent",
    "base",
    "other_rate_percent",
    "other_base",
    "difference_points",
    "lower_points",
    "upper_points",
    "finding",
)
HOW_JUDGED = (
    "“Higher” and “lower” only where a test, made good for all comparisons of the table (Benjamini and Hochberg), "
    "leaves no more than 5% to chance. Lines show 95% confidence intervals of the difference (Newcombe)."
)
# Up, down, and a hollow circle where nothing can be said.
SYMBOLS = {Verdict.HIGHER: "triangle-up", Verdict.LOWER: "triangle-down", Verdict.NO_CLEAR_DIFFERENCE: "circle-open"}
LEAST_REACH = 10


def compared_panel(
    key: str, title: str, sentence: str, lines: Sequence[Compared], sides: tuple[str, str], subtitle: str
) -> Panel:
    """sides: what stands on either side of the difference."""
    judged = [line for line in lines if line.judged]
    one, other = sides
    return Panel(
        key=key,
        title=title,
        sentence=sentence,
        figure=differences_figure(judged) if judged else None,
        headings=(
            "Service or channel",
            f"{one} (%)",
            "Answers",
            f"{other} (%)",
            "Answers",
            "Difference (points)",
            "Lower limit",
            "Upper limit",
            "Finding",
        ),
        rows=[row_of(line) for line in lines],
        subtitle=subtitle,
        reading=HOW_JUDGED if judged else "",
        fields=FIELDS,
    )


def row_of(line: Compared) -> tuple[Cell, ...]:
    sides = (*side_cells(line.one), *side_cells(line.other))
    if line.judged is None:
        return (line.name, *sides, None, None, None, line.verdict)
    found = line.judged.comparison
    numbers = (number(found.difference), number(found.interval.lower), number(found.interval.upper))
    return (line.name, *sides, *numbers, line.verdict)


def side_cells(shown: Shown) -> tuple[Cell, Cell]:
    if shown.base is None:
        return (Mark.CONFIDENTIAL.value, Mark.CONFIDENTIAL.value)
    return (number(shown.share), shown.base)


def differences_figure(lines: Sequence[Compared]) -> dict[str, Any]:
    """Points left and right of no difference, each with its interval; the words of the finding beside it."""
    ends = [line.judged.comparison.interval for line in lines if line.judged]
    reach = max(LEAST_REACH, *(100 * abs(end) for interval in ends for end in (interval.lower, interval.upper))) * 1.1
    return {
        "data": [differences_trace(lines, [line.judged for line in lines if line.judged])],
        "layout": layout(84 + ROW * len(lines), 8)
        | {
            "xaxis": {
                "range": [-reach, reach],
                "gridcolor": GRID,
                "zeroline": True,
                "zerolinecolor": MIDDLE_GREY,
                "zerolinewidth": 2,
                "fixedrange": True,
                "nticks": 7,
                "title": {"text": "percentage points"},
            },
            "yaxis": {
                "automargin": True,
                "gridcolor": GRID,
                "fixedrange": True,
                "type": "category",
                "range": [len(lines) - 0.4, -0.8],
            },
        },
    }


def differences_trace(lines: Sequence[Compared], found: Sequence[Judged]) -> dict[str, Any]:
    differences = [100 * one.comparison.difference for one in found]
    clear = [one.verdict is not Verdict.NO_CLEAR_DIFFERENCE for one in found]
    colours = [DARK_PINK if told else DARK_BLUE for told in clear]
    told = zip(lines, differences, strict=True)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [round(difference, 1) for difference in differences],
        "y": [broken_in_two(line.name) for line in lines],
        "error_x": arms_of([(one.comparison.difference, one.comparison.interval) for one in found]),
        "text": [line.verdict if here else "" for line, here in zip(lines, clear, strict=True)],
        "textposition": "top center",
        "textfont": {"color": DARK_PINK},
        "hovertext": [f"{line.name}: {difference:+.1f} points, {line.verdict}" for line, difference in told],
        "hoverinfo": "text",
        "marker": {
            "size": 11,
            "symbol": [SYMBOLS[one.verdict] for one in found],
            "color": colours,
            "line": {"width": 2, "color": colours},
        },
        "cliponaxis": False,
    }
