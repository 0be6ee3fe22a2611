"""Customer groups as dots with intervals, one chart an equality item, and in words against all others."""

from typing import Any

from surveys.core.csv_out import Cell
from surveys.dashboards.comparing.periods import VERDICTS
from surveys.dashboards.pages.cells import HIDDEN, shown_cells
from surveys.dashboards.pages.charts import DARK_BLUE, arms_of, layout, names_axis, share_axis
from surveys.dashboards.pages.panels import Panel, number
from surveys.questionnaires.equality import PREFER_NOT, TEXTS
from surveys.rates.comparing import Verdict
from surveys.rates.groups import Group, ItemGroups
from surveys.rates.words import percent, points

ITEM_NAMES = {
    "age": "Age",
    "sex": "Sex",
    "gender_same": "Gender the same as sex registered at birth",
    "health": "Health condition lasting 12 months or more",
    "health_effect": "Condition reduces day to day activities",
    "ethnic_group": "Ethnic group",
}
HEADINGS = (
    "Group",
    "Very or fairly satisfied (%)",
    "Lower limit (%)",
    "Upper limit (%)",
    "Answers",
    "Against all others",
    "Adjusted p",
    "Note",
)
FIELDS = ("group", "rate_percent", "lower_percent", "upper_percent", "base", "against_others", "adjusted_p", "note")
NOT_COMPARED = "not compared"


def group_name(item: str, code: str) -> str:
    english = TEXTS["en"]
    return english.get(f"{item}.{code}") or english.get(code) or code


def group_panel(one: ItemGroups, about: str) -> Panel:
    """about: population and period, for the subtitle."""
    drawn = [group for group in one.groups if group.shown.base and group.shown.interval is not None]
    return Panel(
        key=f"group-{one.item}",
        title=ITEM_NAMES[one.item],
        sentence=f"{capital(sentence_of(one))}.",
        subtitle=(
            f"Very or fairly satisfied, of those who told us and chose one of the five points. {about}. "
            "95% confidence intervals."
        ),
        figure=figure_of(one.item, drawn) if len(drawn) > 1 else None,
        headings=HEADINGS,
        fields=FIELDS,
        notes=hidden_words(one),
        rows=[*(cells_of(group_name(one.item, group.code), group) for group in one.groups), total_cells(one)],
    )


def hidden_words(one: ItemGroups) -> tuple[str, ...]:
    names = [group_name(one.item, group.code) for group in one.groups if group.shown.base is None]
    return (f"Not drawn, {HIDDEN}: {', '.join(names)}.",) if names else ()


def sentence_of(one: ItemGroups) -> str:
    """Only what a test says that is adjusted for all groups of the page."""
    judged = [group for group in one.groups if group.judged]
    if not judged:
        return "too few answers to compare groups"
    told = [clear_words(one.item, group) for group in judged if verdict_of(group) is not Verdict.NO_CLEAR_DIFFERENCE]
    return "; ".join(told) if told else "no clear differences"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def verdict_of(group: Group) -> Verdict:
    return group.judged.verdict if group.judged else Verdict.NO_CLEAR_DIFFERENCE


def clear_words(item: str, group: Group) -> str:
    comparison = group.judged.comparison if group.judged else None
    if comparison is None:
        return ""
    how = f"{points(comparison.difference)} {VERDICTS[verdict_of(group)]} than all others"
    return f"“{group_name(item, group.code)}” {percent(comparison.one.share)}, {how}"


def cells_of(name: str, group: Group) -> tuple[Cell, ...]:
    share, lower, upper, base, note = shown_cells(group.shown)
    judged = group.judged
    against = VERDICTS[judged.verdict] if judged else NOT_COMPARED
    p = None if judged is None else ("<0.001" if judged.p < 0.001 else round(judged.p, 3))
    return (name, share, lower, upper, base, "" if group.code == PREFER_NOT else against, p, note)


def total_cells(one: ItemGroups) -> tuple[Cell, ...]:
    share, lower, upper, base, note = shown_cells(one.total)
    return ("All who answered this question", share, lower, upper, base, "", None, note)


def figure_of(item: str, drawn: list[Group]) -> dict[str, Any]:
    turned = drawn[::-1]
    cells = [(g.shown.share or 0.0, g.shown.interval) for g in turned if g.shown.interval]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [number(group.shown.share) for group in turned],
        "y": [group_name(item, group.code) for group in turned],
        "error_x": arms_of(cells, DARK_BLUE),
        "text": [f"{percent(g.shown.share or 0)} of {g.shown.base:,} answers" for g in turned],
        "hovertemplate": "%{y}: %{text}<extra></extra>",
        # A hollow dot stands on fewer than 30 answers.
        "cliponaxis": False,
        "marker": {
            "size": 10,
            "color": DARK_BLUE,
            "symbol": ["circle" if group.shown.reliable else "circle-open" for group in turned],
        },
    }
    axes = {"xaxis": share_axis(tickangle=0), "yaxis": names_axis(len(turned))}
    return {"data": [trace], "layout": layout(96 + 34 * len(turned), 8) | axes}
