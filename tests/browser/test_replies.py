"""Replies to read in a real browser, with replies, and with a form that says nothing."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.people.roles import Role
from tests.answers.by_text import Phone, asked_by_reply, settings_for_texts
from tests.answers.racing import invited
from tests.browser.steps import follow, sideways_scroll, sign_in_at, violations
from tests.invitations.told import PHONE
from tests.makers.people import make_user


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("width", [320, 1280])
def test_replies_to_read_are_accessible_and_fit(
    desk: Page, app: Flask, tmp_path: Path, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear_unclear_replies(app, tmp_path, monkeypatch)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto("/sign-in")
    sign_in_at(desk, make_user(Role.OFFICER))
    desk.goto("/replies")
    expect(desk.locator("section.unread")).to_have_count(2)
    faults = [f"list {v}" for v in violations(desk)]
    follow(desk.locator("section.unread button").first)
    assert desk.get_by_role("alert").is_visible()
    faults += [f"error {v}" for v in violations(desk)]
    assert (faults, sideways_scroll(desk)) == ([], 0)
    desk.get_by_label("Fairly satisfied").first.check()
    follow(desk.locator("section.unread button").first)
    assert "Reply read." in desk.inner_text("main")


def hear_unclear_replies(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One person was asked, and wrote twice what nobody can read."""
    monkeypatch.setitem(app.extensions, "settings", settings_for_texts(app))
    asked_by_reply()
    invited(folder, 1, phone=PHONE, email="")
    phone = Phone(app.test_client())
    for words in ("It was all right " * 20, "بہت اچھا نہیں تھا"):
        phone.says(words)
