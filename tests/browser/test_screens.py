"""Every staff page in a real browser, at 320 and 1280 pixels: axe-core finds nothing, and nothing sticks out."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.evidence.exports.asking import make_export
from surveys.followups.notices.models import AlertKind
from surveys.followups.notices.telling import notify
from surveys.people.roles import Role
from surveys.rates.roll_up import roll_up
from tests.browser.steps import sideways_scroll, sign_in_at, touch, violations
from tests.evidence.exporting import ask_one
from tests.makers.answers import answer, draw_and_send
from tests.makers.cases import make_case
from tests.makers.contacts import load_rows, row
from tests.makers.improvements import make_improvement
from tests.makers.people import make_user
from tests.makers.points import make_point, path_of, rate
from tests.makers.webhooks import make_webhook

STAFF_PAGES = (
    "/",
    "/?channel=phone",
    "/rates/drivers",
    "/rates/groups",
    "/rates/coverage",
    "/rates/totals",
    "/rates/targets",
    "/rates/targets/new",
    "/rates/baselines",
    "/rates/baselines/new",
    "/rates/notes",
    "/rates/notes/new",
    "/rates/revisions",
    "/contacts",
    "/contacts/files/1",
    "/sampling",
    "/sampling/1",
    "/sampling/2/rates",
    "/why",
    "/why?source=crm&reference=C1",
    "/why?source=crm&reference=nothing",
    "/cases",
    "/cases/1",
    "/cases/1/write/sms",
    "/cases/1/call",
    "/cases/learning",
    "/compliments",
    "/cases/rules",
    "/cases/rules/new",
    "/improvements",
    "/improvements/new?service=1",
    "/improvements/1",
    "/improvements/1/edit",
    "/you-said-we-did",
    "/you-said-we-did?lang=cy",
    "/questionnaires",
    "/questionnaires/1",
    "/questionnaires/new",
    "/questionnaires/uses",
    "/invitations",
    "/invitations/uncertain",
    "/invitations/wording",
    "/invitations/wording/contact/invitation/sms/cy",
    "/replies",
    "/enter",
    "/opt-outs",
    "/inbox",
    "/points",
    "/points/new",
    "/points/1",
    "/services",
    "/services/new",
    "/users",
    "/users/new",
    "/cases/handed-over",
    "/notices",
    "/webhooks",
    "/webhooks/new",
    "/webhooks/1",
    "/account/emails",
    "/evidence",
    "/evidence/new",
    "/exports",
    "/exports/new",
    "/exports/1",
    "/evidence/standards",
    "/evidence/standards/cse",
    "/evidence/standards/cse/1.1.1",
    "/evidence/add-element",
    "/audit",
    "/audit/check",
    "/account",
    "/nothing-here",
)
WIDTHS = (320, 1280)


@pytest.fixture
def tokens(app: Flask, tmp_path: Path) -> list[str]:
    """Forty links, thirty-five of them answered; ids start at one in an empty database."""
    rows = [row(f"C{n}", channel=("phone", "web")[n % 2], service=("parking", "bins")[n % 2]) for n in range(40)]
    load_rows(tmp_path, [*rows, row("BAD", channel="pigeon")])
    links = draw_and_send()
    for number, token in enumerate(links[:35]):
        answer(token, ("very_satisfied", "fairly_satisfied", "very_dissatisfied")[number % 3])
    rate(app.test_client(), path_of(make_point()))
    with transaction():
        roll_up()
    make_case(words="Nobody rang me back about my permit.", opened_at=now() - timedelta(days=30))
    make_webhook(tried=True)
    done = today() - timedelta(days=70)
    make_improvement(approved_by=make_user(Role.REVIEWER).id, done_on=done)
    db.session.rollback()
    return links


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("width", WIDTHS)
def test_staff_pages_are_accessible_and_fit(desk: Page, tokens: list[str], width: int) -> None:
    blocked: list[str] = []
    desk.on("console", lambda message: blocked.append(message.text) if "Content Security" in message.text else None)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto("/sign-in")
    faults = [f"/sign-in {v}" for v in violations(desk)]
    administrator = make_user(Role.ADMINISTRATOR)
    sign_in_at(desk, administrator)
    make_export(ask_one(administrator.id))
    with transaction():
        notify(AlertKind.LATE, [1], now())
    for path in STAFF_PAGES:
        desk.goto(path)
        faults += [f"{path} {v}" for v in violations(desk)]
        faults += [f"{path} sticks out by {sideways_scroll(desk)}"] * (sideways_scroll(desk) > 0)
    assert not faults, "\n".join(faults)
    assert blocked == []


@pytest.mark.browser
def test_the_dashboard_stands_as_tables_without_a_script(phone: Page, tokens: list[str]) -> None:
    user = make_user(Role.MANAGER)
    sign_in_at(phone, user)
    assert phone.locator(".headline").inner_text() == "69%"
    touch(phone.locator("summary", has_text="Table: satisfaction by service").first)
    expect(phone.get_by_role("row", name="Parking").first).to_be_visible()
