"""Why was this contact asked, or not: words for each outcome, and the numbers to check it by."""

from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from surveys.core.db import db
from surveys.sampling.models import Draw, Outcome, SamplingPlan
from surveys.sampling.queries import explain, outcomes_of, reason_of
from surveys.sampling.rules import draw_number
from tests.makers.contacts import load_rows, row
from tests.sampling.made import KEY, draw_all, make_plan

SAID = {
    Outcome.SELECTED: "below the rate",
    Outcome.NOT_DRAWN: "not below the rate",
    Outcome.OPTED_OUT: "asked us to stop",
    Outcome.ASKED_RECENTLY: "in the last 90 days",
    Outcome.UNREACHABLE: "no mobile number or email address",
    Outcome.LANDLINE: "landline",
    Outcome.TOO_OLD: "more than 14 days old",
    Outcome.EXCLUDED_BY_RULE: "service was not in use",
    Outcome.DUPLICATE: "under another reference",
}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_outcome_has_its_reason_in_words(app: Flask, outcome: Outcome) -> None:
    plan = db.session.get_one(SamplingPlan, make_plan().id)
    assert SAID[outcome] in reason_of(Draw(outcome=outcome), plan)


def test_the_explanation_has_what_it_takes_to_compute_the_draw_again(app: Flask, folder: Path) -> None:
    plan = make_plan(2_500)
    load_rows(folder, [row("A1", channel="web")])
    draw_all()
    found = explain("crm", "A1")
    assert found is not None
    number = draw_number(KEY, "crm", "A1")
    assert found.number_hex == number.hex()
    assert found.number == pytest.approx(Decimal(int.from_bytes(number, "big")) / Decimal(2**256), abs=Decimal("1e-9"))
    assert (found.rate, found.plan and found.plan.id) == ("25%", plan.id)
    assert found.outcome == (Outcome.SELECTED if found.number < Decimal("0.25") else Outcome.NOT_DRAWN)
    assert found.period == "24 February 2026 to 31 March 2026"


def test_the_explanation_holds_nothing_personal(app: Flask, folder: Path) -> None:
    make_plan()
    load_rows(folder, [row("A1", email="some.body@example.com", phone="07700 900123")])
    draw_all()
    words = repr(explain("crm", "A1"))
    assert "some.body" not in words
    assert "7700900123" not in words


def test_an_unknown_reference_has_no_explanation(app: Flask, folder: Path) -> None:
    load_rows(folder, [row("A1")])
    assert explain("crm", "A2") is None
    assert explain("other", "A1") is None


def test_a_contact_that_waits_for_its_draw_says_so(app: Flask, folder: Path) -> None:
    load_rows(folder, [row("A1")])
    found = explain("crm", "A1")
    assert found is not None
    assert (found.outcome, found.number, found.plan) == (None, None, None)
    assert "not been drawn yet" in found.reason


def test_the_outcomes_of_a_period_name_every_outcome(app: Flask, folder: Path) -> None:
    plan = make_plan(10_000)
    load_rows(folder, [row("A1"), row("A2"), row("A3", email="")])
    draw_all()
    found = outcomes_of(plan.id)
    assert list(found) == list(Outcome)
    assert {outcome: n for outcome, n in found.items() if n} == {Outcome.SELECTED: 2, Outcome.UNREACHABLE: 1}
