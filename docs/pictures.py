"""`make pictures`: the made-up council's pages as pictures, taken from a running `make run` by Chromium."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from surveys.demo.users import USERS

ADDRESS = "http://127.0.0.1:8000"
FOLDER = Path(__file__).parent / "pictures"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def take(browser: Browser, address: str) -> None:
    """The dashboard as a manager sees it at a desk, cut below the first charts."""
    manager = next(user for user in USERS if user.role.value == "manager")
    page = browser.new_context(viewport={"width": 1280, "height": 1640}, base_url=address).new_page()
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(manager.email)
    page.get_by_label("Password").fill(manager.words)
    page.get_by_role("button", name="Sign in").click()
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="visible")
    page.wait_for_load_state("networkidle")
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / "dashboard.png")


def main(address: str) -> int:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("Chromium is not installed.", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        take(browser, address)
        browser.close()
    print(f"Pictures are in {FOLDER}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ADDRESS))
