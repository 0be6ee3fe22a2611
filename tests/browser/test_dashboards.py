"""The dashboards in a real browser: filters, the way down from a point, saved views, without a script, and axe."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.contacts.models import Channel
from surveys.core.db import transaction
from surveys.people.models import User
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.baselines import freeze
from surveys.rates.months import Month
from surveys.rates.notes import write_note
from surveys.rates.series import Series
from surveys.rates.targets import set_target
from tests.browser.steps import follow, sideways_scroll, sign_in_at, touch, violations
from tests.makers.people import make_service, make_user
from tests.rates.made import AT, make_response, roll_up_all

FIRST = Month(2025, 1)
PAGES = (
    "/",
    "/?channel=phone",
    "/rates/service/1",
    "/rates/service/1/questions",
    "/rates/channel/phone",
    "/rates/compare?from=2026-01&to=2026-02&before_from=2025-11&before_to=2025-12",
    "/rates/behind?from=2026-02&to=2026-02",
    "/rates/behind/2026-02/1/phone",
    "/rates/behind/2026-02/1/webchat",
    "/rates/views",
    "/rates/points",
)


@pytest.fixture
def manager(app: Flask) -> User:
    """Two services over fourteen months; parking falls in the last. Webchat has two answers."""
    services = [make_service("parking", "Parking").id, make_service("trading", "Trading standards and licences").id]
    user = make_user(Role.MANAGER)
    with transaction():
        for service in services:
            for n in range(14):
                day = FIRST.plus(n).first.replace(day=10)
                good = 6 if n == 13 and service == services[0] else 16 - n % 3
                for place in range(20):
                    rating = Satisfaction.VERY_SATISFIED if place < good else Satisfaction.VERY_DISSATISFIED
                    make_response(service, rating, day, (Channel.PHONE, Channel.WEB)[place % 2], resolved="no")
        for _ in range(2):
            make_response(services[0], Satisfaction.NEITHER, FIRST.plus(13).first, Channel.WEBCHAT)
        for series in (Series(), *map(Series, services)):
            freeze(series, (FIRST, FIRST.plus(11)), "the first year", (), user.id, AT)
        set_target(Series(services[0]), 8500, FIRST, user.id, user.id, AT)
        write_note(Series(), FIRST.plus(5), "New phone system", user.id, AT)
    roll_up_all()
    return user


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.parametrize("width", [320, 1280])
def test_dashboards_are_accessible_and_fit(desk: Page, manager: User, width: int) -> None:
    blocked: list[str] = []
    desk.on("console", lambda message: blocked.append(message.text) if "Content Security" in message.text else None)
    desk.set_viewport_size({"width": width, "height": 900})
    sign_in_at(desk, manager)
    faults = []
    for path in PAGES:
        desk.goto(path)
        faults += [f"{path} {v}" for v in violations(desk)]
        faults += [f"{path} sticks out by {sideways_scroll(desk)}"] * (sideways_scroll(desk) > 0)
    assert not faults, "\n".join(faults)
    assert blocked == []


@pytest.mark.browser
def test_filters_stand_in_the_address_and_a_view_can_be_saved_opened_and_made_the_usual_one(
    desk: Page, manager: User
) -> None:
    sign_in_at(desk, manager)
    touch(desk.get_by_text("Choose period, services and channels"))
    desk.get_by_label("Parking", exact=True).check()
    desk.get_by_label("Web", exact=True).check()
    follow(desk.get_by_role("button", name="Show"))
    assert "service=1" in desk.url
    assert "channel=web" in desk.url
    assert desk.get_by_label("Web", exact=True).is_checked()
    shown = desk.locator(".headline").inner_text()
    touch(desk.get_by_text("Save this view"))
    desk.get_by_label("Name of the view").fill("Parking on the web")
    follow(desk.get_by_role("button", name="Save view"))
    follow(desk.get_by_role("link", name="Parking on the web"))
    assert desk.locator(".headline").inner_text() == shown
    touch(desk.get_by_text("Save this view"))
    follow(desk.get_by_role("button", name="Open this view whenever"))
    follow(desk.get_by_role("link", name="Fairly home"))
    assert "channel=web" in desk.url
    desk.goto("/?all")
    assert "channel=web" not in desk.url


@pytest.mark.browser
def test_a_point_of_the_chart_leads_down_to_its_anonymous_answers(desk: Page, manager: User) -> None:
    sign_in_at(desk, manager)
    chart = desk.locator("section[aria-labelledby=months-title] .chart")
    chart.locator(".scatterlayer path.point").first.wait_for()
    spot = chart.evaluate(
        """place => {
            place.scrollIntoView({block: 'center', behavior: 'instant'});
            const lines = [...place.querySelectorAll('.scatterlayer .trace')];
            const points = lines.map(line => line.querySelectorAll('path.point')).find(found => found.length > 5);
            const box = points[3].getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    desk.mouse.move(*spot)
    chart.locator(".hovertext").first.wait_for()
    with desk.expect_navigation(url="**/rates/behind?*"):
        desk.mouse.click(*spot)
    assert "from=2025-04&to=2025-04" in desk.url
    follow(desk.get_by_role("link", name="Answers: Parking, phone, April 2025"))
    assert desk.get_by_role("heading", level=1).inner_text() == "Answers: Parking, phone, April 2025"
    expect(desk.locator("tbody tr")).to_have_count(10)


@pytest.mark.browser
def test_without_a_script_the_same_way_goes_by_the_table(phone: Page, manager: User) -> None:
    sign_in_at(phone, manager)
    expect(phone.locator(".chart").first).to_be_attached()
    expect(phone.locator(".chart").first).to_be_hidden()
    touch(phone.locator("summary", has_text="Table: satisfaction by month"))
    follow(phone.locator("section[aria-labelledby=months-title]").get_by_role("link", name="April 2025"))
    follow(phone.get_by_role("link", name="Answers: Parking, web, April 2025"))
    expect(phone.locator("tbody tr")).to_have_count(10)
