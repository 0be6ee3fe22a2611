"""What a plan's page tells: each rule with its count, and a command that draws a contact again by hand."""

import subprocess
import sys
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import transaction
from surveys.people.roles import Role
from surveys.sampling.models import Outcome
from surveys.sampling.plans import commit_plan, month_end
from surveys.sampling.rules import RULES_VERSION, as_fraction, draw_number
from surveys.sampling.told import RULES_IN_ORDER, rule_counts
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of
from tests.sampling.made import KEY, MOMENT, draw_all, make_plan


def test_every_outcome_of_the_draw_has_its_rule(app: Flask) -> None:
    assert set(RULES_IN_ORDER) == set(Outcome)


def test_each_rule_is_counted_and_the_counts_are_all_contacts(app: Flask, folder: Path) -> None:
    plan = make_plan()
    load_rows(folder, [row("A1"), row("A2", phone="020 7946 0018", email="")])
    draw_all()
    counts = {one.outcome: one.contacts for one in rule_counts(plan)}
    assert sum(counts.values()) == 2
    assert counts[Outcome.LANDLINE] == 1


def test_a_plan_made_from_one_without_a_version_has_todays(app: Flask) -> None:
    """Plans of older installations say nothing of a version, and stay valid as they were committed."""
    old = make_plan()
    with transaction():
        old.rules = {"too_old_days": 14, "asked_recently_days": 60}
    start = old.ends_on + timedelta(days=1)
    with transaction():
        new = commit_plan(start, month_end(start), MOMENT, old)
    assert new.rules == {"version": RULES_VERSION, "too_old_days": 14, "asked_recently_days": 60}
    assert old.rules == {"too_old_days": 14, "asked_recently_days": 60}
    assert rule_counts(old)[0].contacts == 0


def test_the_lines_on_the_page_print_the_fingerprint_and_the_number_of_the_draw(client: FlaskClient) -> None:
    plan = make_plan()
    with time_machine.travel(MOMENT + timedelta(days=30)):
        page = sign_in(client, make_user(Role.ASSESSOR)).get(f"/sampling/{plan.id}")
    assert "Version of the rules 1" in text_of(page)
    lines = soup(page).select_one("pre").get_text()
    printed = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True).stdout
    fingerprint, number = printed.split()
    assert fingerprint == plan.commitment
    exact = as_fraction(draw_number(KEY, "crm", "REFERENCE"))
    assert float(number) == pytest.approx(float(Fraction(exact)))
