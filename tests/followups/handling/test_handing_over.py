"""A case goes to the complaints system by a way somebody chose; an address only with consent, and all is told."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.core.db import db
from surveys.followups.cases.history import history
from surveys.followups.cases.models import CaseEventKind, CaseKind, CaseState
from surveys.followups.webhooks.models import WebhookDelivery, WebhookEvent
from surveys.people.models import AuditEntry, Service, User
from surveys.people.roles import Role
from tests.followups.made import run
from tests.makers.cases import case_of, event_kinds, make_case
from tests.makers.comments import read_all
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.webhooks import make_webhook
from tests.pages import soup, text_of
from tests.stubs.receiver import Receiver, receiving

WORDS = "=HYPERLINK(1) I was cut off, ring 07700 900456."
TODAY = "2026-11-23"
HANDED = WebhookEvent.CASE_HANDED_OVER


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as found:
        yield found


@pytest.fixture
def officer(app: Flask, client: FlaskClient) -> User:
    user = make_user(Role.OFFICER, service=make_service())
    sign_in(client, user)
    return user


def form_of(client: FlaskClient, number: int, action: str) -> dict[str, str]:
    """The hidden fields of a form of the case's page."""
    form = soup(client.get(f"/cases/{number}")).find("form", action=f"/cases/{number}/{action}")
    assert form is not None
    return {str(one["name"]): str(one.get("value", "")) for one in form.find_all("input", type="hidden")}


def hand(client: FlaskClient, number: int, way: str, reference: str = "") -> TestResponse:
    fields = form_of(client, number, "hand-over")
    return client.post(f"/cases/{number}/hand-over", data=fields | {"outcome": way, "words": reference})


def rows_of(response: TestResponse) -> list[dict[str, str]]:
    assert response.status_code == 200, response.get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))


def last_entry(action: str) -> AuditEntry:
    db.session.rollback()
    query = sa.select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id.desc()).limit(1)
    return db.session.scalars(query).one()


def test_by_webhook_it_goes_to_the_chosen_system_and_the_case_says_so(
    app: Flask, client: FlaskClient, officer: User, receiver: Receiver
) -> None:
    webhook = make_webhook(receiver.url, HANDED)
    number = make_case(kind=CaseKind.COMPLAINT, words=WORDS)
    read_all()
    assert hand(client, number, str(webhook)).status_code == 303
    case = case_of(number)
    assert (case.state, case.complaint_reference, case.edition) == (CaseState.HANDED_OVER, None, 2)
    assert event_kinds(number) == [CaseEventKind.OPENED, CaseEventKind.HANDED_OVER]
    assert "still on its way" in text_of(client.get(f"/cases/{number}"))
    run(app, "followups.webhooks")
    assert len(receiver.came) == 1
    assert "The message to it was taken." in text_of(client.get(f"/cases/{number}"))
    entry = last_entry("case handed over")
    assert (entry.subject, entry.actor) == (f"case:{number}", f"user:{officer.id}")
    assert entry.details == {"before": "new", "way": str(webhook), "consent": True}


def test_the_same_form_sent_twice_hands_it_over_once(app: Flask, client: FlaskClient, officer: User) -> None:
    webhook = make_webhook("https://complaints.example/", HANDED)
    number = make_case()
    fields = form_of(client, number, "hand-over") | {"outcome": str(webhook)}
    for _ in range(2):
        assert client.post(f"/cases/{number}/hand-over", data=fields).status_code == 303
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(WebhookDelivery)) == 1


