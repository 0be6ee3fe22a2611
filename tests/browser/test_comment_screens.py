"""The comment screens in a real browser: fit and accessible at both widths, by keyboard, and without a script."""

from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.comments.themes.figures import roll_up_themes
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.people.roles import Role
from tests.browser.steps import follow, go_by_key, sideways_scroll, sign_in_at, violations
from tests.makers.comments import DAY, label_all, read_all, write
from tests.makers.people import make_user

SAID = (
    "I waited forty minutes for the phone to be answered. Blossom was rude to me.",
    "The lady was so kind and polite, thank you Mrs Brown.",
    "The website froze twice and the form timed out, " + "again and again " * 90,
    "<b>Not bold</b> שלום \u202ereversed\u202c \U0001f621",
    "Diolch yn fawr am y gwasanaeth ardderchog.",
    "I will come down there and hurt you all.",
)
PATHS = (
    "/comments?from=2026-01&to=2026-03",
    "/comments?from=2026-01&to=2026-03&theme=waiting_time",
    "/comments/read?from=2026-01&to=2026-03",
    "/comments/read?words=nothing+like+this",
    "/comments/1?why=sentiment.neg",
    "/comments/4",
)


@pytest.fixture
def commented(app: Flask) -> None:
    """Sixty comments over two months; numbers start at one in an empty database."""
    for n in range(60):
        words = SAID[n % len(SAID)]
        write(words, ("parking", "bins")[n % 2], (Channel.PHONE, Channel.WEB)[n % 3 % 2], DAY - timedelta(days=n))
    read_all()
    label_all()
    with transaction():
        roll_up_themes()
    db.session.rollback()


@pytest.mark.browser
@pytest.mark.usefixtures("commented")
def test_comment_pages_are_accessible_and_fit(desk: Page) -> None:
    blocked: list[str] = []
    desk.on("console", lambda message: blocked.append(message.text) if "Content Security" in message.text else None)
    sign_in_at(desk, make_user(Role.REVIEWER))
    faults = []
    for width in (320, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        for path in PATHS:
            desk.goto(path)
            faults += [f"{width} {path} {fault}" for fault in violations(desk)]
            faults += [f"{width} {path} sticks out by {sideways_scroll(desk)}"] * (sideways_scroll(desk) > 0)
    desk.goto("/comments/1")
    follow(desk.get_by_role("button", name="Show the words as written"))
    faults += [f"as written {fault}" for fault in violations(desk)]
    assert not faults, "\n".join(faults)
    assert blocked == []


@pytest.mark.browser
@pytest.mark.usefixtures("commented")
def test_without_a_script_a_manager_searches_reads_and_sees_why(phone: Page) -> None:
    sign_in_at(phone, make_user(Role.MANAGER))
    phone.goto("/comments?from=2026-01&to=2026-03")
    assert phone.get_by_role("rowheader", name="Waiting time").is_visible()
    follow(phone.get_by_role("link", name="Read comments").first)
    phone.get_by_label("Words in the comment").fill("forty minut")
    go_by_key(phone, "**words=forty**")
    assert "10 comments with “forty minut”" in phone.inner_text("main")
    follow(phone.get_by_role("link", name="Open comment").first)
    assert phone.locator("#comment-text mark").count() > 0
    assert "It rests on:" in phone.inner_text("main")
    assert phone.get_by_role("button", name="Replace these words").count() == 0


@pytest.mark.browser
@pytest.mark.usefixtures("commented")
def test_words_selected_in_the_comment_are_replaced_by_keyboard(desk: Page) -> None:
    sign_in_at(desk, make_user(Role.REVIEWER))
    desk.goto("/comments/1")
    desk.evaluate(
        """() => {
            const walk = document.createTreeWalker(document.getElementById("comment-text"), NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
                const at = walk.currentNode.data.indexOf("Blossom");
                if (at >= 0) document.getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + 7);
            }
        }"""
    )
    desk.wait_for_function("document.getElementById('words').value === 'Blossom'")
    desk.get_by_label("Words to replace").focus()
    go_by_key(desk)
    expect(desk.get_by_text("Replaced in 1 place.")).to_be_visible()
    assert "Blossom" not in desk.inner_text("main")
    assert desk.inner_text("#comment-text .replaced").split() == ["replaced:", "[NAME]"]
