"""Cases in a pack: those that were opened in its months, how soon they were acted on, and what came of them."""

from datetime import UTC, datetime

from flask import Flask

from surveys.evidence.chapters.beside_rates import read_known
from surveys.evidence.chapters.cases import case_counts_table, cases_table
from surveys.followups.cases.models import CaseKind, CaseOutcome
from surveys.messaging.hours import Nation
from tests.evidence.tabled import make_period, row, rows
from tests.followups.many_cases import one_case, put_cases
from tests.makers.people import make_service

OPENED = datetime(2026, 2, 3, 10, tzinfo=UTC)
BEFORE = datetime(2025, 12, 30, 10, tzinfo=UTC)


def test_cases_of_the_period_are_counted_with_their_medians(app: Flask) -> None:
    service = make_service().id
    put_cases(one_case(service, OPENED, acted=days, closed=days + 2) for days in (1, 1, 1, 2, 3, 4))
    put_cases([one_case(service, OPENED), one_case(service, BEFORE, acted=9, closed=30)])
    found = cases_table(make_period(), read_known(), Nation.ENGLAND)
    parking = row(found, "parking")
    assert (parking["opened"], parking["closed"], parking["reopened"]) == (7, 6, 0)
    assert (parking["first_action_due"], parking["first_action_in_time"]) == (7, round(4 / 7, 6))
    assert (parking["first_action_days"], parking["first_action_ninetieth"]) == (1.5, 4)
    assert (parking["close_days"], parking["close_ninetieth"]) == (3.5, 6)
    assert [one["service"] for one in rows(found)] == ["parking", "all"]


def test_a_service_with_few_cases_is_hidden_and_cannot_be_worked_out(app: Flask) -> None:
    services = [make_service().id, make_service("benefits", "Benefits").id]
    put_cases(one_case(services[0], OPENED, acted=1, closed=2) for _ in range(8))
    put_cases(one_case(services[1], OPENED, acted=1, closed=2) for _ in range(2))
    found = cases_table(make_period(), read_known(), Nation.ENGLAND)
    for slug in ("parking", "benefits"):
        assert {value for name, value in row(found, slug).items() if name != "service"} == {"[c]"}
    assert (row(found, "all")["opened"], row(found, "all")["close_days"]) == (10, 2)


def test_kinds_and_outcomes_each_add_up_to_all_cases_and_open_ones_are_told(app: Flask) -> None:
    service = make_service().id
    put_cases(one_case(service, OPENED, acted=1, closed=2, kind=CaseKind.COMPLAINT) for _ in range(6))
    put_cases(one_case(service, OPENED, acted=1, closed=2, outcome=CaseOutcome.PUT_RIGHT) for _ in range(5))
    put_cases(one_case(service, OPENED) for _ in range(7))
    found = case_counts_table(make_period(), read_known())
    told = {(one["by"], one["code"]): one["cases"] for one in rows(found) if one["service"] == "parking"}
    assert told == {
        ("kind", "all"): 18,
        ("kind", "complaint"): 6,
        ("kind", "other"): 12,
        ("outcome", "all"): 18,
        ("outcome", "put_right"): 5,
        ("outcome", "explained"): 6,
        ("outcome", "open"): 7,
    }


def test_where_no_case_was_opened_both_tables_are_empty(app: Flask) -> None:
    put_cases([one_case(make_service().id, BEFORE)])
    assert cases_table(make_period(), read_known(), Nation.ENGLAND).rows == []
    assert case_counts_table(make_period(), read_known()).rows == []
