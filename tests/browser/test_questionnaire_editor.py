"""The questionnaire editor in a real browser: accessible in every state, narrow and wide, and by keyboard alone."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from surveys.core.db import db
from surveys.people.roles import Role
from surveys.questionnaires.arranging import put
from surveys.questionnaires.library import READY
from surveys.questionnaires.queries import version_in_force_of
from tests.browser.steps import follow, go_by_key, sideways_scroll, sign_in_at, violations
from tests.makers.people import make_service, make_user
from tests.makers.questionnaires import make_draft, make_published, publish_default, question, use

DRAFT = "/questionnaires/{draft}/draft"
PAGES = (
    "/questionnaires",
    "/questionnaires/{draft}",
    "/questionnaires/uses",
    DRAFT,
    DRAFT + "/changes",
    DRAFT + "/settings",
    DRAFT + "/question/new",
    DRAFT + "/question?key=overall",
    DRAFT + "/question?key=resolved",
    DRAFT + "/question?key=effort",
    DRAFT + "/question?key=late",
    DRAFT + "/question?kind=choices",
    DRAFT + "/preview",
    DRAFT + "/preview?page=1&lang=ur",
    DRAFT + "/preview?page=3&lang=pa",
)


def full_draft(found: dict[str, Any]) -> dict[str, Any]:
    """One with a reworded question, ready ones, a condition, a missing translation and equality questions."""
    found["questions"][1]["text"]["en"] = "Did we deal with your query?"
    late = question("late", show_if={"question": "resolved", "any_of": ["not_yet", "no"]})
    for item in (READY["polite"], READY["effort"], late):
        found = put(found, "", item)
    return found | {"equality": ["age", "health"], "most_of_pool": 1}


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_the_editor_is_accessible_and_fits(app: Flask, desk: Page, width: int) -> None:
    draft = make_draft(full_draft)
    use(make_published("Short survey"), make_service().id, "phone")
    desk.set_viewport_size({"width": width, "height": 900})
    sign_in_at(desk, make_user(Role.ADMINISTRATOR))
    faults: list[str] = []

    def look(name: str) -> None:
        faults.extend(f"{name} {v}" for v in violations(desk))
        faults.extend([f"{name} sticks out by {sideways_scroll(desk)}"] * (sideways_scroll(desk) > 0))

    for path in PAGES:
        desk.goto(path.format(draft=draft))
        look(path)
    desk.goto((DRAFT + "/question?kind=scale").format(draft=draft))
    desk.get_by_label("Lowest number").fill("low")
    follow(desk.get_by_role("button", name="Save question").first)
    assert desk.get_by_text("There is a problem").is_visible()
    look("a refused question")
    desk.goto((DRAFT + "/settings").format(draft=draft))
    desk.get_by_label("How many questions of the pool").fill("some")
    follow(desk.get_by_role("button", name="Save settings"))
    assert desk.get_by_text("There is a problem").is_visible()
    look("refused settings")
    assert not faults, "\n".join(faults)


def tab_to(page: Page, test: str) -> None:
    """Press Tab until the focused element passes; a person with a keyboard could do no other."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(f"(e => {test})(document.activeElement)"):
            return
    raise AssertionError(f"the Tab key never reached {test}")


def words(said: str) -> str:
    return f"e.textContent.trim().startsWith({said!r})"


def press(page: Page, test: str, lands_on: str) -> None:
    tab_to(page, test)
    go_by_key(page, lands_on)


@pytest.mark.browser
def test_a_questionnaire_is_edited_and_published_by_keyboard_alone(app: Flask, phone: Page) -> None:
    questionnaire_id = publish_default()
    sign_in_at(phone, make_user(Role.ADMINISTRATOR))
    phone.goto("/questionnaires")
    press(phone, words("Make changes"), "**/draft")
    press(phone, words("Add a question"), "**/question/new")
    press(phone, words("How far do you agree or disagree that the member of staff was polite"), "**/question?*")
    tab_to(phone, "e.id === 'text-en'")
    phone.keyboard.press("Control+A")
    phone.keyboard.type("Was the member of staff polite?")
    go_by_key(phone, "**/draft#polite")
    press(phone, words("Changes and publishing"), "**/changes")
    press(phone, words("Publish version 2"), "**/questionnaires")
    assert "Version 2 is in force" in phone.inner_text("main")
    db.session.rollback()
    version = version_in_force_of(questionnaire_id)
    assert version is not None
    assert version.definition["questions"][-1]["text"]["en"] == "Was the member of staff polite?"
