"""The trend of a pack: its own months from its own rows, older ones from the figures, signals against the usual."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from surveys.core.db import transaction
from surveys.evidence.chapters.beside_rates import read_known
from surveys.evidence.chapters.trend import trend_table
from surveys.evidence.figures.tally import Tally
from surveys.rates.baselines import freeze
from surveys.rates.months import Month
from surveys.rates.series import Series
from tests.evidence.tabled import CUTOFF, FIRST, LAST, answer, make_period, row, rows
from tests.makers.improvements import make_rated
from tests.makers.people import make_service, make_user
from tests.makers.questionnaires import make_published, publish_default, reworded, use

BEFORE = timedelta(days=30)


def of_months(*pairs: tuple[int, int]) -> Tally:
    """The period's months, each (satisfied, base)."""
    tally = Tally()
    for number, (satisfied, base) in enumerate(pairs):
        answer(tally, satisfied, month=FIRST.plus(number))
        answer(tally, base - satisfied, "very_dissatisfied", month=FIRST.plus(number))
    return tally


def test_the_packs_months_are_counted_from_its_rows_and_older_ones_from_the_figures(app: Flask) -> None:
    parking = make_service()
    make_rated(parking.id, FIRST.plus(-1), 6, 12)
    make_rated(parking.id, LAST, 1, 40)
    found = trend_table(make_period(), of_months((9, 10), (10, 20), (15, 20)), read_known())
    told = [(one["month"], one["base"], one["share"], one["counted_from"]) for one in rows(found)[:4]]
    assert told == [
        ("2025-12", 12, 0.5, "figures"),
        ("2026-01", 10, 0.9, "pack"),
        ("2026-02", 20, 0.5, "pack"),
        ("2026-03", 20, 0.75, "pack"),
    ]
    assert {(one["level"], one["service"], one["channel"]) for one in rows(found)} == {
        ("whole", "all", "all"),
        ("service", "parking", "all"),
        ("channel", "all", "phone"),
    }


def test_months_of_few_answers_are_joined_and_say_so(app: Flask) -> None:
    parking = make_service()
    make_rated(parking.id, FIRST.plus(-1), 4, 6)
    found = trend_table(make_period(), of_months((5, 6), (15, 20), (15, 20)), read_known())
    first = row(found, "whole", "all", "all", "2025-12")
    assert (first["to_month"], first["base"], first["counted_from"], first["mark"]) == ("2026-01", 12, "both", "[u]")


def test_without_a_baseline_there_are_no_limits_and_with_one_a_fall_is_a_signal(app: Flask) -> None:
    parking, user = make_service(), make_user()
    for number in range(12):
        make_rated(parking.id, Month(2025, 1).plus(number), 15 + number % 2, 20)
    tally, key = of_months((15, 20), (16, 20), (4, 20)), ("whole", "all", "all", "2026-03")
    months = (Month(2025, 1), Month(2025, 12))
    with transaction():
        freeze(Series(), months, "Set too late for this pack", (), user.id, CUTOFF + BEFORE)
    plain = row(trend_table(make_period(), tally, read_known()), *key)
    assert (plain["lower_limit"], plain["upper_limit"], plain["held_against"]) == ("[z]", "[z]", "median")
    with transaction():
        freeze(Series(), months, "A usual year", (), user.id, CUTOFF - BEFORE)
    with_range = trend_table(make_period(cutoff_at=CUTOFF + 3 * BEFORE), tally, read_known())
    fallen = row(with_range, *key)
    assert fallen["held_against"] == "baseline"
    assert fallen["centre"] == pytest.approx((6 * 15 + 6 * 16) / 240)
    assert fallen["signals"] == "below its usual range"
    assert row(with_range, "whole", "all", "all", "2026-02")["signals"] == ""


def test_a_service_given_other_words_before_the_cutoff_breaks_its_line_and_not_the_whole(app: Flask) -> None:
    parking, _, _ = make_service(), make_service("libraries", "Libraries"), make_service("waste", "Waste")
    given = datetime(2026, 2, 10, 12, tzinfo=UTC)
    with time_machine.travel(given, tick=False):
        publish_default()
        use(make_published("About parking", reworded), parking.id)
    for cutoff, broken in ((CUTOFF, {("service", "2026-02")}), (given - BEFORE, set())):
        found = trend_table(make_period(cutoff_at=cutoff), of_months((15, 20), (16, 20), (14, 20)), read_known())
        assert {(one["level"], one["month"]) for one in rows(found) if "[b]" in str(one["mark"])} == broken


def test_where_few_wait_to_be_a_point_another_is_hidden_with_its_limits(app: Flask) -> None:
    make_service()
    found = trend_table(make_period(), of_months((15, 20), (9, 12), (2, 3)), read_known())
    hidden = row(found, "whole", "all", "all", "2026-02")
    assert [hidden[name] for name in ("satisfied", "base", "share", "lower_limit", "mark")] == ["[c]"] * 5
    assert row(found, "whole", "all", "all", "2026-01")["base"] == 20


def test_where_nobody_answered_the_table_is_empty(app: Flask) -> None:
    make_service()
    assert trend_table(make_period(), Tally(), read_known()).rows == []
