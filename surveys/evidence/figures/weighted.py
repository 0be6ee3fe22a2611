"""Rates weighted to all contacts, with the weights: which cells were joined, and how many contacts each stands for."""

from collections.abc import Iterator, Mapping

from surveys.evidence.figures.results import ALL, CHANNEL, INTEGER, NUMBER, SAMPLING, SERVICE
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, Column, PackTable, shared
from surveys.rates.collapsing import Cell as Stratum
from surveys.rates.protection_rules import SMALLEST_FOR_MANAGERS
from surveys.rates.weighting import WeightedRate, weighted_rate

# The area of each service, by short name.
Areas = Mapping[str, str]
OF = Column("of", "Rate of", description="all, service:<short name> or channel:<name>", required=True)
FLAGS = {
    "design_effect": "the weights cost much precision",
    "large_weight": "one weight is large",
    "not_represented": "some contacts are of kinds that nobody answered for",
    "weighting_matters": "weighted and unweighted differ by more than half the interval",
}


def weighted_rates(tally: Tally, areas: Areas) -> Iterator[tuple[str, WeightedRate]]:
    """Each rate that several services or channels make up, by what it is of."""
    services, channels = ({place[at] for place in tally.contacts} for at in (0, 1))
    wanted = [(ALL, ALL, ALL), *((f"service:{one}", one, ALL) for one in sorted(services))]
    wanted += [(f"channel:{one}", ALL, one) for one in sorted(channels)]
    for of, service, channel in wanted:
        cells = [
            stratum(tally, areas, *place)
            for place in sorted(tally.contacts)
            if service in (ALL, place[0]) and channel in (ALL, place[1])
        ]
        found = weighted_rate(cells)
        if found is not None and found.unweighted.base >= SMALLEST_FOR_MANAGERS:
            yield of, found


def stratum(tally: Tally, areas: Areas, service: str, channel: str) -> Stratum:
    """Its key is the path by which thin ones are joined: area, service, channel."""
    rate = tally.rate(service, channel)
    return Stratum((areas[service], service, channel), tally.contacts[service, channel], rate.base, rate.satisfied)


def weighted_table(tally: Tally, areas: Areas) -> PackTable:
    rows: list[tuple[Cell, ...]] = []
    for of, rate in weighted_rates(tally, areas):
        limits = (shared(rate.share), shared(rate.interval.lower), shared(rate.interval.upper))
        flags = "; ".join(FLAGS[flag.value] for flag in rate.flags)
        bases = (round(rate.proportion.base, 6), round(rate.design_effect, 6))
        contacts = sum(one.population for one in rate.strata)
        rows.append((of, *limits, shared(rate.unweighted.share), *bases, contacts, flags))
    return PackTable(
        name="weighted",
        title="Overall satisfaction weighted to all contacts",
        description="Each service and channel counts as large as its contacts, asked or not, which are all known.",
        columns=(
            OF,
            Column("share", "Weighted share satisfied", NUMBER, share=True),
            Column("lower", "95% interval, lower", NUMBER, share=True),
            Column("upper", "95% interval, upper", NUMBER, share=True),
            Column("unweighted", "Unweighted share", NUMBER, share=True),
            Column("effective_base", "Effective base", NUMBER, "answers that a simple sample would need"),
            Column("design_effect", "Design effect", NUMBER, "answers / Kish's effective base"),
            Column("contacts", "Contacts", INTEGER),
            Column("flags", "What to mind"),
        ),
        rows=rows,
        key=("of",),
        notes=(SAMPLING, "Weighting mends the mix of services and channels, not who answers within each of them."),
    )


def weights_table(tally: Tally, areas: Areas) -> PackTable:
    rows: list[tuple[Cell, ...]] = []
    for of, rate in weighted_rates(tally, areas):
        for number, joined in enumerate(rate.strata, 1):
            rows += [(of, str(number), *cell.key[1:], cell.population, cell.base) for cell in joined.cells]
    return PackTable(
        name="weights",
        title="Weights",
        description="The strata of each weighted rate: cells of one number were joined, because they had few answers.",
        columns=(
            OF,
            Column("stratum", "Stratum", required=True),
            SERVICE,
            CHANNEL,
            Column("contacts", "Contacts", INTEGER, required=True),
            Column("answers", "Answers", INTEGER, "on the five points", required=True),
        ),
        rows=rows,
        key=("of", "service", "channel"),
        notes=("A stratum's weight is its share of the contacts over its share of the answers.",),
    )