@pytest.mark.parametrize(
    ("way", "reference", "words", "status"),
    [
        ("", "", "Select how to hand it over", 422),
        ("by_hand", " ", "Enter the number that the case has in the complaints system", 422),
        ("by_hand", "C" * 61, "60 characters or less", 422),
        ("999", "", "was switched off", 409),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(
    app: Flask, client: FlaskClient, officer: User, way: str, reference: str, words: str, status: int
) -> None:
    number = make_case()
    refused = hand(client, number, way, reference)
    assert refused.status_code == status
    assert words in text_of(refused)
    assert case_of(number).state is CaseState.NEW
    if reference.strip():
        assert reference in refused.get_data(as_text=True)


def test_entered_by_hand_it_keeps_its_number_there_which_can_be_put_right(
    app: Flask, client: FlaskClient, officer: User
) -> None:
    number = make_case()
    assert hand(client, number, "by_hand", " C-2026 / 17 ").status_code == 303
    assert case_of(number).complaint_reference == "C-2026 / 17"
    fields = form_of(client, number, "reference")
    assert client.post(f"/cases/{number}/reference", data=fields | {"words": "C-18"}).status_code == 303
    assert case_of(number).complaint_reference == "C-18"
    stale = client.post(f"/cases/{number}/reference", data=fields | {"words": "C-19"})
    assert stale.status_code == 409
    words = [event.words for event in history(number)]
    assert words[1:] == [
        "Entered in the complaints system: C-2026 / 17",
        "Its number in the complaints system: C-18",
    ]


def test_a_file_of_one_case_is_safe_in_a_spreadsheet_redacted_and_audited(
    app: Flask, client: FlaskClient, officer: User
) -> None:
    number = make_case(words=WORDS, email="jo@example.com")
    read_all()
    assert client.post(f"/cases/{number}/handed.csv").status_code == 409
    hand(client, number, "file")
    response = client.post(f"/cases/{number}/handed.csv")
    (row,) = rows_of(response)
    assert (row["number"], row["service"], row["channel"], row["day"]) == (str(number), "parking", "phone", TODAY)
    assert (row["phone"], row["email"], row["may_be_contacted"]) == ("'+447700900123", "jo@example.com", "yes")
    assert row["comments"].startswith("'=HYPERLINK")
    assert "900456" not in row["comments"]
    entry = last_entry("handed cases exported")
    digest = hashlib.sha256(response.data).hexdigest()
    assert (entry.subject, entry.details) == (f"case:{number}", {"rows": 1, "sha256": digest})
    assert event_kinds(number)[-1] is CaseEventKind.HANDED_OVER
    assert "last downloaded in a file on 23 November 2026" in text_of(client.get(f"/cases/{number}"))


def test_without_consent_no_address_is_in_the_file(app: Flask, client: FlaskClient, officer: User) -> None:
    number = make_case(consent=False)
    hand(client, number, "file")
    (row,) = rows_of(client.post(f"/cases/{number}/handed.csv"))
    assert (row["phone"], row["email"], row["may_be_contacted"]) == ("", "", "no")


def test_the_file_of_a_period_has_what_is_in_no_file_yet_and_on_wish_all_of_it(
    app: Flask, client: FlaskClient, officer: User, clock: time_machine.Traveller
) -> None:
    webhook = make_webhook("https://complaints.example/", HANDED)
    cases = [make_case(consent=False) for _ in range(4)]
    for number, way in zip(cases, ("file", "file", str(webhook), "by_hand"), strict=True):
        hand(client, number, way, "C-1")
    make_case()
    page = text_of(client.get(f"/cases/handed-over?from={TODAY}&to={TODAY}"))
    assert "2 of 4 wait for a file" in page
    days = {"from": TODAY, "to": TODAY}
    first = rows_of(client.post("/cases/handed-over.csv", data=days))
    assert [row["number"] for row in first] == [str(number) for number in cases[:2]]
    nothing = client.post("/cases/handed-over.csv", data=days)
    assert nothing.status_code == 409
    assert "nothing to download" in text_of(nothing)
    everything = rows_of(client.post("/cases/handed-over.csv", data=days | {"again": "yes"}))
    assert len(everything) == 4
    assert client.post("/cases/handed-over.csv", data={"from": "2026-11-20", "to": "2026-11-22"}).status_code == 409


def test_a_case_that_comes_back_and_is_handed_over_anew_waits_for_a_file_again(
    app: Flask, client: FlaskClient, officer: User
) -> None:
    number = make_case(consent=False)
    hand(client, number, "file")
    client.post("/cases/handed-over.csv")
    fields = form_of(client, number, "reopen")
    assert client.post(f"/cases/{number}/reopen", data=fields | {"words": "They sent it back"}).status_code == 303
    hand(client, number, "file")
    assert [row["number"] for row in rows_of(client.post("/cases/handed-over.csv"))] == [str(number)]


def test_another_service_s_case_is_not_found_and_not_in_the_file(
    app: Flask, client: FlaskClient, officer: User
) -> None:
    theirs = make_case(service="bins", state=CaseState.HANDED_OVER)
    for action in ("hand-over", "reference"):
        fields = {"number": "n", "edition": "1", "last_seen": "1", "outcome": "file", "words": "C-1"}
        assert client.post(f"/cases/{theirs}/{action}", data=fields).status_code == 404
    assert client.post(f"/cases/{theirs}/handed.csv").status_code == 404
    assert client.post("/cases/handed-over.csv", data={"again": "yes"}).status_code == 409


def test_a_page_of_days_that_make_no_sense_shows_the_last_month(app: Flask, client: FlaskClient, officer: User) -> None:
    page = client.get("/cases/handed-over?from=x&to=2026-13-40").get_data(as_text=True)
    assert re.findall(r'type="date"[^>]*value="([^"]+)"', page) == ["2026-10-24", TODAY]


def test_who_may_not_handle_cases_hands_none_over(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.REVIEWER))
    number = make_case()
    assert client.post(f"/cases/{number}/hand-over").status_code == 403
    assert client.get("/cases/handed-over").status_code == 403
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Service)) == 1
