"""The tables of a pack beside its rates: how they moved, what was aimed at, said, put right and asked."""

import sqlalchemy as sa

from surveys.core.db import db
from surveys.evidence.chapters.cases import case_counts_table, cases_table
from surveys.evidence.chapters.comments import compliments_table, quotations_table, themes_table
from surveys.evidence.chapters.improvements import improvements_table, revisions_table
from surveys.evidence.chapters.questionnaires import asked_versions, drivers_table, questionnaires_table
from surveys.evidence.chapters.targets import targets_table
from surveys.evidence.chapters.trend import trend_table
from surveys.evidence.figures.cube import Known
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.tally import Tally
from surveys.evidence.files.tables import PackTable
from surveys.messaging.hours import Nation
from surveys.people.models import Service
from surveys.rates.contacted import Place


def more_tables(period: PackPeriod, tally: Tally, nation: Nation) -> tuple[PackTable, ...]:
    """In the order in which a reader should meet them. nation: whose bank holidays are no working days."""
    known, versions = read_known(), asked_versions(period)
    return (
        trend_table(period, tally, known),
        targets_table(period, tally, known),
        drivers_table(tally, versions),
        themes_table(period),
        quotations_table(period, known),
        cases_table(period, known, nation),
        case_counts_table(period, known),
        improvements_table(period, known),
        compliments_table(period, known),
        revisions_table(period),
        questionnaires_table(versions),
    )


def read_known() -> Known:
    rows = db.session.execute(
        sa.select(Service.id, Service.slug, Service.name, Service.area).order_by(Service.slug)
    ).all()
    return Known({row.id: row.slug for row in rows}, {row.id: Place(row.name, row.area) for row in rows})
