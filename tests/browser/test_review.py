"""A reviewer's day in a real browser: thirty comments by keyboard, a refit, a decision, and back again."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.comments.fitting import challenger
from surveys.comments.labels.models import ShownAs
from surveys.comments.labels.stored_models import champion_id
from surveys.core.db import db
from surveys.core.queue import ask, run_waiting
from surveys.people.models import User
from surveys.people.roles import Role
from tests.browser.steps import follow, go_by_key, sideways_scroll, sign_in_at, violations
from tests.makers.people import make_user
from tests.makers.reviews import TO_LEARN, make_comments, say
from tests.nlp.trained import fitted_small

SENTENCES = (
    "I waited {} minutes before anybody answered.",
    "The adviser knew the rules, counter {}.",
    "Form {} on your website would not open.",
    "The permit costs {} pounds, which is far too much.",
    "She was rude when I rang for the {} time.",
    "Lovely people at desk {}, thank you.",
)


@pytest.fixture
def reviewer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> User:
    """Forty-two comments, a quarter of them for measuring, and a reviewer for all services."""
    monkeypatch.setattr(challenger, "fitted", fitted_small)
    make_comments([SENTENCES[n % 6].format(n) for n in range(32)], TO_LEARN)
    make_comments([SENTENCES[n % 6].format(n) for n in range(32, 42)], 1)
    user = make_user(Role.REVIEWER)
    db.session.rollback()
    return user


def tab_to(page: Page, script: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.{script}"):
            return
    raise AssertionError(f"the keyboard does not reach {script}")


def save(page: Page, key: str, count: int) -> None:
    """Press what saves; the next page listens to keys once it is whole."""
    go_by_key(page, key=key)
    expect(page.locator(".review-done", has_text=f"{count} checked today")).to_be_visible()


def work_done(app: Flask) -> int | None:
    """Do what is queued; the model that labels comments after it."""
    run_waiting(app)
    db.session.rollback()
    found = champion_id()
    db.session.rollback()
    return found


@pytest.mark.browser
def test_thirty_corrections_by_keyboard_make_a_challenger_that_is_promoted_and_taken_back(
    app: Flask, desk: Page, reviewer: User
) -> None:
    first = work_done(app)
    sign_in_at(desk, reviewer)
    desk.goto("/comments/review#comment")
    for count in (1, 2):
        tab_to(desk, "name == 'topics'")
        assert desk.evaluate("document.activeElement.id") == "topics-0", "the labels come right after the comment"
        desk.keyboard.press("Space")
        tab_to(desk, "name == 'sentiment'")
        desk.keyboard.press("Space")
        save(desk, "Enter", count)
    desk.keyboard.press("1")
    expect(desk.locator("kbd").first).to_be_attached()
    assert desk.locator("kbd:visible").count() == 0, "single keys do nothing until they are asked for"
    tab_to(desk, "id == 'keys'")
    desk.keyboard.press("Space")
    for count in range(3, 31):
        desk.keyboard.press("1")
        desk.keyboard.press("x")
        save(desk, "s", count)
    second = work_done(app)
    assert second == first, "with few to measure on, a person decides"

    desk.goto("/comments/model")
    assert desk.locator("#challenger").inner_text().endswith("waits for your decision")
    table = desk.get_by_role("table", name="Topics: model").first
    assert table.get_by_role("row").count() > 10
    follow(desk.get_by_role("button", name="Promote"))
    expect(desk.get_by_text("labels comments from now on")).to_be_visible()
    assert "0 of 42" in desk.inner_text("main")
    promoted = work_done(app)
    assert promoted != first
    desk.reload()
    assert f"What changed against model {first}" in desk.inner_text("main")
    assert "All 42 classified comments have its labels" in desk.inner_text("main")
    follow(desk.get_by_role("button", name=f"Go back to this one: model {first}"))
    expect(desk.get_by_text("labels comments from now on")).to_be_visible()
    assert work_done(app) == first
    desk.reload()
    assert "All 42 classified comments have its labels" in desk.inner_text("main")


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_the_reviewer_s_pages_are_accessible_and_fit(app: Flask, desk: Page, reviewer: User, width: int) -> None:
    for number in (1, 2, 3):
        say(number, reviewer.id, "waiting_time")
    for number in (33, 34):
        say(number, reviewer.id, "waiting_time", shown_as=ShownAs.RANDOM)
    db.session.rollback()
    ask("comments.refit")
    work_done(app)
    sign_in_at(desk, reviewer)
    desk.set_viewport_size({"width": width, "height": 900})
    faults: list[str] = []

    def look(name: str) -> None:
        faults.extend(f"{name} {v}" for v in violations(desk))
        faults.extend([f"{name} sticks out by {sideways_scroll(desk)}"] * (sideways_scroll(desk) > 0))

    for address in ("review", "review/agreement", "model", "labels", "labels/new", "labels/waiting_time"):
        desk.goto(f"/comments/{address}")
        look(address)
    desk.goto("/comments/model")
    follow(desk.get_by_role("button", name="Promote"))
    expect(desk.get_by_text("labels comments from now on")).to_be_visible()
    look("model promoted")
    desk.goto("/comments/labels/waiting_time")
    desk.get_by_label("Label", exact=True).fill("")
    follow(desk.get_by_role("button", name="Save"))
    look("label refused")
    desk.goto("/comments/review?comment=35")
    desk.evaluate("for (const one of document.querySelectorAll('[name=sentiment]')) one.checked = false")
    follow(desk.get_by_role("button", name="Save and next"))
    expect(desk.locator("[role=alert] a")).to_be_visible()
    look("review refused")
    assert not faults, "\n".join(faults)
