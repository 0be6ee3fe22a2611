"""The cover page of a pack, opened from disk as an assessor does: accessible, narrow enough, and valid HTML."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.answers.test_html import checker_command, faults_in
from tests.browser.steps import sideways_scroll, violations
from tests.evidence.made_packs import MadePack

# The checker knows no CSS for print: running heads, page numbers, bookmarks.
PAGED = ": CSS: "
WIDTHS = (320, 1280)


@pytest.fixture
def page(chromium: Browser) -> Page:
    return chromium.new_page()


@pytest.mark.browser
@pytest.mark.once
def test_the_cover_page_of_a_pack_is_accessible_and_fits_a_narrow_screen(made_pack: MadePack, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto((made_pack.folder / "index.html").as_uri())
    assert asked == [(made_pack.folder / "index.html").as_uri()]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways_scroll(page) <= 0
        assert violations(page) == []
    page.close()


@pytest.mark.once
def test_the_cover_page_of_a_pack_is_valid_html(made_pack: MadePack, tmp_path: Path) -> None:
    shutil.copyfile(made_pack.folder / "index.html", tmp_path / "index.html")
    faults = faults_in(tmp_path, checker_command())
    assert [fault for fault in faults if PAGED not in fault] == []
