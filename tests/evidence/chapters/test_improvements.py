"""Improvements in a pack: all of them, those that made things worse too; and every revision, told and never hidden."""

from datetime import date, datetime, timedelta

from flask import Flask

from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.evidence.chapters.beside_rates import read_known
from surveys.evidence.chapters.improvements import improvements_table, revisions_table
from surveys.followups.improvements.models import ImprovementState
from surveys.rates.models import Revision
from surveys.rates.months import Month
from tests.evidence.tabled import CUTOFF, FIRST, make_period, row, rows
from tests.makers.improvements import make_improvement, make_rated
from tests.makers.people import make_service, make_user

DONE = date(2026, 2, 10)
MADE = CUTOFF - timedelta(days=120)


def test_what_made_things_worse_is_told_like_what_made_them_better(app: Flask) -> None:
    parking, benefits = make_service(), make_service("benefits", "Benefits")
    for service, before, after in ((parking.id, 60, 95), (benefits.id, 95, 60)):
        make_rated(service, Month(2026, 1), before, 100)
        make_rated(service, Month(2026, 3), after, 100)
    better = make_improvement(parking, done_on=DONE, made_at=MADE)
    worse = make_improvement(benefits, done_on=DONE, made_at=MADE, title="One queue for all")
    found = improvements_table(make_period(), read_known())
    assert row(found, better)["verdict"] == "Improved"
    fell = row(found, worse)
    assert (fell["verdict"], fell["before"], fell["after"], fell["difference"]) == ("Worse", 0.95, 0.6, -35.0)
    assert isinstance(fell["upper"], float)
    assert fell["upper"] < 0
    assert fell["finding"] == "Worse from 95% to 60%: down 35 percentage points, 95% confidence interval 24 to 45."
    assert fell["months_before"] == "November 2025 to January 2026"


def test_what_is_under_way_or_dropped_is_told_without_a_measure(app: Flask) -> None:
    number = make_improvement(make_service(), made_at=MADE, state=ImprovementState.DROPPED)
    found = row(improvements_table(make_period(), read_known()), number)
    assert (found["state"], found["verdict"], found["difference"]) == ("Dropped", "not measured", "[z]")


def test_too_few_answers_give_no_difference(app: Flask) -> None:
    parking = make_service()
    make_rated(parking.id, Month(2026, 1), 2, 3)
    number = make_improvement(parking, done_on=DONE, made_at=MADE)
    found = row(improvements_table(make_period(), read_known()), number)
    assert (found["verdict"], found["before"], found["difference"]) == ("Cannot tell yet", "[c]", "[z]")


def test_words_that_nobody_approved_are_redacted_and_approved_ones_stay(app: Flask) -> None:
    parking, approver = make_service(), make_user(email="approver@example.gov.uk")
    said = "Mr John Smith rang 07700 900123 in vain."
    draft = make_improvement(parking, made_at=MADE, said=said)
    approved = make_improvement(parking, made_at=MADE, said="Call 01632 960001.", approved_by=approver.id)
    found = improvements_table(make_period(), read_known())
    assert "07700" not in str(row(found, draft)["said"])
    assert "Smith" not in str(row(found, draft)["said"])
    assert (row(found, approved)["said"], row(found, approved)["published"]) == ("Call 01632 960001.", "yes")


def test_what_was_planned_after_the_cutoff_or_done_long_before_the_period_is_left_out(app: Flask) -> None:
    parking = make_service()
    make_improvement(parking, made_at=CUTOFF + timedelta(days=1))
    make_improvement(parking, made_at=MADE - timedelta(days=400), done_on=date(2025, 6, 30))
    inside = make_improvement(parking, made_at=MADE - timedelta(days=400), done_on=date(2025, 7, 1))
    assert [one["number"] for one in rows(improvements_table(make_period(), read_known()))] == [inside]


def revise(service: int, month: date, before: tuple[int, int], after: tuple[int, int], at: datetime = MADE) -> None:
    counts = {"satisfied_before": before[0], "base_before": before[1]}
    counts |= {"satisfied_after": after[0], "base_after": after[1]}
    with transaction():
        db.session.add(Revision(at=at, month=month, service_id=service, channel=Channel.PHONE, **counts))


def test_revisions_are_told_by_month_and_few_late_answers_only_as_such(app: Flask) -> None:
    parking = make_service().id
    revise(parking, FIRST.plus(1).first, (10, 20), (12, 22))
    revise(parking, FIRST.first, (10, 20), (20, 40))
    revise(parking, FIRST.first, (20, 40), (30, 60), CUTOFF + timedelta(days=1))
    revise(parking, FIRST.plus(-1).first, (10, 20), (20, 40))
    found = rows(revisions_table(make_period()))
    assert [(one["month"], one["share_before"], one["base_after"], one["share_after"]) for one in found] == [
        ("2026-01", 0.5, 40, 0.5),
        ("2026-02", "[c]", "[c]", "[c]"),
    ]
