"""The whole way of a contact: a CRM export goes in, residents answer on phones, a manager sees the exact rate."""

import csv
import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from surveys.core.clock import now
from surveys.core.db import db
from surveys.core.queue import run_waiting
from surveys.people.roles import Role
from surveys.rates.intervals import wilson
from surveys.sampling.models import Draw
from tests.browser.crm_export import FAULTY, write_export
from tests.browser.steps import follow, give_answer, sign_in_at, touch
from tests.makers.answers import answer
from tests.makers.people import make_service, make_user

# How the 160 who can be reached answer, in the order of their invitations; the other 60 do not.
BY_BROWSER = (
    ("Very satisfied", "very_satisfied"),
    ("Fairly satisfied", "fairly_satisfied"),
    ("Neither satisfied nor dissatisfied", "neither"),
    ("Fairly dissatisfied", "fairly_dissatisfied"),
    ("Very dissatisfied", "very_dissatisfied"),
    ("I do not know", "do_not_know"),
)
OTHERS = ("very_satisfied",) * 50 + ("fairly_satisfied",) * 21 + ("neither",) * 8 + ("very_dissatisfied",) * 15
SATISFIED, BASE, DO_NOT_KNOW = 73, 99, 1


@pytest.mark.browser
@pytest.mark.journey
def test_from_a_crm_export_to_the_exact_rate(app: Flask, desk: Page, phone: Page, tmp_path: Path) -> None:
    for slug, name in (("parking", "Parking"), ("council-tax", "Council tax"), ("libraries", "Libraries")):
        make_service(slug, name)
    administrator, manager = make_user(Role.ADMINISTRATOR), make_user(Role.MANAGER)
    upload_and_read_faults(app, desk, administrator, tmp_path)
    assert outcomes() == {"selected": 160, "unreachable": 10, "landline": 10}
    links = links_in_inbox(desk)
    for link, (rating, _) in zip(links, BY_BROWSER, strict=False):
        give_answer(phone, link, rating, "Yes, first time", "It was dealt with quickly.")
        assert "Answers sent" in phone.inner_text("h1")
    for link, code in zip(links[len(BY_BROWSER) :], OTHERS, strict=False):
        answer(link.rpartition("/")[2], code)
    phone.goto(links[0])
    assert "We have your answers" in phone.inner_text("h1")
    run_waiting(app)
    assert app.test_cli_runner().invoke(args=["rates", "recount"]).exit_code == 0
    read_the_rate(app, desk, manager)


def upload_and_read_faults(app: Flask, desk: Page, administrator: object, tmp_path: Path) -> None:
    sign_in_at(desk, administrator)  # type: ignore[arg-type]  # a user, expunged by the maker's commit
    desk.goto("/contacts")
    desk.get_by_label("CSV file").set_input_files(write_export(tmp_path / "export.csv", now()))
    follow(desk.get_by_role("button", name="Upload"), "**/contacts/files/*")
    run_waiting(app)
    # The page follows the loading by its own script, and opens itself again at the end.
    expect(desk.get_by_text("180 new contacts")).to_be_visible()
    desk.wait_for_load_state()
    shown = desk.inner_text("main")
    for _, words in FAULTY:
        assert words in shown
    with desk.expect_download() as download:
        touch(desk.get_by_role("link", name="Download all faults"))
    lines = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text())))
    assert len({line["line"] for line in lines}) == len(FAULTY)


def outcomes() -> dict[str, int]:
    db.session.rollback()
    counted = db.session.execute(sa.select(Draw.outcome, sa.func.count()).group_by(Draw.outcome))
    found = {outcome.value: count for outcome, count in counted}
    db.session.rollback()
    return found


def links_in_inbox(desk: Page) -> list[str]:
    """The newest hundred messages' links, as the inbox shows them."""
    desk.goto("/inbox")
    links = [link.get_attribute("href") or "" for link in desk.locator("article p a").all()]
    assert len(links) == 100
    return links


def read_the_rate(app: Flask, desk: Page, manager: object) -> None:
    follow(desk.get_by_role("button", name="Sign out"))
    sign_in_at(desk, manager)  # type: ignore[arg-type]  # as above
    interval = wilson(SATISFIED, BASE)
    assert interval is not None
    words = desk.inner_text("main")
    assert desk.inner_text(".headline") == f"{SATISFIED / BASE:.0%}"
    assert f"from {BASE} answers" in words
    assert f"{interval.lower:.0%} to {interval.upper:.0%}" in words
    desk.locator(".js-plotly-plot .main-svg").first.wait_for(state="visible")
    with desk.expect_download() as download:
        touch(desk.get_by_role("link", name="Download all of these figures (CSV)"))
    lines = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text())))
    whole = lines[0]
    assert (whole["satisfied"], whole["base"]) == (str(SATISFIED), str(BASE))
    assert whole["rate_percent"] == str(round(SATISFIED / BASE * 100, 1))
    pairs = [line for line in lines if line["level"] == "service and channel"]
    assert sum(int(line["base"]) for line in pairs) == BASE
    assert sum(int(line["satisfied"]) for line in pairs) == SATISFIED
    check = app.test_cli_runner().invoke(args=["rates", "check"])
    assert check.exit_code == 0, check.output
