"""Urgent comments and quotations in a real browser: they fit, are accessible, work by keyboard and without a script."""

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.comments.quotations.approving import approve, propose
from surveys.comments.urgent.closing import close
from surveys.comments.urgent.lists import urgent_numbered
from surveys.comments.urgent.models import UrgentComment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.roles import Role
from tests.browser.steps import follow, go_by_key, sideways_scroll, sign_in_at, violations
from tests.makers.comments import label_all, read_all, write
from tests.makers.people import make_user

SAID = (
    "I will come down there and hurt you all.",
    "My dad hits me and I am scared to go home. Ask for Blossom Brown on 07700 900123.",
    "I want to make a formal complaint about how I was spoken to. " + "I was on the line for ages. " * 40,
    "The lady was so kind and polite, thank you Mrs Brown.",
)
PATHS = (
    "/comments/urgent",
    "/comments/urgent/1",
    "/comments/urgent/2",
    "/comments/urgent/closed",
    "/comments/quotations",
    "/comments/quotations/proposed",
    "/comments/4/quote",
    "/comments/4",
)


@pytest.fixture
def raised(app: Flask) -> None:
    """Twelve comments, of which nine are urgent and one of those is closed; one quotation approved, one to approve."""
    for n in range(12):
        write(SAID[n % len(SAID)])
    read_all()
    label_all()
    user = make_user(Role.ADMINISTRATOR).id
    seen = urgent_numbered(1, None).edition
    with transaction():
        close(1, seen, "passed_on", "Told the manager of the counter.", user, now())
        approve(propose(4, "so kind and polite, thank you Mrs [NAME]", user, now()), user, now())
        propose(4, "The lady was", user, now())


@pytest.mark.browser
@pytest.mark.usefixtures("raised")
def test_the_pages_are_accessible_and_fit(desk: Page) -> None:
    sign_in_at(desk, make_user(Role.REVIEWER))
    faults = []
    for width in (320, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        for path in PATHS:
            desk.goto(path)
            faults += [f"{width} {path} {fault}" for fault in violations(desk)]
            faults += [f"{width} {path} sticks out by {sideways_scroll(desk)}"] * (sideways_scroll(desk) > 0)
    desk.goto("/comments/urgent/2")
    follow(desk.get_by_role("button", name="Close it with this note"))
    faults += [f"refused {fault}" for fault in violations(desk)]
    assert not faults, "\n".join(faults)


@pytest.mark.browser
@pytest.mark.usefixtures("raised")
def test_by_keyboard_somebody_reads_one_and_closes_it(desk: Page) -> None:
    sign_in_at(desk, make_user(Role.MANAGER))
    desk.goto("/comments/urgent")
    desk.get_by_role("link", name="Read and decide").first.focus()
    go_by_key(desk)
    expect(desk.get_by_text("What to do")).to_be_visible()
    desk.get_by_label("No concern").focus()
    desk.keyboard.press("Space")
    desk.keyboard.press("Tab")
    desk.keyboard.type("They mean a film.")
    desk.keyboard.press("Tab")
    go_by_key(desk)
    expect(desk.get_by_text("Closed. Your note is kept with it.")).to_be_visible()
    db.session.rollback()
    assert (
        db.session.scalars(sa.select(UrgentComment.outcome).order_by(UrgentComment.closed_at.desc()))
        .all()
        .count("no_concern")
        == 1
    )


@pytest.mark.browser
@pytest.mark.usefixtures("raised")
def test_without_a_script_words_are_proposed_and_approved(phone: Page) -> None:
    sign_in_at(phone, make_user(Role.REVIEWER))
    phone.goto("/comments/4")
    follow(phone.get_by_role("link", name="Propose words of it"))
    phone.get_by_label("Words to quote").fill("kind and polite")
    follow(phone.get_by_role("button", name="Propose this quotation"))
    assert "Proposed." in phone.inner_text("main")
    phone.goto("/comments/quotations/proposed")
    follow(phone.get_by_role("button", name="Approve quotation 3"))
    phone.goto("/comments/quotations")
    assert phone.locator("blockquote").first.inner_text() == "kind and polite"
