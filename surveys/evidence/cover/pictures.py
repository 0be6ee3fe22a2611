"""The charts of a cover page: who is satisfied, by service and channel, and whether it really moved. Pure."""

from collections.abc import Iterator, Mapping

from surveys.evidence.cover.cells import Line
from surveys.evidence.cover.charts import Chart, Columns, dots, months
from surveys.evidence.cover.page import CoverPage
from surveys.evidence.figures.results import ALL

CONTROL = Columns("centre", "lower_limit", "upper_limit", "signals")
PLAIN = Columns(lower="lower", upper="upper")
TITLES = {"service": "Share satisfied by service", "channel": "Share satisfied by channel"}
# More charts than these nobody reads; the table has them all.
MOST_TRENDS = 4


def charts_of(page: CoverPage) -> Mapping[str, Chart]:
    """By key, those that there is enough to draw of: services, channels, whole, and trends of parts with a signal."""
    found = [*parts(page), *trends(page)]
    return {chart.key: chart for chart in found}


def parts(page: CoverPage) -> Iterator[Chart]:
    for level, title in TITLES.items():
        lines = page.part(level)
        whole = [page.whole] if page.whole else []
        chart = dots(level, title, told(lines, level, page), [*lines, *whole], lambda line: name_of(line, page))
        if chart:
            yield chart


def told(lines: list[Line], level: str, page: CoverPage) -> str:
    """What is to be seen, for who cannot see it: the table after the chart has every figure."""
    drawn = [line for line in lines if line.number("share") is not None]
    if len(drawn) < 2:
        return ""
    low, high = drawn[0], drawn[-1]
    return (
        f"Each row has a dot for the share and a line for its 95% interval. Lowest: {low_name(low, level, page)}, "
        f"{low.words('share')}. Highest: {low_name(high, level, page)}, {high.words('share')}."
    )


def low_name(line: Line, level: str, page: CoverPage) -> str:
    return page.names.of(level, line.value(level))


def name_of(line: Line, page: CoverPage) -> str:
    """A service, a channel or the whole."""
    if line.value("service") != ALL:
        return page.names.of("service", line.value("service"))
    return page.names.of("channel", line.value("channel")) if line.value("channel") != ALL else "All together"


def trends(page: CoverPage) -> Iterator[Chart]:
    """The whole, then what has a signal in the period; of a pack without such a table its own months."""
    if "trend" not in page.sheets:
        chart = trend("trend", "All services", page.where("results", level="month"), PLAIN, page)
        yield from [chart] if chart else []
        return
    signalled = dict.fromkeys(place for place in map(place_of, page.signals) if place[0] != "whole")
    for number, place in enumerate([("whole", ALL, ALL), *list(signalled)[:MOST_TRENDS]]):
        found = page.where("trend", **dict(zip(("level", "service", "channel"), place, strict=True)))
        title = "All services and channels" if place[0] == "whole" else name_of(found[0], page)
        chart = trend(f"trend-{number}" if number else "trend", title, found, CONTROL, page)
        if chart:
            yield chart


def place_of(line: Line) -> tuple[str, str, str]:
    return line.value("level"), line.value("service"), line.value("channel")


def trend(key: str, about: str, lines: list[Line], columns: Columns, page: CoverPage) -> Chart | None:
    known = [line for line in lines if line.number("share") is not None]
    last = f" The newest point, {month(known[-1], page)}, is at {known[-1].words('share')}." if known else ""
    signals = sum(bool(columns.signal and line.value(columns.signal)) for line in lines)
    words = f"A point for each month.{last} " + ("Signals are in the table." if signals else "No point is a signal.")
    return months(key, f"{about}: share satisfied by month", words, lines, lambda line: month(line, page), columns)


def month(line: Line, page: CoverPage) -> str:
    return page.names.of("month", line.value("month"))
