"""A page that follows work and opens itself again at the end: it cuts nobody's way off, and outlives a lost network."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from surveys.core.clock import now
from surveys.core.queue import run_waiting
from surveys.people.roles import Role
from tests.browser.crm_export import write_export
from tests.browser.steps import follow, sign_in_at
from tests.makers.people import make_service, make_user


@pytest.fixture
def uploader(app: Flask, desk: Page, tmp_path: Path) -> Page:
    """The upload page with a file chosen."""
    make_service("parking", "Parking")
    sign_in_at(desk, make_user(Role.ADMINISTRATOR))
    desk.goto("/contacts")
    desk.get_by_label("CSV file").set_input_files(write_export(tmp_path / "export.csv", now()))
    return desk


def upload(page: Page) -> None:
    follow(page.get_by_role("button", name="Upload"), "**/contacts/files/*")


@pytest.mark.browser
@pytest.mark.once
def test_who_goes_elsewhere_on_a_slow_line_is_not_called_back(app: Flask, uploader: Page) -> None:
    looks: list[Route] = []
    ways: list[Route] = []
    uploader.route("**/progress", lambda route: route.continue_() if looks else looks.append(route))
    with uploader.expect_request("**/progress"):
        upload(uploader)
    run_waiting(app)
    uploader.route("**/contacts", lambda route: ways.append(route))
    with uploader.expect_request("**/contacts"):
        uploader.get_by_role("link", name="Back").evaluate("link => link.click()")
    with uploader.expect_request("**/progress"):
        looks[0].continue_()
    ways[0].continue_()
    uploader.wait_for_url("**/contacts")


@pytest.mark.browser
@pytest.mark.once
def test_without_a_network_for_a_moment_the_page_goes_on_looking(app: Flask, uploader: Page) -> None:
    upload(uploader)
    with uploader.expect_event("requestfailed"):
        uploader.context.set_offline(True)
    uploader.context.set_offline(False)
    run_waiting(app)
    expect(uploader.get_by_text("new contacts")).to_be_visible()


@pytest.mark.browser
@pytest.mark.once
def test_while_the_server_is_down_the_page_goes_on_looking(app: Flask, uploader: Page) -> None:
    uploader.route("**/progress", lambda route: route.fulfill(status=502, body="Bad gateway"), times=1)
    with uploader.expect_response(lambda response: response.status == 502):
        upload(uploader)
    run_waiting(app)
    expect(uploader.get_by_text("new contacts")).to_be_visible()
