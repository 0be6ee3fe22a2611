"""The console says what somebody was told of, and how much of it is new; looking changes nothing."""

from datetime import timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.cases.models import CaseKind
from surveys.followups.notices.models import AlertKind, Notice
from surveys.followups.notices.telling import notify
from surveys.people.models import User
from surveys.people.roles import Role
from tests.counting import statements
from tests.followups.made import run
from tests.makers.cases import make_case
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of


def tell(kind: AlertKind, *cases: int) -> None:
    with transaction():
        notify(kind, cases, now())


def header(client: FlaskClient, path: str) -> str:
    link = soup(client.get(path)).select_one('header a[href="/notices"]')
    return link.get_text() if link else ""


def unseen() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Notice.seen_at.is_(None))) or 0


def officer_of(slug: str) -> User:
    return make_user(Role.OFFICER, email=f"{slug}@example.gov.uk", service=make_service(slug, slug.capitalize()))


def test_a_page_lists_what_its_reader_was_told_of_and_marks_what_is_new(app: Flask, client: FlaskClient) -> None:
    sign_in(client, officer_of("parking"))
    officer_of("bins")
    mine, theirs = make_case(), make_case(service="bins")
    tell(AlertKind.NEW_CASE, mine, theirs)
    page = client.get("/notices")
    assert f"Case {mine} New" in text_of(page)
    assert f"Case {theirs} " not in text_of(page)
    assert soup(page).find("a", href=f"/cases/{mine}") is not None
    assert header(client, "/cases") == "Notices (1 new)"
    assert unseen() == 2


def test_marking_as_seen_takes_what_the_page_showed_and_leaves_what_came_since(app: Flask, client: FlaskClient) -> None:
    sign_in(client, officer_of("parking"))
    tell(AlertKind.NEW_CASE, make_case())
    field = soup(client.get("/notices")).find("input", attrs={"name": "newest"})
    assert field is not None
    tell(AlertKind.NEW_CASE, make_case())
    assert client.post("/notices/seen", data={"newest": str(field["value"])}).status_code == 303
    assert unseen() == 1
    assert header(client, "/notices") == "Notices (1 new)"
    assert client.post("/notices/seen", data={"newest": "all"}).status_code == 404


def test_notices_are_let_go_after_ninety_days(app: Flask, clock: time_machine.Traveller) -> None:
    make_user(Role.MANAGER)
    tell(AlertKind.NEW_CASE, make_case())
    for days, left in ((89, 1), (2, 0)):
        clock.shift(timedelta(days=days))
        run(app, "followups.let_notices_go")
        assert unseen() == left


def test_nobody_marks_the_notices_of_another(app: Flask, client: FlaskClient) -> None:
    make_user(Role.MANAGER)
    tell(AlertKind.NEW_CASE, make_case())
    sign_in(client, officer_of("bins"))
    client.post("/notices/seen", data={"newest": "999999"})
    assert unseen() == 1


def test_a_service_that_was_taken_away_takes_its_notices_along(app: Flask, client: FlaskClient) -> None:
    user = officer_of("parking")
    tell(AlertKind.NEW_CASE, make_case())
    other = make_service("bins", "Bins").id
    with transaction():
        db.session.get_one(User, user.id).grants[0].service_id = other
    sign_in(client, user)
    assert "You have not been told of any case yet." in text_of(client.get("/notices"))


def test_a_reviewer_sees_urgent_notices_and_is_led_to_urgent_comments(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.REVIEWER))
    number = make_case(kind=CaseKind.SAFEGUARDING)
    tell(AlertKind.URGENT, number)
    page = soup(client.get("/notices"))
    assert page.select_one('table a[href="/comments/urgent"]') is not None
    assert page.find("a", href=f"/cases/{number}") is None


def test_who_is_never_told_of_cases_has_no_such_link(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.ASSESSOR))
    assert header(client, "/") == ""


def test_the_header_costs_one_query_where_it_counts_and_none_elsewhere(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    tell(AlertKind.NEW_CASE, *[make_case(consent=False) for _ in range(3)])
    for path, cost in (("/cases", 1), ("/", 1), ("/comments", 0)):
        with statements() as seen:
            client.get(path)
        assert sum("FROM notices" in one for one in seen) == cost, path


def test_long_lists_come_in_pages_and_a_page_takes_as_many_queries_as_an_empty_one(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(client, officer_of("parking"))
    with statements() as empty:
        client.get("/notices")
    number = make_case()
    for minute in range(55):
        with transaction():
            notify(AlertKind.LATE, [number], now() + timedelta(minutes=minute))
    with statements() as full:
        page = soup(client.get("/notices"))
    assert len(full) == len(empty) <= 6
    assert len(page.select("tbody tr")) == 50
    older = page.find("a", string="Older notices")
    assert older is not None
    assert len(soup(client.get(str(older["href"]))).select("tbody tr")) == 5
    assert client.get("/notices?before=x").status_code == 404
