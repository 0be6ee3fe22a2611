"""What was done and what it came to, good and bad; and what late answers changed in months that had been told."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from nlp.redaction.redact import redact
from surveys.core.clock import day_of
from surveys.core.db import db
from surveys.dashboards.coverage.revisions import Changed
from surveys.evidence.chapters.comments import HIDDEN, NOBODY
from surveys.evidence.figures.cube import Known
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import CHANNEL, HIDING, INTEGER, MONTH, NUMBER, SAMPLING, SERVICE
from surveys.evidence.files.tables import Cell, Column, Datatype, PackTable, shared
from surveys.followups.improvements.effect import MOST_AFTER, Effect
from surveys.followups.improvements.figures import Found, done_ones, read_effects
from surveys.followups.improvements.models import Improvement, ImprovementState, Publishing
from surveys.followups.improvements.words import STATE_WORDS, TOLD_WORDS, effect_sentence, span
from surveys.people.models import Service
from surveys.rates.models import Revision
from surveys.rates.months import Month
from surveys.rates.protection import View
from surveys.rates.protection_tables import Shown
from surveys.rates.scope import within
from surveys.rates.series import Series

NOT_MEASURED, DOES_NOT_APPLY = "not measured", "[z]"
COLUMNS = (
    Column("number", "Number", INTEGER, "as the audit trail calls it", required=True),
    SERVICE,
    CHANNEL,
    Column("title", "Improvement", required=True),
    Column("said", "What people said"),
    Column("did", "What was done"),
    Column("state", "State", description="Planned, Being done, Done or Dropped", required=True),
    Column("done_on", "Done on", Datatype.DATE),
    Column("published", "Published", description="yes where the public may read it", required=True),
    Column("question", "Measured by", description="the question’s short name; overall is the rating", required=True),
    Column("months_before", "Months before"),
    Column("before_base", "Answers before", INTEGER),
    Column("before", "Share before", NUMBER, share=True),
    Column("months_after", "Months after"),
    Column("after_base", "Answers after", INTEGER),
    Column("after", "Share after", NUMBER, share=True),
    Column("difference", "Difference", NUMBER, "after less before, in percentage points"),
    Column("lower", "95% interval, lower", NUMBER, "of the difference, by Newcombe, in percentage points"),
    Column("upper", "95% interval, upper", NUMBER, "of the difference, by Newcombe, in percentage points"),
    Column("verdict", "Verdict", description="Improved, Worse, Cannot tell yet or not measured", required=True),
    Column("finding", "Finding", description="the same in a sentence"),
    Column("beside", "Done in the same months", description="other improvements whose effect cannot be told apart"),
)


def improvements_table(period: PackPeriod, known: Known) -> PackTable:
    """All that were planned by the cutoff, whatever came of them, but those done too long before the period."""
    i = Improvement
    query = sa.select(i).where(i.made_at <= period.cutoff_at).order_by(i.id)
    found = [one for one in db.session.scalars(query) if concerns(one, period)]
    effects = read_effects(done_ones(found), day_of(period.cutoff_at), View.MANAGERS)
    return PackTable(
        name="improvements",
        title="Improvements and what they came to",
        description="Every improvement, with the months before it was done against the months after it.",
        columns=COLUMNS,
        rows=[row_of(one, effects.get(one.id), known) for one in found],
        key=("number",),
        notes=(
            HIDING,
            SAMPLING,
            "Months before and after are compared, not people with and without it: other things changed too.",
            "Figures come from the council’s months as they stood when the pack was built. Those before the period "
            "cannot be counted again from the pack.",
            "Words that nobody has approved for the public were redacted by a program.",
        ),
    )


def concerns(one: Improvement, period: PackPeriod) -> bool:
    """Whether it is still under way, or some of the months that it is measured in are the period's or later."""
    return one.done_on is None or Month.of(one.done_on).plus(MOST_AFTER) >= period.first


def row_of(one: Improvement, found: Found | None, known: Known) -> tuple[Cell, ...]:
    approved = one.publishing is Publishing.PUBLISHED
    words = (as_told(text, approved) for text in (one.title, one.said, one.did))
    return (
        one.id,
        *known.cells(Series(one.service_id, one.channel)),
        *words,
        STATE_WORDS[one.state],
        one.done_on.isoformat() if one.done_on else None,
        "yes" if approved else "no",
        one.question,
        *(effect_cells(found) if found else unmeasured(one.state)),
    )


def as_told(text: str, approved: bool) -> str:
    """What a person approved stays; other words are redacted before they leave."""
    words = " ".join(text.split())
    return words if approved else str(redact(words).text)


def unmeasured(state: ImprovementState) -> Sequence[Cell]:
    none = DOES_NOT_APPLY
    return (
        "",
        none,
        none,
        "",
        none,
        none,
        none,
        none,
        none,
        NOT_MEASURED,
        f"{STATE_WORDS[state]}: nothing to compare.",
        "",
    )


def effect_cells(found: Found) -> Sequence[Cell]:
    effect = found.effect
    return (
        span(effect.windows.before),
        *side_cells(effect.before),
        span(effect.windows.after),
        *side_cells(effect.after),
        *difference_cells(effect),
        TOLD_WORDS[effect.told],
        effect_sentence(effect),
        "; ".join(as_told(other.title, approved=False) for other in found.beside),
    )


def side_cells(shown: Shown) -> tuple[Cell, Cell]:
    if shown.base is None:
        return HIDDEN, HIDDEN
    return shown.base, NOBODY if shown.share is None else shared(shown.share)


def difference_cells(effect: Effect) -> tuple[Cell, ...]:
    if effect.difference is None or effect.interval is None:
        return (DOES_NOT_APPLY,) * 3
    return tuple(round(100 * one, 4) for one in (effect.difference, effect.interval.lower, effect.interval.upper))


def revisions_table(period: PackPeriod) -> PackTable:
    v = Revision
    query = sa.select(v, Service.slug).join(Service, Service.id == v.service_id).where(v.at <= period.cutoff_at)
    found = db.session.execute(within(query, v, period.scope).order_by(v.month, Service.slug, v.channel, v.at, v.id))
    return PackTable(
        name="revisions",
        title="Figures that late answers changed",
        description="Each change of a rating more than 31 days after its month was over: told and never hidden.",
        columns=(
            Column("number", "Number", INTEGER, "within this pack", required=True),
            Column("revised_on", "Revised on", Datatype.DATE, required=True),
            MONTH,
            SERVICE,
            CHANNEL,
            Column("base_before", "Answers before", INTEGER),
            Column("share_before", "Share before", NUMBER, share=True),
            Column("base_after", "Answers after", INTEGER),
            Column("share_after", "Share after", NUMBER, share=True),
        ),
        rows=[(number, *revision_cells(one, slug)) for number, (one, slug) in enumerate(found, 1)],
        key=("number",),
        notes=(
            "Shares are of those who were very or fairly satisfied. Where fewer than 5 answers came or stood, the "
            f"figures are hidden ({HIDDEN}).",
            "A pack has the answers as they are now, so what they were before cannot be counted again from it.",
        ),
    )


def revision_cells(one: Revision, slug: str) -> tuple[Cell, ...]:
    before, after = (one.satisfied_before, one.base_before), (one.satisfied_after, one.base_after)
    place = (day_of(one.at).isoformat(), month_of(one.month), slug, one.channel.value)
    if Changed(before, after).hidden:
        return (*place, *[HIDDEN] * 4)
    return (*place, *(cell for satisfied, base in (before, after) for cell in (base, shared(satisfied / base))))


def month_of(first: date) -> str:
    return str(Month.of(first))
