"""Contacts that were loaded and drawn, against what telephony or another system counted by itself."""

from collections.abc import Mapping, Sequence

from surveys.core.csv_out import Cell
from surveys.dashboards.coverage.panels import share
from surveys.dashboards.pages.panels import Panel
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
    places = sorted(found, key=lambda one: (one.service, one.service_id, one.channel.value))
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
        rows=[control_cells(one, by_pair) for one in places],
    )


def control_cells(found: Controlled, by_pair: Mapping[Pair, Outcomes]) -> tuple[Cell, ...]:
    total, loaded = found.total, found.loaded
    outcomes = by_pair.get((found.service_id, found.channel))
    drawn = share(outcomes.selected, outcomes.contacts) if outcomes else None
    note = ""
    if loaded < ENOUGH_LOADED * total:
        note = "contacts are missing"
    elif loaded > total:
        note = "more loaded than counted"
    name = words_of(Series(found.service_id, found.channel), {found.service_id: found.service})
    return (name, found.days, total, loaded, total - loaded, share(loaded, total), drawn, note)
