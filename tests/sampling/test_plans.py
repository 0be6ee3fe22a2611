"""A plan is committed before its period, has no gap beside it, and is fixed once the period has begun."""

import hashlib
import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError

from surveys.contacts.models import Channel, Contact
from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound, Refused
from surveys.people.models import AuditEntry
from surveys.sampling.models import Draw, PlanRate, SamplingPlan
from surveys.sampling.plans import all_plans, ensure_plans, find_plan, is_open, month_end, set_rates
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service
from tests.sampling.made import MOMENT, draw_all

TODAY = MOMENT.date()


def ensure(moment: datetime = MOMENT) -> list[SamplingPlan]:
    with transaction():
        ensure_plans(moment)
    return list(reversed(all_plans()))


def periods(plans: list[SamplingPlan]) -> list[tuple[date, date, bool]]:
    return [(plan.starts_on, plan.ends_on, plan.late) for plan in plans]


def committed_entries() -> list[AuditEntry]:
    query = sa.select(AuditEntry).where(AuditEntry.action == "sampling plan committed").order_by(AuditEntry.id)
    return list(db.session.scalars(query))


def test_a_fresh_installation_has_a_late_first_plan_and_the_next_month_committed(app: Flask) -> None:
    assert periods(ensure()) == [
        (date(2026, 2, 24), date(2026, 3, 31), True),
        (date(2026, 4, 1), date(2026, 4, 30), False),
    ]


def test_ensuring_twice_commits_nothing_more(app: Flask) -> None:
    first = [plan.commitment for plan in ensure()]
    assert [plan.commitment for plan in ensure()] == first
    assert len(committed_entries()) == 2


def test_the_next_plan_is_committed_as_soon_as_a_month_begins(app: Flask) -> None:
    ensure()
    plans = ensure(datetime(2026, 3, 31, 23, 30, tzinfo=UTC))
    assert periods(plans)[-1] == (date(2026, 5, 1), date(2026, 5, 31), False), "it is April in London already"


def test_months_off_leave_no_gap_between_two_plans(app: Flask) -> None:
    ensure()
    plans = ensure(datetime(2026, 9, 17, 9, tzinfo=UTC))
    assert all(later.starts_on == earlier.ends_on + timedelta(days=1) for earlier, later in pairwise(plans))
    assert plans[-1].ends_on == date(2026, 10, 31)
    assert [plan.late for plan in plans] == [True, False, True, True, True, True, True, False]


def test_the_commitment_is_in_the_audit_trail_before_the_period_and_hashes_the_key(app: Flask) -> None:
    plans = ensure()
    for plan, entry in zip(plans, committed_entries(), strict=True):
        assert entry.details["commitment"] == plan.commitment == hashlib.sha256(plan.key).hexdigest()
        assert entry.details["rules"] == {"version": 1, "too_old_days": 14, "asked_recently_days": 90}
        assert plan.late or entry.at.date() < plan.starts_on
    assert plans[0].key != plans[1].key


def test_the_key_is_nowhere_in_the_audit_trail(app: Flask, folder: Path) -> None:
    service = make_service()
    plans = ensure()
    with transaction():
        set_rates(find_plan(plans[1].id), 2_500, {(service.id, Channel.WEB): 100}, TODAY)
    load_rows(folder, [row("A1")])
    draw_all()
    trail = "".join(json.dumps(e.details) + e.subject for e in db.session.scalars(sa.select(AuditEntry)))
    for plan in plans:
        assert plan.key.hex() not in trail.lower()
        assert plan.commitment in trail


def test_rates_may_be_set_before_the_period_and_are_in_the_audit_trail(app: Flask) -> None:
    service = make_service()
    plan = ensure()[1]
    with transaction():
        set_rates(find_plan(plan.id), 2_500, {(service.id, Channel.WEB): 100, (service.id, Channel.POST): 2_500}, TODAY)
    kept = [(r.service_id, r.channel, r.rate) for r in find_plan(plan.id).rates]
    assert kept == [(service.id, Channel.WEB, 100)], "a rate that equals the default is no rate of its own"
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "sampling rates set")).one()
    assert entry.details["rates"] == [[service.id, "web", 100]]
    assert entry.details["default_rate"] == 2_500


