"""Kiosks and posters in a real browser: every language and state, big targets, and a screen that starts again."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
import sqlalchemy as sa
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from surveys.answers.models import CollectionPoint, PointKind
from surveys.answers.points import close_point
from surveys.core.db import db, transaction
from surveys.core.settings import Settings
from surveys.questionnaires.languages import LANGUAGES
from tests.answers.made import publish
from tests.browser.conftest import one_page
from tests.browser.steps import follow, go_by_key, sideways_scroll, sign_in_at, touch, violations
from tests.makers.people import make_user
from tests.makers.points import in_every_language, make_point, path_of

PORTRAIT = {"width": 1080, "height": 1920}
PHONE = {"width": 320, "height": 640}
Look = Callable[[str], None]


@pytest.fixture
def kiosk(app: Flask) -> str:
    publish(in_every_language())
    return path_of(make_point(place="Town Hall reception"))


@pytest.fixture
def poster(app: Flask) -> str:
    publish(in_every_language())
    return path_of(make_point(PointKind.POSTER, place="Central Library"))


@pytest.fixture
def screen(chromium: Browser, address: str) -> Iterator[Page]:
    """A kiosk in portrait whose clock stands still until the test moves it."""
    context = chromium.new_context(viewport=PORTRAIT, base_url=address)
    context.clock.install(time=0)
    context.clock.pause_at(1_000)
    yield from one_page(context)


def walk(page: Page, path: str, language: str, look: Look) -> None:
    """Open every page of a point in one language, with and without a fault."""
    page.goto(f"{path}?lang={language}")
    look("rating")
    if page.locator(".target").count():
        follow(page.locator(".target").first, "**/more/*")
    else:
        follow(page.locator("main form button").first)
        look("rating with error")
        page.locator("#overall-0").check()
        follow(page.locator("main form button").first, "**/more/*")
    look("more")
    follow(page.locator("main form button").first, "**/thanks*")
    look("thanks")


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("size", [PORTRAIT, PHONE], ids=["portrait", "narrow"])
@pytest.mark.parametrize("door", ["kiosk", "poster"])
def test_every_page_in_every_language_is_accessible_and_fits(
    desk: Page, request: pytest.FixtureRequest, door: str, size: dict[str, int]
) -> None:
    path = request.getfixturevalue(door)
    desk.set_viewport_size({"width": size["width"], "height": size["height"]})
    faults: list[str] = []
    for language in LANGUAGES:

        def look(name: str, language: str = language) -> None:
            faults.extend(f"{language} {name} {v}" for v in violations(desk))
            faults.extend([f"{language} {name} sticks out by {sideways_scroll(desk)}"] * (sideways_scroll(desk) > 0))

        walk(desk, path, language, look)
    assert not faults, "\n".join(faults)


@pytest.mark.browser
@pytest.mark.once
def test_pages_that_only_tell_are_accessible(desk: Page, kiosk: str) -> None:
    faults: list[str] = []
    desk.goto(kiosk)
    desk.locator("input[name=page]").evaluate("field => field.value = 'x'")
    follow(desk.locator(".target").first)
    assert desk.locator(".summary").is_visible()
    faults += violations(desk)
    desk.goto(kiosk)
    follow(desk.locator(".target").first)
    desk.locator("main form input[name=page]").first.evaluate("field => field.value = 'x'")
    follow(desk.locator("main form button").first)
    assert desk.locator("h1").inner_text() == "The page was open for too long"
    faults += violations(desk)
    with transaction():
        close_point(db.session.scalars(sa.select(CollectionPoint)).one())
    desk.goto(kiosk)
    assert desk.locator("h1").inner_text() == "This survey has ended"
    faults += violations(desk)
    assert faults == []


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("size", [PORTRAIT, PHONE], ids=["portrait", "narrow"])
def test_every_target_on_a_shared_screen_is_64_pixels_high(desk: Page, kiosk: str, size: dict[str, int]) -> None:
    desk.set_viewport_size({"width": size["width"], "height": size["height"]})
    desk.goto(kiosk)
    heights = [box["height"] for box in (t.bounding_box() for t in desk.locator(".target").all()) if box]
    assert len(heights) == 6
    follow(desk.locator(".target").first)
    heights += [box["height"] for box in (c.bounding_box() for c in desk.locator(".choice label").all()) if box]
    assert len(heights) > 10
    assert min(heights) >= 64


@pytest.mark.browser
@pytest.mark.once
def test_a_screen_that_nobody_touches_asks_and_then_starts_again(screen: Page, kiosk: str) -> None:
    screen.goto(kiosk)
    follow(screen.locator(".target").first, "**/more/*")
    screen.locator("#resolved-0").check()
    screen.clock.fast_forward(9_000)
    expect(screen.locator(".idle")).to_be_attached()
    assert not screen.locator(".idle").is_visible()
    screen.clock.fast_forward(2_000)
    assert screen.locator(".idle").is_visible()
    assert "Still there?" in screen.locator("#idle").inner_text()
    screen.clock.resume()  # axe-core counts on a clock that runs
    assert violations(screen) == []
    screen.clock.fast_forward(20_000)
    screen.wait_for_url(f"**{kiosk}")
    expect(screen.locator(".target")).to_have_count(6)
    screen.go_back()
    screen.clock.fast_forward(31_000)
    screen.wait_for_url(f"**{kiosk}")


@pytest.mark.browser
@pytest.mark.once
def test_who_is_still_there_goes_on_with_what_they_chose(screen: Page, kiosk: str) -> None:
    screen.goto(kiosk)
    follow(screen.locator(".target").first, "**/more/*")
    screen.locator("#resolved-0").check()
    for _ in range(10):
        screen.clock.fast_forward(25_000)
        touch(screen.get_by_role("button", name="I am still here"))
        assert not screen.locator(".idle").is_visible()
    assert screen.locator("#resolved-0").is_checked()


@pytest.mark.browser
@pytest.mark.once
def test_a_language_that_somebody_chose_and_left_goes_back_to_english(screen: Page, kiosk: str) -> None:
    screen.goto(f"{kiosk}?lang=ur")
    screen.clock.fast_forward(31_000)
    screen.wait_for_url(f"**{kiosk}")
    expect(screen.locator("html[lang=en]")).to_have_count(1)


@pytest.mark.browser
@pytest.mark.once
def test_without_a_network_the_screen_hides_what_was_chosen_and_tries_again(screen: Page, kiosk: str) -> None:
    screen.goto(kiosk)
    follow(screen.locator(".target").first, "**/more/*")
    screen.context.set_offline(True)
    screen.clock.fast_forward(31_000)
    screen.locator("main").wait_for(state="hidden")
    screen.context.set_offline(False)
    screen.clock.fast_forward(6_000)
    screen.wait_for_url(f"**{kiosk}")


@pytest.mark.browser
@pytest.mark.once
def test_the_first_page_rests_and_is_refreshed_while_nobody_comes(screen: Page, kiosk: str) -> None:
    screen.goto(kiosk)
    first = screen.locator("input[name=page]").get_attribute("value")
    screen.clock.fast_forward(60_000)
    expect(screen.locator(".idle")).to_be_attached()
    assert not screen.locator(".idle").is_visible()
    assert screen.locator("input[name=page]").get_attribute("value") == first
    with screen.expect_navigation():
        screen.clock.fast_forward(300_000)
    assert screen.locator("input[name=page]").get_attribute("value") != first


@pytest.mark.browser
def test_without_a_script_a_link_starts_again(phone: Page, kiosk: str) -> None:
    phone.goto(kiosk)
    follow(phone.locator(".target").first)
    follow(phone.get_by_role("link", name="Start again"))
    expect(phone.locator(".target")).to_have_count(6)
    assert phone.context.cookies() == []


@pytest.mark.browser
def test_a_kiosk_can_be_answered_by_keyboard_alone(desk: Page, kiosk: str) -> None:
    desk.goto(kiosk)
    for _ in range(20):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.id") == "overall-1":
            break
    go_by_key(desk, "**/more/*")
    for _ in range(20):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.tagName") == "BUTTON":
            break
    go_by_key(desk, "**/thanks*")


@pytest.mark.browser
@pytest.mark.once
def test_the_code_shown_to_enrol_a_device_opens_its_kiosk(app: Flask, desk: Page, kiosk: str) -> None:
    settings: Settings = app.extensions["settings"]
    sign_in_at(desk, make_user())
    desk.goto("/points")
    follow(desk.get_by_role("link", name="Town Hall reception"))
    picture = Image.open(BytesIO(desk.locator("svg.qr").screenshot()))
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [settings.survey_url(kiosk)]
    db.session.rollback()
