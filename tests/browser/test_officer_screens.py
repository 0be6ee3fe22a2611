"""The officer's pages in a real browser: axe-core finds nothing, nothing sticks out, and the keyboard is enough."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.answers.models import Answer
from surveys.core.db import db
from surveys.people.roles import Role
from tests.browser.steps import follow, go_by_key, sideways_scroll, sign_in_at, violations
from tests.makers.answers import invited_token
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_user

LONG_COMMENT = "x" * 1001


@pytest.fixture
def officer(app: Flask, desk: Page, tmp_path: Path) -> Page:
    invited_token(tmp_path, language="Welsh")
    load_rows(tmp_path, [row("B1")])
    sign_in_at(desk, make_user(Role.OFFICER))
    return desk


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("width", [320, 1280])
def test_the_officer_s_pages_are_accessible_and_fit(officer: Page, width: int) -> None:
    officer.set_viewport_size({"width": width, "height": 900})
    faults: list[str] = []

    def look(name: str) -> None:
        faults.extend(f"{name} {v}" for v in violations(officer))
        faults.extend([f"{name} sticks out by {sideways_scroll(officer)}"] * (sideways_scroll(officer) > 0))

    officer.goto("/enter")
    look("find")
    officer.get_by_label("Reference").fill("B1")
    follow(officer.get_by_role("button", name="Continue"))
    look("refused")
    officer.get_by_label("Reference").fill("A1")
    follow(officer.get_by_role("button", name="Continue"))
    look("rating in Welsh")
    follow(officer.get_by_role("link", name="English"))
    look("rating in English")
    follow(officer.get_by_role("button", name="Continue"))
    expect(officer.locator("[role=alert] a")).to_have_count(2)
    look("rating refused")
    officer.get_by_label("Very satisfied", exact=True).check()
    officer.get_by_label("On the phone").check()
    follow(officer.get_by_role("button", name="Continue"))
    look("rest")
    officer.locator("textarea").fill(LONG_COMMENT)
    follow(officer.get_by_role("button", name="Save answer"))
    assert officer.locator("textarea").input_value() == LONG_COMMENT
    look("rest refused")
    assert not faults, "\n".join(faults)


@pytest.mark.browser
def test_an_officer_enters_an_answer_by_keyboard_alone(officer: Page) -> None:
    def tab_to(script: str) -> None:
        for _ in range(40):
            officer.keyboard.press("Tab")
            if officer.evaluate(f"document.activeElement.{script}"):
                return
        raise AssertionError(f"the keyboard does not reach {script}")

    officer.goto("/enter")
    tab_to("name == 'reference'")
    officer.keyboard.type("A1")
    go_by_key(officer, "**/enter/*/*")
    tab_to("name == 'q-overall'")
    officer.keyboard.press("Space")
    officer.keyboard.press("ArrowDown")
    tab_to("name == 'heard'")
    officer.keyboard.press("Space")
    go_by_key(officer)
    tab_to("name == 'q-why'")
    officer.keyboard.type("By keyboard alone")
    tab_to("tagName == 'BUTTON'")
    go_by_key(officer, "**/enter")
    assert "Answer saved" in officer.inner_text("main")
    db.session.rollback()
    kept = {a.question: a.code or a.words for a in db.session.scalars(sa.select(Answer))}
    assert kept == {"overall": "fairly_satisfied", "why": "By keyboard alone"}
