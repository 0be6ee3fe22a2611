"""Was everybody loaded, and where did asking end: tables of a pack beside the draw."""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from surveys.core.db import db
from surveys.dashboards.coverage.counts import reaches
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import ALL, CHANNEL, INTEGER, NUMBER, SERVICE
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, Column, Datatype, PackTable, shared
from surveys.people.models import Service
from surveys.rates.contacted import read_outcomes
from surveys.rates.set_models import ControlTotal


def control_table(period: PackPeriod, tally: Tally) -> PackTable:
    """Contacts that another system counted beside those that were loaded, day by day; the gap is shown, not hidden."""
    t = ControlTotal
    query = sa.select(t.day, Service.slug, t.channel, t.total, t.source).join(Service, Service.id == t.service_id)
    query = query.where(t.day.between(period.starts_on, period.ends_on), t.day <= period.draws_to)
    rows: list[tuple[Cell, ...]] = []
    for day, service, channel, total, source in db.session.execute(query.order_by(t.day, Service.slug, t.channel)):
        loaded = tally.days[day, service, channel.value]
        rows.append((day.isoformat(), service, channel.value, total, loaded, total - loaded, source))
    return PackTable(
        name="control",
        title="Completeness against other systems",
        description="Calls and visits as telephony and counters counted them, beside the contacts that were loaded.",
        columns=(
            Column("day", "Day", Datatype.DATE, required=True),
            SERVICE,
            CHANNEL,
            Column("total", "Counted by the other system", INTEGER, required=True),
            Column("loaded", "Contacts loaded", INTEGER, required=True),
            Column("gap", "Not loaded", INTEGER, "below 0 where more were loaded than counted", required=True),
            Column("source", "Counted by"),
        ),
        rows=rows,
        key=("day", "service", "channel"),
        notes=("Days for which nobody uploaded a total are not in this table, and not known to be complete.",),
    )


RATES = ("rr1", "rr2", "rr3", "rr4", "rr5", "rr6", "coop1", "ref1", "con1")
TITLES = {
    "rr1": "Response rate 1",
    "rr2": "Response rate 2, partial counted in",
    "rr3": "Response rate 3",
    "rr4": "Response rate 4, partial counted in",
    "rr5": "Response rate 5",
    "rr6": "Response rate 6, partial counted in",
    "coop1": "Co-operation rate 1",
    "ref1": "Refusal rate 1",
    "con1": "Contact rate 1",
}
DISPOSITIONS = {
    "complete": "Complete",
    "partial": "Partial",
    "refusal": "Refusal",
    "non_contact": "Not contacted",
    "unknown": "Not known to be reached",
    "not_eligible": "No such address",
}


def response_table(period: PackPeriod) -> PackTable:
    """Response rates of AAPOR for the whole, each service and each channel; hidden where fewer than five were asked."""
    slugs = dict(db.session.execute(sa.select(Service.id, Service.slug)).all())
    columns = [Column(name, title, INTEGER) for name, title in DISPOSITIONS.items()]
    columns += [Column(name, TITLES[name], NUMBER, "AAPOR Standard Definitions", share=True) for name in RATES]
    return PackTable(
        name="response",
        title="Response rates",
        description="Where asking ended for the contacts that were selected and asked, and the rates of AAPOR from it.",
        columns=(SERVICE, CHANNEL, *columns),
        rows=list(response_rows(period, slugs)),
        key=("service", "channel"),
        notes=(
            "A resident may still be asked or answer while a link lives, so the newest weeks move.",
            "These counts come from the life of each invitation. A pack holds none of those, so they cannot be counted "
            "again from it.",
        ),
    )


def response_rows(period: PackPeriod, slugs: Mapping[int, str]) -> Iterator[tuple[Cell, ...]]:
    for reach in reaches(read_outcomes(period.scope)):
        service = slugs[reach.series.service] if reach.series.service is not None else ALL
        channel = reach.series.channel.value if reach.series.channel is not None else ALL
        if reach.rates is None:
            yield (service, channel, *["[c]"] * (len(DISPOSITIONS) + len(RATES)))
            continue
        ended = reach.outcomes.dispositions
        counts = [getattr(ended, name) for name in DISPOSITIONS]
        yield (service, channel, *counts, *(shared(getattr(reach.rates, name)) for name in RATES))
