"""The tables of a pack beside its rates: how they moved, what was aimed at, said, put right and asked."""

import sqlalchemy as sa

from surveys.core.db import db
from surveys.evidence.case_tables import case_counts_table, cases_table
from surveys.evidence.comment_tables import compliments_table, quotations_table, themes_table
from surveys.evidence.improvement_tables import improvements_table, revisions_table
from surveys.evidence.periods import PackPeriod
from surveys.evidence.questionnaire_tables import asked_versions, drivers_table, questionnaires_table
from surveys.evidence.tables import PackTable
from surveys.evidence.tally import Tally
from surveys.evidence.tally_cube import Known
from surveys.evidence.target_table import targets_table
from surveys.evidence.trend_table import trend_table
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
