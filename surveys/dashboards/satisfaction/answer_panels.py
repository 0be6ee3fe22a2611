"""How answers are spread: the five points of the rating, and every other question with options."""

from collections.abc import Mapping, Sequence
from typing import Any

from surveys.core.csv_out import Cell
from surveys.dashboards.pages.charts import DARK_BLUE, MIDDLE_GREY, ROW, broken_in_two, layout, share_axis
from surveys.dashboards.pages.panels import Panel, number, percent
from surveys.questionnaires.kinds import FIVE_POINTS, SELECTED, ChoicesKind, Question, Satisfaction
from surveys.questionnaires.languages import DEFAULT
from surveys.rates.codes import Codes
from surveys.rates.intervals import Interval, wilson
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS

HEADINGS = ("Answer", "Share (%)", "Lower limit (%)", "Upper limit (%)", "Answers")
FIELDS = ("answer", "share_percent", "lower_percent", "upper_percent", "count")
POINT_WORDS = {point: point.value.replace("_", " ").capitalize() for point in Satisfaction}
POINT_WORDS[Satisfaction.NEITHER] = "Neither satisfied nor dissatisfied"
SPREAD = "How answers are spread"
TOO_FEW = f"Fewer than {SMALLEST_FOR_MANAGERS} answers, so nothing is shown [c]."

Bar = tuple[str, int, int]


def spread_panel(codes: Codes, subtitle: str) -> Panel:
    """The five points, each of all five; those who did not know are told apart, in words."""
    base = sum(codes.get(point, 0) for point in FIVE_POINTS)
    unsure = codes.get(Satisfaction.DO_NOT_KNOW, 0)
    bars = [(POINT_WORDS[point], codes.get(point, 0), base) for point in FIVE_POINTS]
    most = max(bars, key=lambda bar: bar[1])
    if base < SMALLEST_FOR_MANAGERS:
        return bars_panel("spread", SPREAD, TOO_FEW, [], subtitle)
    apart = f" {unsure:,} more said “I do not know” and are not in these shares." if unsure else ""
    said = f"“{most[0]}” was said most, by {percent(most[1] / base)}.{apart}"
    return bars_panel("spread", SPREAD, said, bars, subtitle)


def question_panel(question: Question, found: Mapping[str, Codes], subtitle: str) -> Panel:
    """One question: each option's share, of those who gave an answer that is not set apart."""
    bars = bars_of_choices(question, found) if isinstance(question.handler, ChoicesKind) else bars_of(question, found)
    several = isinstance(question.handler, ChoicesKind)
    key, title = f"question-{question.key}", question.text[DEFAULT]
    if max((bar[2] for bar in bars), default=0) < SMALLEST_FOR_MANAGERS:
        return bars_panel(key, title, TOO_FEW, [], subtitle)
    most = max(bars, key=lambda bar: bar[1] / bar[2] if bar[2] else 0)
    told = [f"“{most[0]}” was said most, by {percent(most[1] / most[2])}."]
    unsure = 0 if several else set_apart(question, found)
    told += ["Several answers were possible."] * several + [f"{unsure:,} more did not know."] * (unsure > 0)
    return bars_panel(key, title, " ".join(told), bars, subtitle)


def set_apart(question: Question, found: Mapping[str, Codes]) -> int:
    codes = found.get(question.key, {})
    return sum(codes.get(option.code, 0) for option in question.handler.options(question) if option.apart)


def bars_of(question: Question, found: Mapping[str, Codes]) -> list[Bar]:
    codes = found.get(question.key, {})
    options = [option for option in question.handler.options(question) if not option.apart]
    base = sum(codes.get(option.code, 0) for option in options)
    return [(option.text[DEFAULT], codes.get(option.code, 0), base) for option in options]


def bars_of_choices(question: Question, found: Mapping[str, Codes]) -> list[Bar]:
    """Of a question with several answers each option is one of its own: chosen, or not."""
    bars = []
    for option in question.handler.options(question):
        codes = found.get(f"{question.key}.{option.code}", {})
        bars.append((option.text[DEFAULT], codes.get(SELECTED, 0), sum(codes.values())))
    return bars


def keys_of(questions: Sequence[Question]) -> list[str]:
    """What the figures call these questions."""
    keys: list[str] = []
    for question in questions:
        several = isinstance(question.handler, ChoicesKind)
        keys += [f"{question.key}.{option.code}" for option in question.options] if several else [question.key]
    return keys


def bars_panel(key: str, title: str, sentence: str, bars: Sequence[Bar], subtitle: str) -> Panel:
    shown = [bar for bar in bars if bar[2] >= SMALLEST_FOR_MANAGERS]
    base = max((bar[2] for bar in shown), default=0)
    rows: list[tuple[Cell, ...]] = [bar_cells(*bar) for bar in shown]
    return Panel(
        key=key,
        title=title,
        sentence=sentence,
        figure=bars_figure(shown) if shown else None,
        headings=HEADINGS,
        rows=rows,
        subtitle=f"{subtitle}, {base:,} answers" if shown else subtitle,
        fields=FIELDS,
    )


def bar_cells(name: str, count: int, base: int) -> tuple[Cell, ...]:
    interval = wilson(count, base) or Interval(0.0, 1.0)
    return (name, number(count / base), number(interval.lower), number(interval.upper), count)


def bars_figure(bars: Sequence[Bar]) -> dict[str, Any]:
    """Bars from zero with their share at the end. Those that a scale sets apart are not among them."""
    shares = [count / base for _, count, base in bars]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": [number(share) for share in shares],
        "y": [broken_in_two(name) for name, _, _ in bars],
        "text": [percent(share) for share in shares],
        "textposition": "outside",
        "hovertext": [f"{name}: {count:,} of {base:,} answers" for name, count, base in bars],
        "hoverinfo": "text",
        "marker": {"color": DARK_BLUE},
        "cliponaxis": False,
    }
    return {
        "data": [trace],
        "layout": layout(72 + ROW * len(bars), 8)
        | {
            "xaxis": share_axis(dtick=20, zeroline=True, zerolinecolor=MIDDLE_GREY),
            "yaxis": {
                "automargin": True,
                "fixedrange": True,
                "autorange": "reversed",
                "type": "category",
                "ticks": "outside",
                "ticklen": 6,
                "tickcolor": "white",
            },
            "bargap": 0.35,
        },
    }
