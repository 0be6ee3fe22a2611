"""Who got in touch beside who answered: whether some services speak for others."""

from collections.abc import Sequence

from surveys.core.csv_out import Cell
from surveys.dashboards.coverage.counts import Mix
from surveys.dashboards.pages.cells import HIDDEN
from surveys.dashboards.pages.charts import DARK_BLUE, GREY, TURQUOISE, layout, names_axis, share_axis
from surveys.dashboards.pages.panels import Panel, number
from surveys.rates.words import percent


def mix_panel(found: Sequence[Mix], about: str) -> Panel:
    """Who got in touch beside who answered: two shapes a service, so that colour alone says nothing."""
    known = [one for one in found if one.of_answers is not None]
    apart = max(known, key=difference, default=None)
    title = "Nobody answered in this period"
    if apart is not None:
        title = (
            f"{apart.name}: {percent(apart.of_contacts)} of contacts and {percent(apart.of_answers or 0)} of answers, "
            "the service where they are furthest apart"
        )
    turned = found[::-1]
    traces = [
        dots([one.of_contacts for one in turned], [one.name for one in turned], "Contacts", DARK_BLUE, "circle"),
        dots([one.of_answers for one in turned], [one.name for one in turned], "Answers", TURQUOISE, "diamond-open"),
    ]
    most = max((max(one.of_contacts, one.of_answers or 0) for one in found), default=1)
    axes = {
        "xaxis": share_axis(range=[0, min(100, round(most * 120) + 5)], tickangle=0),
        "yaxis": names_axis(len(found)),
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"color": GREY}},
    }
    return Panel(
        key="mix",
        title="Who got in touch and who answered",
        sentence=f"{title}.",
        subtitle=f"Each service’s share of all contacts and of all answers to the rating. {about}. The axis is cut.",
        figure={"data": traces, "layout": layout(130 + 34 * len(found), 8) | axes} if len(found) > 1 else None,
        fields=("service", "contacts", "contacts_percent", "answers", "answers_percent", "difference_points"),
        headings=("Service", "Contacts", "Of all contacts (%)", "Answers", "Of all answers (%)", "Difference (points)"),
        rows=[mix_cells(one) for one in found],
    )


def difference(one: Mix) -> float:
    return abs((one.of_answers or 0) - one.of_contacts)


def mix_cells(one: Mix) -> tuple[Cell, ...]:
    contacts = (one.name, one.contacts, number(one.of_contacts))
    if one.of_answers is None:
        return (*contacts, HIDDEN, HIDDEN, None)
    return (*contacts, one.answers, number(one.of_answers), round((one.of_answers - one.of_contacts) * 100, 1))


def dots(shares: list[float | None], names: list[str], name: str, colour: str, symbol: str) -> dict[str, object]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [number(one) for one in shares],
        "y": names,
        "hovertemplate": f"%{{y}}, {name.lower()}: %{{x}}%<extra></extra>",
        "marker": {"size": 11, "color": colour, "symbol": symbol, "line": {"width": 2, "color": colour}},
    }
