"""Contacts that were loaded and drawn, against what telephony or another system counted by itself."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from surveys.core.csv_out import Cell
from surveys.dashboards.coverage_panels import share
from surveys.dashboards.panels import Panel
from surveys.rates.contacted import Outcomes
from surveys.rates.cube import Pair
from surveys.rates.series import Series, words_of
from surveys.rates.told import Controlled

# A day's files lag and overlap a little; below this something is missing.
ENOUGH_LOADED = 0.98
HEADINGS = (
    "Service and channel",
    "Days",
    "Counted elsewhere",
    "Loaded",
    "Gap",
    "Loaded (%)",
    "Drawn of loaded (%)",
    "Note",
)
FIELDS = ("place", "days", "counted", "loaded", "gap", "loaded_percent", "drawn_percent", "note")


def control_panel(found: Sequence[Controlled], by_pair: Mapping[Pair, Outcomes], about: str) -> Panel:
    """Loaded contacts against the totals of other systems, each service and channel over the period."""
    lines = [control_cells(series, list(some), by_pair) for series, some in by_series(found)]
    total, loaded = sum(one.total for one in found), sum(one.loaded for one in found)
    title = "No totals of another system were loaded for this period"
    if total:
        title = f"{loaded:,} contacts were loaded of {total:,} that other systems counted on the same days"
        title += f": {total - loaded:,} are missing" if loaded < ENOUGH_LOADED * total else ""
    return Panel(
        key="control",
        title="Loaded against counted elsewhere",
        sentence=f"{title}.",
        subtitle=f"Contacts counted by telephony or another system, loaded and drawn, on days with a total. {about}.",
        figure=None,
        headings=HEADINGS,
        fields=FIELDS,
        rows=lines,
    )


def by_series(found: Sequence[Controlled]) -> list[tuple[tuple[str, Series], list[Controlled]]]:
    def place(one: Controlled) -> tuple[str, int, str]:
        return one.service, one.service_id, one.channel.value

    groups = [list(some) for _, some in groupby(sorted(found, key=place), key=place)]
    return [((some[0].service, Series(some[0].service_id, some[0].channel)), some) for some in groups]


def control_cells(
    about: tuple[str, Series], found: Sequence[Controlled], by_pair: Mapping[Pair, Outcomes]
) -> tuple[Cell, ...]:
    service, series = about
    total, loaded = sum(one.total for one in found), sum(one.loaded for one in found)
    outcomes = by_pair.get((found[0].service_id, found[0].channel))
    drawn = share(outcomes.selected, outcomes.contacts) if outcomes else None
    note = ""
    if loaded < ENOUGH_LOADED * total:
        note = "contacts are missing"
    elif loaded > total:
        note = "more loaded than counted"
    name = words_of(series, {series.service or 0: service})
    return (name, sum(one.days for one in found), total, loaded, total - loaded, share(loaded, total), drawn, note)
