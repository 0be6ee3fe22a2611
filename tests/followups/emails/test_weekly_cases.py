"""The weekly email says how many cases came, were closed, are open and are late, for the services of its reader."""

from datetime import timedelta

from flask import Flask

from surveys.followups.cases.models import CaseKind, CaseState
from surveys.people.roles import Role
from tests.followups.made import MOMENT, Mailbox, run
from tests.makers.cases import make_case
from tests.makers.people import make_service, make_user

OLD = MOMENT - timedelta(days=30)


def body_to(mail: Mailbox, name: str) -> str:
    return next(one.body for one in mail.messages if one.recipient.startswith(name))


def test_each_reader_gets_the_counts_of_their_services(app: Flask, mail: Mailbox) -> None:
    parking, bins = make_service(), make_service("bins", "Bins")
    make_user(Role.MANAGER, email="parking@example.gov.uk", service=parking)
    make_user(Role.MANAGER, email="bins@example.gov.uk", service=bins)
    make_user(Role.MANAGER, email="chief@example.gov.uk")
    make_case(kind=CaseKind.COMPLAINT)
    make_case(opened_at=OLD)
    make_case(opened_at=OLD, state=CaseState.CLOSED)
    make_case(service="bins", opened_at=OLD, state=CaseState.CLOSED, closed_at=MOMENT)
    run(app, "followups.digest")
    assert "1 new case and none closed this week. 2 cases open now, 1 of them late." in body_to(mail, "parking")
    assert "/cases?view=late" in body_to(mail, "parking")
    assert "0 new cases and 1 closed this week. None is open now." in body_to(mail, "bins")
    assert "1 new case and 1 closed this week. 2 cases open now, 1 of them late." in body_to(mail, "chief")


def test_where_there_is_nothing_to_say_nothing_is_said(app: Flask, mail: Mailbox) -> None:
    make_user(Role.MANAGER)
    make_case(opened_at=OLD, state=CaseState.CLOSED)
    run(app, "followups.digest")
    assert "\nCases\n" not in body_to(mail, "manager")
