"""Administrators connect other systems: the secret is shown once, and what becomes of messages can be seen."""

from collections.abc import Iterator, Sequence

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.webhooks.models import DeliveryState, Webhook, WebhookDelivery, WebhookEvent
from surveys.followups.webhooks.queueing import queue_event
from surveys.followups.webhooks.signing import secrets_in
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.counting import statements
from tests.followups.made import run
from tests.makers.cases import make_case
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of
from tests.stubs.receiver import Receiver, receiving

EVENTS = ["case.opened", "case.late"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def keeper(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user())


def add(client: FlaskClient, url: str, name: str = "Chat") -> str:
    """The secret that the page shows."""
    page = client.post("/webhooks/new", data={"name": name, "url": url, "events": EVENTS})
    assert page.status_code == 201, text_of(page)
    shown = soup(page).select_one(".code")
    assert shown is not None
    return shown.get_text(strip=True)


def webhook() -> Webhook:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(sa.select(Webhook)).one()


def actions() -> list[str]:
    db.session.rollback()
    query = sa.select(AuditEntry.action).where(AuditEntry.subject.like("webhook:%")).order_by(AuditEntry.id)
    return list(db.session.scalars(query))


def test_a_secret_is_shown_when_it_is_made_and_never_again(keeper: FlaskClient, receiver: Receiver) -> None:
    first = add(keeper, receiver.url)
    assert secrets_in(webhook().secret) == [first]
    pages = [keeper.get(f"/webhooks{path}").get_data(as_text=True) for path in ("", "/1", "/1/change")]
    assert all("whsec_" not in page for page in pages)
    changed = soup(keeper.post("/webhooks/1/secret")).select_one(".code")
    assert changed is not None
    assert secrets_in(webhook().secret) == [changed.get_text(strip=True), first]
    keeper.post("/webhooks/1/old-secret")
    assert secrets_in(webhook().secret) == [changed.get_text(strip=True)]
    assert actions() == ["webhook added", "webhook secret changed", "webhook old secret retired"]
    details = db.session.scalars(sa.select(AuditEntry.details)).all()
    assert all("whsec_" not in str(one) and "/hook" not in str(one) for one in details)


@pytest.mark.parametrize(
    ("name", "url", "words"),
    [
        ("", "https://hooks.example/", "Enter a name"),
        ("Chat", "", "Enter the address"),
        ("Chat", "http://hooks.example/", "must begin with https://"),
        ("Chat", "https://me:word@hooks.example/", "must not hold a name or password"),
        ("Chat", "https://inside.example/", "leads to a private network"),
        ("Chat", "https://unknown.example/", "cannot be found"),
        ("Chat", "https://169.254.169.254/latest", "leads to a private network"),
    ],
)
def test_an_address_that_may_not_be_called_is_refused_beside_its_field(
    app: Flask, keeper: FlaskClient, monkeypatch: pytest.MonkeyPatch, name: str, url: str, words: str
) -> None:
    def resolve(host: str, _port: int) -> Sequence[str]:
        if host == "unknown.example":
            raise OSError
        return ["10.0.0.7"] if host == "inside.example" else [host if host[0].isdigit() else "1.1.1.1"]

    monkeypatch.setitem(app.extensions, "resolve", resolve)
    page = keeper.post("/webhooks/new", data={"name": name, "url": url})
    assert page.status_code == 422
    assert words in text_of(page)
    assert soup(page).select_one("[aria-invalid=true]") is not None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Webhook)) == 0


def test_a_name_that_is_taken_is_refused(keeper: FlaskClient, receiver: Receiver) -> None:
    add(keeper, receiver.url)
    again = keeper.post("/webhooks/new", data={"name": "Chat", "url": receiver.url})
    assert again.status_code == 422
    assert "already a webhook with this name" in text_of(again)


def test_a_test_message_goes_and_the_page_says_what_came_of_it(
    app: Flask, keeper: FlaskClient, receiver: Receiver
) -> None:
    add(keeper, receiver.url)
    receiver.statuses = [503, 200]
    keeper.post("/webhooks/1/test")
    run(app, "followups.webhooks")
    page = text_of(keeper.get("/webhooks/1"))
    assert "webhook.test Waiting 1 503" in page
    keeper.post("/webhooks/1/deliveries/1/again")
    run(app, "followups.webhooks")
    assert "webhook.test Delivered 2 200" in text_of(keeper.get("/webhooks/1"))
    assert len({came.message_id for came in receiver.came}) == 1


def test_what_is_switched_off_gets_nothing_until_it_is_on_again(
    app: Flask, keeper: FlaskClient, receiver: Receiver
) -> None:
    add(keeper, receiver.url)
    number = make_case()
    with transaction():
        queue_event(WebhookEvent.CASE_OPENED, [number], now())
    keeper.post("/webhooks/1/switch", data={"to": "off"})
    assert keeper.post("/webhooks/1/test").status_code == 409
    run(app, "followups.webhooks")
    assert receiver.came == []
    keeper.post("/webhooks/1/switch", data={"to": "on"})
    run(app, "followups.webhooks")
    assert len(receiver.came) == 1


def test_deleting_takes_its_messages_along(app: Flask, keeper: FlaskClient, receiver: Receiver) -> None:
    add(keeper, receiver.url)
    keeper.post("/webhooks/1/test")
    assert keeper.post("/webhooks/1/delete").status_code == 303
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(WebhookDelivery)) == 0
    assert "There is none yet." in text_of(keeper.get("/webhooks"))
    assert keeper.get("/webhooks/1").status_code == 404


def test_a_message_whose_words_are_gone_is_not_sent_again(keeper: FlaskClient, receiver: Receiver) -> None:
    add(keeper, receiver.url)
    keeper.post("/webhooks/1/test")
    with transaction():
        gone = sa.update(WebhookDelivery).values(state=DeliveryState.FAILED, body=None)
        db.session.execute(gone)
    assert "Try again" not in text_of(keeper.get("/webhooks/1"))
    assert keeper.post("/webhooks/1/deliveries/1/again").status_code == 409


def test_a_page_takes_as_many_queries_however_many_messages_there_are(
    app: Flask, keeper: FlaskClient, receiver: Receiver
) -> None:
    add(keeper, receiver.url)
    counts = []
    for _ in range(2):
        for path in ("/webhooks", "/webhooks/1"):
            with statements() as seen:
                keeper.get(path)
            counts.append(len(seen))
        for _ in range(20):
            keeper.post("/webhooks/1/test")
    assert counts[:2] == counts[2:]
    assert max(counts) <= 6


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OFFICER, Role.DATA_PROTECTION_OFFICER])
def test_nobody_but_administrators_comes_in(app: Flask, client: FlaskClient, role: Role) -> None:
    sign_in(client, make_user(role))
    assert client.get("/webhooks").status_code == 403
