"""A real server and a real Chromium. Without Chromium these tests are skipped, in CI they fail.

DAWDLE=0.2 puts a slow line between the two, which finds tests that do not wait for what they look at.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from surveys.core.settings import Settings
from tests.browser.dawdling import Dawdling

NAMES = ("chromium", "chromium-browser", "google-chrome")
# A loaded machine is no reason to fail.
PATIENCE = 30_000
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("CI_SERVICES"):
            pytest.fail("Chromium must be there")
        pytest.skip("no Chromium on this machine: install it to run the browser tests")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The application served at its own public address, with its CSRF tokens checked."""
    settings: Settings = app.extensions["settings"]
    served = Dawdling(app, float(os.environ.get("DAWDLE", "0")))
    server = make_server("127.0.0.1", urlsplit(settings.public_url).port or 0, served, threaded=True)
    app.config["WTF_CSRF_ENABLED"] = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield settings.public_url
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    """A narrow phone whose browser runs no script."""
    context = chromium.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False, base_url=address)
    yield from one_page(context)


@pytest.fixture
def desk(chromium: Browser, address: str) -> Iterator[Page]:
    """A member of staff's screen."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=address, accept_downloads=True)
    yield from one_page(context)


def one_page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()
