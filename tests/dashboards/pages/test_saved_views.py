"""Saved views: one's own only, a period and places and nothing else, and one of them opens at home."""

import pytest
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound, Refused
from surveys.dashboards.pages.saved import MOST_VIEWS, delete_view, save_view, saved_views
from surveys.people.roles import Role
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of
from tests.rates.made import AT


def save(user: int, name: str, page: str = "/", address: str = "from=2026-01&to=2026-03") -> None:
    with transaction():
        save_view(user, name, page, address, AT)


def names_of(user: int) -> list[str]:
    found = [view.name for view in saved_views(user)]
    db.session.rollback()
    return found


def test_a_view_is_saved_listed_opened_and_deleted(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    form = {
        "name": " Parking,  phone ",
        "page": "/rates/service/3",
        "address": "from=2026-01&channel=phone&file=months",
    }
    assert client.post("/rates/views", data=form).location == "/rates/views"
    page = soup(client.get("/rates/views"))
    link = page.find("a", string="Parking, phone")
    assert link is not None
    assert link["href"] == "/rates/service/3?from=2026-01&channel=phone"
    deletion = page.select_one("form[action$=delete]")
    assert deletion is not None
    client.post(str(deletion["action"]))
    assert "Parking, phone" not in text_of(client.get("/rates/views"))


def test_the_usual_view_opens_at_home_and_everything_can_still_be_seen(client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    assert client.get("/").status_code == 200
    client.post("/rates/views", data={"usual": "1", "page": "/", "address": "from=2026-01&to=2026-03"})
    home = client.get("/")
    assert (home.status_code, home.location) == (302, "/?from=2026-01&to=2026-03")
    assert "January 2026 to March 2026" in text_of(client.get(home.location))
    assert client.get("/?all").status_code == 200
    client.post("/rates/views", data={"usual": "1", "page": "/", "address": ""})
    assert client.get("/").location == "/?all"


def test_the_same_name_is_saved_over_and_another_user_s_views_are_not_touched(client: FlaskClient) -> None:
    one, other = make_user(Role.MANAGER).id, make_user(Role.MANAGER, email="other@example.gov.uk").id
    save(one, "Mine")
    save(one, "Mine", address="from=2026-02")
    save(other, "Mine")
    assert names_of(one) == ["Mine"]
    view = saved_views(one)[0]
    assert view.address == "/?from=2026-02"
    with pytest.raises(NotFound), transaction():
        delete_view(other, view.id)
    assert names_of(one) == ["Mine"]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        (" ", "/"),
        ("n" * 61, "/"),
        ("Elsewhere", "//example.com"),
        ("Elsewhere", "https://example.com"),
        ("Elsewhere", "/users"),
        ("Elsewhere", "/rates/../users"),
    ],
)
def test_only_pages_of_rates_are_saved_under_a_name(client: FlaskClient, name: str, page: str) -> None:
    user = make_user(Role.MANAGER).id
    with pytest.raises(Refused):
        save(user, name, page)
    assert names_of(user) == []


def test_words_that_somebody_typed_are_not_kept_and_views_are_not_without_number(client: FlaskClient) -> None:
    user = make_user(Role.MANAGER).id
    save(user, "View", address="words=Jane+Smith&service=3&name=Jane")
    assert saved_views(user)[0].address == "/?service=3"
    for number in range(1, MOST_VIEWS):
        save(user, f"View {number}")
    with pytest.raises(Refused, match="Delete one first"):
        save(user, "One more")
    save(user, "View", address="service=4")
