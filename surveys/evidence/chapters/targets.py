"""Targets of a pack: what was to be reached, who answers for it, and whether the answers of the period say so."""

from dataclasses import replace

from surveys.core.clock import day_of
from surveys.dashboards.targets.judged import JudgedTarget, judged_targets
from surveys.dashboards.targets.panel import WORDS
from surveys.evidence.figures.cube import Known, cube_of, population_of
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import CHANNEL, HIDING, INTEGER, NUMBER, SAMPLING, SERVICE
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import Cell, Column, Datatype, PackTable, shared
from surveys.rates.targets import SetTarget, every_target

NO_FIGURE = "no figure"
COLUMNS = (
    SERVICE,
    CHANNEL,
    Column("target", "Target", NUMBER, "share to be very or fairly satisfied", required=True, share=True),
    Column("held", "Held", description="met: the whole interval is at or above it; not met: all of it is below"),
    Column("share", "Share satisfied", NUMBER, "as the next column says", share=True),
    Column("weighting", "Weighting", description="weighted to all contacts, or plain where there is one stratum"),
    Column("lower", "95% interval, lower", NUMBER, share=True),
    Column("upper", "95% interval, upper", NUMBER, share=True),
    Column("unweighted", "Unweighted share", NUMBER, "satisfied / base", share=True),
    Column("base", "Base", INTEGER, "answers on the five points"),
    Column("bare", "Bare comparison", description="of the two numbers alone, without regard to chance"),
    Column("from_month", "First month", description="of the period in which the target held", required=True),
    Column("to_month", "Last month", required=True),
    Column("owner", "Answers for it", required=True),
    Column("set_on", "Set on", Datatype.DATE, required=True),
    Column("mark", "Mark", description="why a figure is hidden, or what to mind"),
)


def targets_table(period: PackPeriod, tally: Tally, known: Known) -> PackTable:
    """Those in force in the period's last month, as they had been set by the cutoff."""
    cube, population = cube_of(tally, known), population_of(tally, known)
    found = judged_targets(targets_by(period), (period.first, period.last), cube, population)
    return PackTable(
        name="targets",
        title="Targets",
        description="Satisfaction against the targets that were set for it, over the months in which each held.",
        columns=COLUMNS,
        rows=[cells_of(one, known) for one in found],
        key=("service", "channel"),
        notes=(
            HIDING,
            SAMPLING,
            "Where the interval holds the target itself, the answers cannot tell.",
            "Targets themselves are what people set; the audit trail has when each was set, and to what.",
        ),
    )


def targets_by(period: PackPeriod) -> list[SetTarget]:
    """The newest first. One that was ended after the cutoff had not ended yet."""
    found = [one for one in every_target() if one.set_at <= period.cutoff_at]
    return [replace(one, ended_at=None) if one.ended_at and one.ended_at > period.cutoff_at else one for one in found]


def cells_of(one: JudgedTarget, known: Known) -> tuple[Cell, ...]:
    months = (str(one.months[0]), str(one.months[-1]))
    who = (one.target.owner, day_of(one.target.set_at).isoformat())
    mark = " ".join(one.shown.marks)
    first = (*known.cells(one.target.series), shared(one.target.share))
    if one.attained is None or one.verdict is None:
        none = mark or "[w]"
        return (*first, NO_FIGURE, none, "", none, none, none, none, "", *months, *who, mark)
    rate = one.attained.rate
    limits = (shared(rate.interval.lower), shared(rate.interval.upper))
    return (
        *first,
        WORDS[one.verdict],
        shared(rate.share),
        "weighted" if one.weighted else "plain",
        *limits,
        shared(one.shown.share),
        one.shown.base,
        "at or above" if one.attained.plainly else "below",
        *months,
        *who,
        mark,
    )
