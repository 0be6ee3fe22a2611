"""A bad answer reaches who can act on it and is put right; three such cases become an improvement that helped."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.core.clock import day_of, now
from surveys.core.db import db, table_of, transaction
from surveys.core.queue import ask, run_waiting
from surveys.followups.cases.models import Case, CaseState
from surveys.followups.cases.working_days import add_working_days
from surveys.messaging.hours import Nation
from surveys.people.models import Service, User
from surveys.people.roles import Role
from surveys.rates.months import Month
from tests.browser.steps import follow, sign_in_at, touch
from tests.makers.answers import invited_token
from tests.makers.cases import make_case
from tests.makers.improvements import make_rated
from tests.makers.people import make_service, make_user

BEFORE, AFTER = (21, 40), (34, 40)


@pytest.mark.browser
@pytest.mark.journey
def test_from_a_bad_answer_to_an_improvement_that_helped(app: Flask, desk: Page, phone: Page, tmp_path: Path) -> None:
    parking, libraries = make_service("parking", "Parking"), make_service("libraries", "Libraries")
    manager = make_user(Role.MANAGER, service=parking, email="parking@example.gov.uk")
    other = make_user(Role.MANAGER, service=libraries, email="libraries@example.gov.uk")
    reviewer = make_user(Role.REVIEWER, email="reviewer@example.gov.uk")
    answer_and_ask_for_a_call(phone, invited_token(tmp_path))
    number = opened(app)

    sign_in_at(desk, other)
    desk.goto("/cases")
    assert f"Case {number}" not in desk.inner_text("main")
    assert desk.goto(f"/cases/{number}").status == 404  # type: ignore[union-attr]  # a page was opened
    leave(desk)
    sign_in_at(desk, manager)
    read_the_deadline(desk, number)
    let_it_run_late(app, number)
    desk.goto("/cases?view=late")
    assert "new)" in desk.inner_text("header")
    assert f"Case {number}" in desk.inner_text("main")
    assert "late" in desk.inner_text("table")
    put_it_right(desk, number)

    others = [make_case(consent=False) for _ in range(2)]
    improve(app, desk, parking, [number, *others], manager)
    leave(desk)
    sign_in_at(desk, reviewer)
    approve_and_read(desk, phone)


def answer_and_ask_for_a_call(phone: Page, token: str) -> None:
    phone.goto(f"/s/{token}")
    phone.get_by_label("Very dissatisfied", exact=True).check()
    follow(phone.get_by_role("button", name="Continue"))
    phone.locator("input[name=contact_back][value=yes]").check()
    follow(phone.get_by_role("button", name="Send answers"))
    assert "Answers sent" in phone.inner_text("h1")


def opened(app: Flask) -> int:
    """The sweep's work; returns the number of the one case there is."""
    ask("followups.open_cases")
    run_waiting(app)
    db.session.rollback()
    found: int = db.session.scalars(sa.select(Case.id)).one()
    db.session.rollback()
    return found


def leave(desk: Page) -> None:
    desk.goto("/notices")
    follow(desk.get_by_role("button", name="Sign out"), "**/sign-in*")


def read_the_deadline(desk: Page, number: int) -> None:
    """The rule for the very dissatisfied who ask for it: two working days to acknowledge."""
    desk.goto("/cases")
    due = add_working_days(day_of(now()), 2, Nation.ENGLAND)
    assert f"Acknowledge by {due:%A} {due.day} {due:%B}" in desk.inner_text("table")
    follow(desk.get_by_role("link", name=f"Case {number}"))
    assert "Very dissatisfied" in desk.inner_text("main")


def let_it_run_late(app: Flask, number: int) -> None:
    """As if it had been opened a week ago, and nobody had looked since."""
    ago = timedelta(days=7)
    day = day_of(now()) - timedelta(days=2)
    with transaction():
        late = sa.update(table_of(Case)).where(Case.id == number)
        db.session.execute(late.values(opened_at=now() - ago, acknowledge_by=day, answer_by=day + timedelta(days=3)))
    ask("followups.escalate_cases")
    run_waiting(app)
    db.session.rollback()
    assert db.session.scalar(sa.select(Case.escalation)) == 1
    db.session.rollback()


def put_it_right(desk: Page, number: int) -> None:
    follow(desk.get_by_role("link", name=f"Case {number}"))
    follow(desk.get_by_role("button", name="Take this case"))
    follow(desk.get_by_role("button", name="Acknowledge it"))
    follow(desk.get_by_role("link", name="Log a call"))
    desk.get_by_label("Spoke to them").check()
    desk.get_by_label("What was said").fill("Said sorry; the permit is on its way.")
    follow(desk.get_by_role("button", name="Keep this call"))
    touch(desk.locator("summary", has_text="Mark it as answered"))
    follow(desk.get_by_role("button", name="Mark it as answered"))
    touch(desk.locator("summary", has_text="Close it"))
    desk.get_by_label("Put right").check()
    desk.get_by_label("What caused it?").select_option(index=1)
    closing = desk.locator("details", has_text="What came of it?")
    closing.get_by_label("In a sentence").fill("The permit was sent the same day.")
    follow(closing.get_by_role("button", name="Close it"))
    expect(desk.get_by_text("Open it again").first).to_be_visible()
    db.session.rollback()
    assert db.session.get_one(Case, number).state is CaseState.CLOSED
    db.session.rollback()


def improve(app: Flask, desk: Page, service: Service, cases: Sequence[int], manager: User) -> None:
    """An improvement of three cases, done three months ago; two whole months of answers since."""
    done = Month.of(day_of(now())).plus(-3)
    for month, (satisfied, base) in ((done.plus(-1), BEFORE), (done.plus(1), AFTER), (done.plus(2), AFTER)):
        make_rated(service.id, month, satisfied, base)
    desk.goto("/cases?view=open")
    for number in cases[1:]:
        desk.get_by_label(f"Choose case {number}").check()
    follow(desk.get_by_role("button", name="Plan an improvement"))
    desk.goto("/improvements/new?" + "&".join(f"case={number}" for number in cases))
    desk.get_by_label("Title").fill("Permits on time")
    desk.get_by_label("What people said").fill("Permits came too late.")
    desk.get_by_label("What is done about it").fill("Permits are sent the day they are paid for.")
    desk.get_by_label("Owner").select_option(value=str(manager.id))
    fill_day(desk, "Due", done.first)
    desk.get_by_label("State").select_option(label="Done")
    fill_day(desk, "Done on", done.first)
    follow(desk.get_by_role("button", name="Save"))
    expect(desk.get_by_role("heading", name="Permits on time")).to_be_visible()
    words = desk.inner_text("main")
    assert "Improved" in words
    assert "85%" in words
    assert "52%" in words or "53%" in words
    follow(desk.get_by_role("button", name="Propose"))
    expect(desk.get_by_text("Waits for approval").first).to_be_visible()


def fill_day(desk: Page, label: str, day: date) -> None:
    desk.get_by_label(label, exact=True).fill(day.isoformat())


def approve_and_read(desk: Page, phone: Page) -> None:
    phone.goto("/you-said-we-did")
    assert "Permits" not in phone.inner_text("main")
    desk.goto("/improvements")
    follow(desk.get_by_role("link", name="Permits on time"))
    follow(desk.get_by_role("button", name="Approve"))
    expect(desk.get_by_text("Published").first).to_be_visible()
    phone.reload()
    assert "Permits are sent the day they are paid for." in phone.inner_text("main")
