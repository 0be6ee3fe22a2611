"""The public pages of results in a real browser: accessible, and no wider than a phone."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.steps import sideways_scroll, violations
from tests.evidence.quarterly import SUMMER, make_figures, publish_now, some_ratings


@pytest.mark.browser
def test_the_results_are_accessible_and_fit_a_phone(app: Flask, desk: Page) -> None:
    for number in (0, 1):
        quarter = SUMMER.plus(-number)
        make_figures(some_ratings(number, quarter))
        publish_now(quarter)
    for path in ("/results", "/results/tax"):
        for width in (320, 1280):
            desk.set_viewport_size({"width": width, "height": 900})
            desk.goto(path)
            assert violations(desk) == [], (path, width)
            assert sideways_scroll(desk) <= 0, (path, width)
    assert desk.context.cookies() == []
    desk.get_by_role("link", name="satisfaction.csv").focus()
    assert desk.locator("svg[role=img] circle").count() == 2