def test_rates_are_carried_to_the_plan_after(app: Flask) -> None:
    service = make_service()
    plan = ensure()[1]
    with transaction():
        set_rates(find_plan(plan.id), 2_500, {(service.id, Channel.WEB): 100}, TODAY)
    following = ensure(datetime(2026, 4, 2, tzinfo=UTC))[-1]
    assert following.default_rate == 2_500
    assert [(r.service_id, r.channel, r.rate) for r in following.rates] == [(service.id, Channel.WEB, 100)]


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 1)])
def test_rates_are_fixed_once_the_period_has_begun(app: Flask, day: date) -> None:
    plan = ensure()[1]
    assert not is_open(plan, day)
    with pytest.raises(Refused, match="rates are fixed"), transaction():
        set_rates(find_plan(plan.id), 1, {}, day)
    assert find_plan(plan.id).default_rate == 10_000


def test_a_late_plan_is_open_until_its_first_draw(app: Flask, folder: Path) -> None:
    late = ensure()[0]
    assert is_open(late, TODAY)
    load_rows(folder, [row("A1")])
    draw_all()
    assert not is_open(find_plan(late.id), TODAY)
    with pytest.raises(Refused), transaction():
        set_rates(find_plan(late.id), 1, {}, TODAY)


def test_the_database_refuses_a_plan_committed_after_its_period_began(app: Flask) -> None:
    plan = ensure()[1]
    with pytest.raises(IntegrityError, match="committed_before_its_period"), transaction():
        db.session.execute(sa.update(SamplingPlan).values(committed_on=plan.starts_on, late=False))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"default_rate": 10_001}, "default_rate_is_a_share"),
        ({"default_rate": -1}, "default_rate_is_a_share"),
        ({"key": b"short"}, "key_has_32_bytes"),
        ({"ends_on": date(2026, 3, 1)}, "period_runs_forward"),
    ],
)
def test_the_database_refuses_what_no_plan_may_be(app: Flask, change: dict[str, object], rule: str) -> None:
    plan = ensure()[1]
    with pytest.raises(IntegrityError, match=rule), transaction():
        db.session.execute(sa.update(SamplingPlan).where(SamplingPlan.id == plan.id).values(**change))


def test_the_database_refuses_a_rate_that_is_no_share(app: Flask) -> None:
    service, plan = make_service(), ensure()[1]
    with pytest.raises(IntegrityError, match="rate_is_a_share"), transaction():
        db.session.add(
            PlanRate(plan_id=plan.id, service_id=service.id, channel=Channel.WEB, rate=10_001, threshold=b"")
        )


def test_the_database_refuses_a_second_draw_of_a_contact(app: Flask, folder: Path) -> None:
    ensure()
    load_rows(folder, [row("A1")])
    draw_all()
    statement = "INSERT INTO draws SELECT * FROM draws"
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(sa.text(statement))


def test_an_unknown_plan_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        find_plan(99)


@pytest.mark.parametrize(("day", "end"), [(date(2024, 2, 1), date(2024, 2, 29)), (date(2026, 12, 31),) * 2])
def test_a_month_ends_on_its_last_day(day: date, end: date) -> None:
    assert month_end(day) == end


def test_no_column_and_no_address_can_leave_one_person_out(app: Flask) -> None:
    marks = {"excluded", "exclude", "do_not_survey", "skip", "hold", "selected", "sampled", "flag", "blocked"}
    for model in (Contact, Draw):
        assert not marks & {column.name for column in model.__table__.columns}
    writes = {
        re.sub("<.*:", "<", r.rule)
        for r in app.url_map.iter_rules()
        if r.methods and r.methods & {"POST", "PUT", "PATCH", "DELETE"}
    }
    # What may be written here is rates before the period, words for everybody, and what became of a message.
    assert {rule for rule in writes if rule.startswith(("/sampling", "/why", "/invitations"))} == {
        "/sampling/<plan_id>/rates",
        "/invitations/uncertain",
        "/invitations/<number>/decide",
        "/invitations/messages/<number>/decide",
        "/invitations/wording/<questionnaire>/<kind>/<medium>/<language>",
        "/invitations/wording/<questionnaire>/<kind>/<medium>/<language>/default",
    }


def test_the_daily_task_commits_ahead(app: Flask) -> None:
    with time_machine.travel(datetime(2026, 7, 1, 1, 10, tzinfo=UTC), tick=False):
        app.extensions["perform"].call_local("sampling.commit")
    assert [plan.starts_on for plan in reversed(all_plans())] == [date(2026, 6, 17), date(2026, 8, 1)]
