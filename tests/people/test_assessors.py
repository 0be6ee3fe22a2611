"""Assessors: in until their last day and for their months alone, changing nothing, and every look in the trail."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError

from surveys import DOORS
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound, Refused
from surveys.people.accounts import add_user, change_user, find_user
from surveys.people.assessors import NO_PERIOD, ONE_ROLE, Access, assessors, find_assessor, give_access
from surveys.people.guards import PUBLIC
from surveys.people.looks import LOOKED, TOOK
from surveys.people.models import AuditEntry, Grant
from surveys.people.roles import Role
from tests.makers.people import PASSWORD, make_service, make_user, sign_in
from tests.pages import text_of
from tests.people.conftest import Browser, acts, last_entry

NINE = datetime(2026, 5, 1, 9, tzinfo=UTC)
MAY = Access(date(2026, 5, 31), date(2026, 1, 1), date(2026, 3, 1))
# All that an assessor may send: leaving, their own password and emails, views of their own, and taking a pack away.
OWN = {
    "account.sign_out",
    "account.change_own_password",
    "emails.change",
    "notices.mark_seen",
    "saved.save",
    "saved.delete",
    "evidence.take",
}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as time:
        yield time


def looks() -> list[tuple[str, str]]:
    db.session.rollback()
    e = AuditEntry
    found = db.session.execute(sa.select(e.action, e.subject).where(e.action.in_([LOOKED, TOOK])).order_by(e.id))
    return [(action, subject) for action, subject in found]


def test_an_assessor_without_a_period_sees_nothing_and_is_told_why(app: Flask, browser: Browser) -> None:
    client = sign_in(browser(), make_user(Role.ASSESSOR, access=None))
    for path in ("/rates/targets", "/evidence", "/sampling", "/audit", "/why", "/questionnaires"):
        answer = client.get(path)
        assert (answer.status_code, NO_PERIOD in text_of(answer)) == (403, True), path
    assert client.get("/account").status_code == client.get("/").status_code == 200


def test_an_account_opens_until_the_end_of_its_last_day_in_london(
    browser: Browser, clock: time_machine.Traveller
) -> None:
    user = make_user(Role.ASSESSOR, access=MAY)
    clock.move_to(datetime(2026, 5, 31, 22, 50, tzinfo=UTC))
    client = sign_in(browser(), user)
    assert client.get("/sampling").status_code == 200
    clock.move_to(datetime(2026, 5, 31, 23, 1, tzinfo=UTC))
    assert client.get("/sampling").status_code == 302, "it is June in London, and the session has ended"
    answer = browser().post("/sign-in", data={"email": user.email, "password": PASSWORD})
    assert answer.status_code == 422
    assert "Your access ended on 31 May 2026." in text_of(answer)
    assert acts()[-1] == "sign-in refused"


def test_only_who_knows_the_password_is_told_that_access_has_ended(
    browser: Browser, clock: time_machine.Traveller
) -> None:
    user = make_user(Role.ASSESSOR, access=MAY)
    clock.move_to(datetime(2026, 6, 2, tzinfo=UTC))
    answer = browser().post("/sign-in", data={"email": user.email, "password": "not the right words"})
    assert "ended" not in text_of(answer)


def test_access_given_anew_opens_the_account_again_and_the_trail_has_both(browser: Browser) -> None:
    over = Access((now() - timedelta(days=2)).date(), MAY.first_month, MAY.last_month)
    user, administrator = make_user(Role.ASSESSOR, access=over), make_user()
    with transaction():
        give_access(user.id, Access(date(2100, 1, 1), MAY.first_month, MAY.last_month), administrator.id, now())
    entry = last_entry()
    assert (entry.action, entry.subject) == ("assessor access given", f"user:{user.id}")
    assert entry.details["before"]["ends_on"] == over.ends_on.isoformat()
    assert entry.details["after"] == {"ends_on": "2100-01-01", "first_month": "2026-01", "last_month": "2026-03"}
    sign_in(browser(), user)


def test_months_that_run_backward_are_refused_by_the_program_and_the_database(app: Flask) -> None:
    user = make_user(Role.ASSESSOR)
    backward = Access(MAY.ends_on, MAY.last_month, MAY.first_month)
    with pytest.raises(Refused, match="Last month"), transaction():
        give_access(user.id, backward, None, now())
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(sa.text("UPDATE assessor_access SET last_month = '1999-01-01'"))


def test_an_assessor_can_have_no_other_role(app: Flask) -> None:
    both = [(Role.ASSESSOR, None), (Role.MANAGER, None)]
    with pytest.raises(Refused, match=ONE_ROLE[:30]), transaction():
        add_user("both@example.gov.uk", "Both", PASSWORD, both)
    user = make_user(Role.ASSESSOR)
    with pytest.raises(Refused, match=ONE_ROLE[:30]), transaction():
        change_user(find_user(user.id), "Some Body", True, both)


def test_an_account_that_had_both_roles_before_keeps_its_other_one(app: Flask, browser: Browser) -> None:
    """Whoever is a manager as well must not be shut out by an upgrade; they are listed as no assessor."""
    user = make_user(Role.MANAGER)
    with transaction():
        db.session.add(Grant(user_id=user.id, role=Role.ASSESSOR, service_id=None))
    assert sign_in(browser(), user).get("/rates/targets").status_code == 200
    assert assessors() == []
    with pytest.raises(NotFound):
        find_assessor(user.id)


def test_a_page_is_in_the_trail_once_a_day_without_what_was_asked(
    browser: Browser, clock: time_machine.Traveller
) -> None:
    client = sign_in(browser(), make_user(Role.ASSESSOR))
    for path in ("/why?source=crm&reference=SECRET-1", "/why", "/sampling", "/healthz"):
        client.get(path)
    assert looks() == [(LOOKED, "/why"), (LOOKED, "/sampling")]
    clock.shift(timedelta(minutes=20))
    client.get("/why")
    assert len(looks()) == 2
    clock.move_to(NINE + timedelta(days=1))
    sign_in(client, find_user(assessors()[0].id))
    client.get("/why")
    assert looks()[2:] == [(LOOKED, "/why")]


def test_each_file_that_an_assessor_takes_is_in_the_trail(browser: Browser) -> None:
    make_service()
    client = sign_in(browser(), make_user(Role.ASSESSOR))
    for _ in range(2):
        assert client.get("/rates.csv").status_code == 200
    assert looks() == [(TOOK, "/rates.csv")] * 2


def test_a_page_that_was_refused_is_no_look_and_nobody_elses_looks_are_kept(browser: Browser) -> None:
    client = sign_in(browser(), make_user(Role.ASSESSOR))
    assert client.get("/users").status_code == 403
    sign_in(browser(), make_user(Role.MANAGER)).get("/sampling")
    assert looks() == []


def test_an_assessor_may_send_nothing_that_changes_anything(app: Flask, browser: Browser) -> None:
    client = sign_in(browser(), make_user(Role.ASSESSOR))
    guarded = {door.blueprint.name for door in DOORS if door.guard is not PUBLIC}
    refused, open_to_them = 0, set()
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}:
            if rule.endpoint.split(".")[0] not in guarded:
                continue
            if rule.endpoint in OWN:
                open_to_them.add(rule.endpoint)
                continue
            with app.test_request_context():
                _, path = rule.build(dict.fromkeys(rule.arguments, 1)) or ("", "")
            assert client.open(path, method=method).status_code == 403, path
            refused += 1
    assert refused > 60
    assert open_to_them == OWN
