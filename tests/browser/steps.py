"""What a person does in the browser, in their words."""

from importlib.resources import files

from playwright.sync_api import Locator, Page

from surveys.people.models import User
from tests.makers.people import PASSWORD

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong is worked out and brought over: the rest is most of the work, and nobody reads it.
LOOK = """
async rules => (await axe.run({runOnly: rules, resultTypes: ['violations']})).violations.flatMap(
    fault => fault.nodes.map(node => `${fault.id}: ${fault.help} (${node.html.slice(0, 100)})`))
"""


def follow(way: Locator, to: str = "**") -> None:
    """Click what leads to a page, be it this one again, and wait until that page is whole."""
    with way.page.expect_navigation(url=to):
        way.click()


def go_by_key(page: Page, to: str = "**", key: str = "Enter") -> None:
    """The same with a key, pressed where the focus is."""
    with page.expect_navigation(url=to):
        page.keyboard.press(key)


def touch(thing: Locator) -> None:
    """Click what leads nowhere: it changes this page, or gives a file."""
    thing.click()


def sign_in_at(page: Page, user: User) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    follow(page.get_by_role("button", name="Sign in"), "**/")


def give_answer(page: Page, link: str, rating: str, resolved: str | None = None, comment: str = "") -> None:
    """Answer a survey from its link to the thanks page."""
    page.goto(link)
    page.get_by_label(rating, exact=True).check()
    follow(page.get_by_role("button", name="Continue"))
    if resolved:
        page.get_by_label(resolved, exact=True).check()
    if comment:
        page.locator("textarea").fill(comment)
    follow(page.get_by_role("button", name="Send answers"))


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands, once all of it is there."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(LOOK, RULES)
    return found


def sideways_scroll(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))
