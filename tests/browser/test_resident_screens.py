"""Every resident page in a real browser, in every state and language; by keyboard alone, enlarged, without a script."""

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect

from surveys.questionnaires.languages import LANGUAGES
from tests.answers.states import Journeys, every_page, start_journeys
from tests.browser.conftest import one_page
from tests.browser.steps import follow, go_by_key, sideways_scroll, violations

# What the issue allows for the survey page and its stylesheet, compressed.
MOST_BYTES, MOST_REQUESTS = 15_000, 2


@pytest.fixture
def made(client: FlaskClient, tmp_path: Path) -> Journeys:
    return start_journeys(client, tmp_path)


@pytest.fixture
def enlarged(chromium: Browser, address: str) -> Iterator[Page]:
    """A screen of 640 by 480 at a zoom of 200%: half as many CSS pixels each way, each twice as large."""
    viewport = {"width": 320, "height": 240}
    context = chromium.new_context(viewport=viewport, device_scale_factor=2, base_url=address)  # type: ignore[arg-type]
    yield from one_page(context)


def look_at_all(page: Page, made: Journeys, language: str, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    # What is written into the page takes its addresses, and its policy, from where it stands.
    page.goto(f"/erased?lang={language}")
    faults = []
    for name, shown in every_page(made, language):
        page.set_content(shown.get_data(as_text=True))
        assert page.evaluate("getComputedStyle(document.querySelector('header')).backgroundColor") != "rgba(0, 0, 0, 0)"
        faults += [f"{name}: {violation}" for violation in violations(page)]
        faults += [f"{name} sticks out by {sideways_scroll(page)}"] * (sideways_scroll(page) > 0)
    return faults


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_resident_page_is_accessible_and_fits_a_phone(desk: Page, made: Journeys, language: str) -> None:
    assert look_at_all(desk, made, language, 320) == []


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "ur"])
def test_every_resident_page_is_accessible_on_a_wide_screen(desk: Page, made: Journeys, language: str) -> None:
    assert look_at_all(desk, made, language, 1280) == []


@pytest.mark.browser
@pytest.mark.once
def test_urdu_reads_from_the_right_and_punjabi_from_the_left(desk: Page, made: Journeys) -> None:
    def side(language: str) -> str:
        desk.goto(f"/s/{made.links['fresh']}?lang={language}")
        button, label = (desk.locator(f"main {what}").first.bounding_box() for what in ("input[type=radio]", "label"))
        assert button
        assert label
        return "left" if button["x"] < label["x"] else "right"

    assert (side("ur"), side("pa")) == ("right", "left")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus, which must be plain to see."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert shadow != "none", f"{selector} does not show that it has the focus"
            return
    raise AssertionError(f"no way to {selector} by keyboard")


@pytest.mark.browser
def test_everything_can_be_done_by_keyboard_alone(desk: Page, made: Journeys) -> None:
    """From the rating over both later pages, the equality questions and what is held, to erasing it."""
    token = made.links["fresh"]
    desk.goto(f"/s/{token}")
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    tab_to(desk, "[name=overall]")
    desk.keyboard.press("Space")
    for _ in range(4):
        desk.keyboard.press("ArrowDown")
    go_by_key(desk, "**/more")
    tab_to(desk, "[name=resolved]")
    for _ in range(3):
        desk.keyboard.press("ArrowDown")
    tab_to(desk, "[name=kept_informed]")
    desk.keyboard.press("Space")
    tab_to(desk, "#why")
    desk.keyboard.type("By keyboard alone")
    tab_to(desk, "main button")
    go_by_key(desk, "**/more/2")
    tab_to(desk, "main button")
    go_by_key(desk, "**/thanks")
    tab_to(desk, "a.button[href$=equality]")
    go_by_key(desk, "**/equality")
    tab_to(desk, "[name=health]")
    desk.keyboard.press("Space")
    tab_to(desk, "main button")
    go_by_key(desk, "**/equality/2")
    tab_to(desk, "main button")
    go_by_key(desk, "**/equality/thanks")
    tab_to(desk, "main a[href^='/about']")
    go_by_key(desk, "**/about/*")
    assert "By keyboard alone" in desk.inner_text("main")
    tab_to(desk, "a.button[href^='/erase']")
    go_by_key(desk, "**/erase/*")
    tab_to(desk, "main button")
    go_by_key(desk, "**/erased*")
    assert "We erased what we held on you" in desk.inner_text("h1")


