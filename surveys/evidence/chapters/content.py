"""What a pack is made of, once its rows are counted: what the cover page, the workbooks and the tables all tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from surveys.core.db import db
from surveys.evidence.chapters.beside_rates import more_tables
from surveys.evidence.chapters.completeness import control_table, response_table
from surveys.evidence.chapters.planned import plans_table
from surveys.evidence.figures.periods import PackPeriod
from surveys.evidence.figures.results import answers_table, funnel_table, groups_table, results_table, undrawn_table
from surveys.evidence.figures.rows import GroupCount
from surveys.evidence.figures.tally import Tally
from surveys.evidence.figures.weighted import weighted_table, weights_table
from surveys.evidence.figures.wholes import completeness_table, outcomes_table
from surveys.evidence.files.tables import PackTable
from surveys.evidence.standards.elements import elements_table
from surveys.evidence.standards.reading import read_standards
from surveys.messaging.hours import Nation
from surveys.people.models import Service


@dataclass(frozen=True)
class PackContent:
    """tables: in the order in which a reader should meet them. services: name by short name."""

    period: PackPeriod
    council: str
    services: Mapping[str, str]
    tally: Tally
    tables: tuple[PackTable, ...]

    def table(self, name: str) -> PackTable:
        return next(table for table in self.tables if table.name == name)


def content_of(
    period: PackPeriod, council: str, tally: Tally, groups: Sequence[GroupCount], nation: Nation
) -> PackContent:
    rows = db.session.execute(sa.select(Service.slug, Service.name, Service.area).order_by(Service.slug)).all()
    areas = {row.slug: row.area for row in rows}
    control = control_table(period, tally)
    tables = (
        results_table(tally),
        weighted_table(tally, areas),
        weights_table(tally, areas),
        groups_table(groups),
        answers_table(tally),
        undrawn_table(tally),
        outcomes_table(tally),
        funnel_table(tally),
        response_table(period),
        completeness_table(control),
        control,
        plans_table(period),
        *more_tables(period, tally, nation),
    )
    tables = (*tables, elements_table(tables, read_standards()))
    return PackContent(period, council, {row.slug: row.name for row in rows}, tally, tables)
