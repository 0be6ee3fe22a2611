"""Each person chooses how they are told of cases; of urgent ones nobody may leave a service without anybody told."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.notices.choices import Duty, left_alone
from surveys.followups.notices.models import AlertChoice, AlertKind
from surveys.followups.webhooks.models import Webhook
from surveys.people.models import AuditEntry, User
from surveys.people.roles import Role
from tests.answers.racing import at_once
from tests.makers.people import PASSWORD, make_service, make_user, sign_in
from tests.pages import soup, text_of

ALL = ("urgent", "new_case", "given", "late")
ADMINISTRATOR, MANAGER = Role.ADMINISTRATOR, Role.MANAGER


def save(client: FlaskClient, *by_email: str, **more: str) -> TestResponse:
    ticked = {f"{kind}-email": "yes" for kind in by_email}
    return client.post("/account/emails", data={"alerts": "shown", "weekly": "yes", **ticked, **more})


def by_email(user: User) -> dict[str, bool]:
    db.session.rollback()
    query = sa.select(AlertChoice.kind, AlertChoice.by_email).where(AlertChoice.user_id == user.id)
    return {kind.value: chosen for kind, chosen in db.session.execute(query)}


def offered(client: FlaskClient) -> list[str]:
    page = soup(client.get("/account/emails"))
    return [str(box["name"]) for box in page.select("input[type=checkbox]") if str(box["name"]).endswith("-email")]


@pytest.mark.parametrize(
    ("role", "kinds"),
    [(Role.OFFICER, ALL), (Role.MANAGER, ALL), (Role.REVIEWER, ("urgent",)), (Role.ASSESSOR, ())],
)
def test_a_person_is_offered_what_their_role_may_be_told_of(
    app: Flask, client: FlaskClient, role: Role, kinds: tuple[str, ...]
) -> None:
    sign_in(client, make_user(role))
    assert offered(client) == [f"{kind}-email" for kind in kinds]


def test_a_choice_is_kept_shown_and_audited(app: Flask, client: FlaskClient) -> None:
    user = make_user(Role.OFFICER)
    with transaction():
        webhook = Webhook(name="Chat", url="https://chat.example/", secret="whsec_AA==", events=[], active=True)
        webhook.made_at, webhook.made_by = now(), user.id
        db.session.add(webhook)
        db.session.flush()
        number = webhook.id
    sign_in(client, user)
    assert save(client, "urgent", "given", **{"late-webhook": str(number), "given-webhook": "999"}).status_code == 303
    assert by_email(user) == {"new_case": False, "late": False}
    chosen = db.session.get_one(AlertChoice, (user.id, AlertKind.LATE))
    assert chosen.webhook_id == number
    page = soup(client.get("/account/emails"))
    assert [box["name"] for box in page.select("input[checked]")] == ["urgent-email", "given-email", "weekly"]
    assert page.select_one("#late-webhook option[selected]")
    actions = db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert actions == ["emails chosen", "alerts chosen"]


def test_the_only_person_on_duty_cannot_turn_urgent_emails_off_and_reads_why(app: Flask, client: FlaskClient) -> None:
    parking = make_service()
    make_service("bins", "Bins")
    make_user(email="administrator@example.gov.uk")
    user = make_user(Role.MANAGER, service=parking)
    sign_in(client, user)
    refused = save(client, "new_case")
    assert refused.status_code == 422
    assert "nobody else would get them for Parking. First, another manager" in text_of(refused)
    assert "checked" not in str(soup(refused).select_one("#urgent-email"))
    assert by_email(user) == {}
    other = make_user(Role.REVIEWER, service=parking)
    assert save(client, "new_case").status_code == 303
    assert by_email(user)["urgent"] is False
    sign_in(client, other)
    assert save(client).status_code == 422


def test_of_two_who_turn_it_off_at_once_one_is_refused(app: Flask) -> None:
    users = [make_user(Role.MANAGER, email=f"manager{n}@example.gov.uk") for n in range(2)]
    make_service()

    def turning_off(email: str) -> Callable[[FlaskClient], int]:
        def work(client: FlaskClient) -> int:
            client.post("/sign-in", data={"email": email, "password": PASSWORD})
            return save(client).status_code

        return work

    assert sorted(at_once(app, *[turning_off(user.email) for user in users])) == [303, 422]


@pytest.mark.parametrize(
    ("others", "alone"),
    [
        ([], True),
        ([(MANAGER, True)], False),
        ([(MANAGER, False)], True),
        ([(Role.OFFICER, False), (Role.REVIEWER, True)], False),
        # An administrator is told only where nobody is on duty.
        ([(ADMINISTRATOR, True)], True),
    ],
)
def test_who_else_must_be_there(others: list[tuple[Role, bool]], alone: bool) -> None:
    duties = [Duty(1, "Parking", 1, MANAGER, True)]
    duties += [Duty(1, "Parking", n, role, wants) for n, (role, wants) in enumerate(others, 2)]
    assert left_alone(duties, 1) == (["Parking"] if alone else [])


def test_administrators_count_for_each_other_where_nobody_is_on_duty() -> None:
    both = [Duty(1, "Parking", 1, ADMINISTRATOR, True), Duty(1, "Parking", 2, ADMINISTRATOR, True)]
    assert left_alone(both, 1) == []
    assert left_alone(both[:1], 1) == ["Parking"]
    on_duty = Duty(1, "Parking", 3, MANAGER, False)
    assert left_alone([*both[:1], on_duty], 1) == []