def press(page: Page, name: str, to: str) -> None:
    follow(page.get_by_role("button", name=name), to)


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("language", ["pl", "ur"])
def test_an_error_takes_the_focus_to_its_summary_and_on_to_the_field(desk: Page, made: Journeys, language: str) -> None:
    desk.goto(f"/s/{made.links['fresh']}?lang={language}")
    follow(desk.locator("main form button"))
    desk.wait_for_function("document.activeElement.className == 'summary'")
    desk.keyboard.press("Tab")
    go_by_key(desk, "**#overall-0")
    desk.wait_for_function("document.activeElement.id == 'overall-0'")


@pytest.mark.browser
@pytest.mark.once
def test_a_whole_answer_can_be_given_at_a_zoom_of_200_percent(enlarged: Page, made: Journeys) -> None:
    """Nothing sticks out sideways, and no control lies over or under another."""

    def look() -> None:
        assert sideways_scroll(enlarged) <= 0
        assert enlarged.evaluate(HIDDEN_CONTROLS) == []

    enlarged.goto(f"/s/{made.links['fresh']}")
    look()
    enlarged.get_by_label("Very dissatisfied").check()
    press(enlarged, "Continue", "**/more")
    look()
    enlarged.locator("[name=resolved][value=no]").check()
    enlarged.locator("#why").fill("Large letters")
    press(enlarged, "Continue", "**/more/2")
    look()
    press(enlarged, "Send answers", "**/thanks")
    look()
    follow(enlarged.get_by_role("link", name="Yes, answer the equality questions"), "**/equality")
    look()
    follow(enlarged.get_by_role("link", name="About this survey"), "**/about/*")
    look()
    assert "Large letters" in enlarged.inner_text("main")


# The controls that, scrolled to, are cut off or covered by something else.
HIDDEN_CONTROLS = """
() => [...document.querySelectorAll('main a, main button, main input:not([type=hidden]), main textarea, footer a')]
    .filter(control => {
        control.scrollIntoView({block: 'center'});
        const box = control.getClientRects()[0];
        const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return box.left < 0 || box.right > innerWidth || !(there === control || control.contains(there));
    })
    .map(control => control.outerHTML)
"""


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ur"])
def test_the_whole_way_works_without_a_script(phone: Page, made: Journeys, language: str) -> None:
    token = made.links["fresh"]
    phone.goto(f"/s/{token}?lang={language}")
    phone.locator("[name=overall][value=very_dissatisfied]").check()
    follow(phone.locator("main button"))
    phone.locator("[name=resolved][value=no]").check()
    phone.locator("[name=kept_informed][value=not_yet]").check()
    phone.locator("#why").fill("No script")
    follow(phone.locator("main button"))
    phone.go_back()
    expect(phone.locator("#why")).to_have_value("No script")
    phone.go_forward()
    phone.locator("[name=did_as_said][value=no]").check()
    follow(phone.locator("main button"))
    phone.locator(".panel").wait_for()
    follow(phone.locator("a.button[href*=equality]"))
    phone.locator("[name=health][value=yes]").check()
    follow(phone.locator("main button"))
    phone.locator("[name=health_effect][value=a_lot]").check()
    follow(phone.locator("main button"))
    phone.goto(f"/about/{token}?lang={language}")
    assert phone.locator(".words", has_text="No script").is_visible()
    assert phone.locator("html").get_attribute("lang") == language
    follow(phone.locator("a.button[href^='/erase']"))
    follow(phone.locator("main button"), "**/erased*")
    assert phone.locator("html").get_attribute("lang") == language
    phone.goto(f"/s/{token}")
    assert "There is no survey at this address" in phone.inner_text("h1")


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_survey_page_is_two_small_requests(
    app: Flask, chromium: Browser, address: str, made: Journeys, language: str
) -> None:
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.goto(f"/s/{made.links['fresh']}?lang={language}", wait_until="networkidle")
    context.close()
    assert len(asked) == MOST_REQUESTS, asked
    sizes = [len(compressed_body(url)) for url in asked]
    assert sum(sizes) <= MOST_BYTES, sizes


def compressed_body(url: str) -> bytes:
    """The body as it goes over the wire to a browser that takes gzip; it must be gzip."""
    place = urlsplit(url)
    connection = HTTPConnection(place.netloc, timeout=30)
    connection.request("GET", f"{place.path}?{place.query}", headers={"Accept-Encoding": "gzip"})
    body = connection.getresponse().read()
    connection.close()
    assert gzip.decompress(body)
    return body
