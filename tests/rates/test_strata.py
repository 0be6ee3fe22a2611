"""What weighting is given: the real contacts of each service and channel beside those of them who answered."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.models import Service
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.collapsing import Cell
from surveys.rates.contact_counts import count_contacts
from surveys.rates.contacted import read_population, strata
from surveys.rates.cube import read_cube
from surveys.rates.months import Month
from surveys.rates.scope import Scope
from surveys.rates.set_models import ControlTotal
from surveys.rates.told import Controlled, read_control
from tests.counting import statements
from tests.makers.contacts import load_rows, row
from tests.rates.made import EVERYTHING, make_response, roll_up_all

MARCH, APRIL = Month(2026, 3), Month(2026, 4)
AT = {3: datetime(2026, 3, 10, 12, tzinfo=UTC), 4: datetime(2026, 4, 10, 12, tzinfo=UTC)}


@pytest.fixture
def parking(app: Flask, tmp_path: Path) -> int:
    """Three contacts by phone and one on the web in March, one on the web in April; two answers."""
    kinds = (("phone", 3), ("phone", 3), ("phone", 3), ("web", 3), ("web", 4))
    load_rows(tmp_path, [row(f"A{n}", AT[month], channel=channel) for n, (channel, month) in enumerate(kinds)])
    service = db.session.scalars(sa.select(Service)).one()
    number = service.id
    with transaction():
        db.session.execute(sa.update(Service).values(area="Streets"))
        make_response(number, Satisfaction.FAIRLY_SATISFIED, date(2026, 3, 10))
        make_response(number, Satisfaction.NEITHER, date(2026, 4, 10), Channel.WEB)
        make_response(number, Satisfaction.DO_NOT_KNOW, date(2026, 4, 10), Channel.POST)
        count_contacts(now(), everything=True)
    roll_up_all()
    return number


def test_a_cell_is_the_contacts_and_answers_of_a_service_and_channel(parking: int) -> None:
    cube, population = read_cube(EVERYTHING), read_population(EVERYTHING)
    assert population.total == 5
    assert strata(cube, population) == [
        Cell(("Streets", str(parking), "phone"), population=3, base=1, satisfied=1),
        Cell(("Streets", str(parking), "post"), population=0, base=0, satisfied=0),
        Cell(("Streets", str(parking), "web"), population=2, base=1, satisfied=0),
    ]
    assert strata(cube, population, MARCH) == [
        Cell(("Streets", str(parking), "phone"), population=3, base=1, satisfied=1),
        Cell(("Streets", str(parking), "web"), population=1, base=0, satisfied=0),
    ]


def test_a_population_is_of_its_scope(parking: int) -> None:
    assert read_population(Scope(APRIL, APRIL)).contacts == {(APRIL, parking, Channel.WEB): 1}
    assert read_population(Scope(MARCH, APRIL, frozenset())).contacts == {}


def test_totals_of_another_system_are_held_against_the_contacts_of_the_days_that_have_one(parking: int) -> None:
    with transaction():
        for day, channel, total in ((10, Channel.PHONE, 4), (11, Channel.PHONE, 2), (10, Channel.WEB, 0)):
            values = {"source": "telephony", "loaded_at": now(), "service_id": parking, "channel": channel}
            db.session.add(ControlTotal(day=date(2026, 3, day), total=total, **values))
        db.session.flush()
        count_contacts(now(), everything=True)
    with statements() as seen:
        by_phone, by_web = read_control(EVERYTHING)
    assert len(seen) == 1
    assert by_phone == Controlled(parking, "Parking", Channel.PHONE, days=2, total=6, loaded=3)
    assert (by_phone.share, by_web.share, by_web.loaded) == (0.5, None, 1)
    assert read_control(Scope(APRIL, APRIL)) == []
    assert len(read_control(Scope(MARCH, MARCH, None, frozenset({Channel.WEB})))) == 1
