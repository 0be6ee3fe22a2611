"""Who is told of which case: those on duty for its service, as each chose, and never nobody of an urgent one."""

from collections.abc import Collection
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.cases.models import CaseKind
from surveys.followups.notices.models import AlertChoice, AlertKind, EmailState, Notice
from surveys.followups.notices.telling import notify
from surveys.people.models import User
from surveys.people.roles import Role
from tests.counting import statements
from tests.followups.made import MOMENT
from tests.makers.cases import make_case
from tests.makers.people import make_service, make_user


def tell(kind: AlertKind, *cases: int, moment: datetime = MOMENT) -> None:
    with transaction():
        notify(kind, cases, moment)


def told(kind: AlertKind = AlertKind.NEW_CASE, by: Collection[EmailState] = EmailState) -> set[str]:
    """Who has a notice of this kind, by the name in front of their address."""
    query = sa.select(User.email).join(Notice, Notice.user_id == User.id)
    found = db.session.scalars(query.where(Notice.kind == kind, Notice.email.in_(list(by)))).all()
    db.session.rollback()
    return {email.partition("@")[0] for email in found}


def choose(user: User, kind: AlertKind, by_email: bool) -> None:
    with transaction():
        db.session.add(AlertChoice(user_id=user.id, kind=kind, by_email=by_email))


@pytest.fixture
def staff(app: Flask) -> dict[str, User]:
    parking, bins = make_service(), make_service("bins", "Bins")
    return {
        "chief": make_user(Role.MANAGER, email="chief@example.gov.uk"),
        "parking": make_user(Role.MANAGER, email="parking@example.gov.uk", service=parking),
        "officer": make_user(Role.OFFICER, email="officer@example.gov.uk", service=parking),
        "bins": make_user(Role.MANAGER, email="bins@example.gov.uk", service=bins),
        "reviewer": make_user(Role.REVIEWER, email="reviewer@example.gov.uk", service=parking),
        "assessor": make_user(Role.ASSESSOR, email="assessor@example.gov.uk"),
        "administrator": make_user(email="administrator@example.gov.uk"),
    }


def test_those_who_handle_cases_of_the_service_are_told_and_nobody_else(staff: dict[str, User]) -> None:
    tell(AlertKind.NEW_CASE, make_case())
    assert told() == {"chief", "parking", "officer"}


def test_of_an_urgent_case_reviewers_who_see_urgent_comments_are_told_too(staff: dict[str, User]) -> None:
    tell(AlertKind.URGENT, make_case(kind=CaseKind.SAFEGUARDING))
    assert told(AlertKind.URGENT) == {"chief", "parking", "officer", "reviewer"}


def test_what_is_given_is_told_to_its_owner_alone_administrator_or_not(staff: dict[str, User]) -> None:
    cases = [make_case(owner_id=staff[name].id) for name in ("officer", "administrator")]
    tell(AlertKind.GIVEN, *cases)
    assert told(AlertKind.GIVEN) == {"officer", "administrator"}


def test_of_a_late_case_its_owner_is_told_and_the_others_of_the_service(staff: dict[str, User]) -> None:
    tell(AlertKind.LATE, make_case(owner_id=staff["administrator"].id))
    assert told(AlertKind.LATE) == {"administrator", "chief", "parking", "officer"}


def test_an_owner_who_may_no_longer_handle_the_service_is_not_told(staff: dict[str, User]) -> None:
    tell(AlertKind.LATE, make_case(owner_id=staff["bins"].id))
    assert "bins" not in told(AlertKind.LATE)


def test_administrators_are_told_where_nobody_else_is_there(app: Flask) -> None:
    make_user(email="administrator@example.gov.uk")
    gone = make_user(Role.MANAGER)
    with transaction():
        db.session.get_one(User, gone.id).active = False
    tell(AlertKind.NEW_CASE, make_case())
    assert told() == {"administrator"}


def test_a_choice_against_email_is_respected_and_the_console_shows_it_all_the_same(staff: dict[str, User]) -> None:
    choose(staff["officer"], AlertKind.NEW_CASE, by_email=False)
    tell(AlertKind.NEW_CASE, make_case())
    assert told(by=[EmailState.WAITING]) == {"chief", "parking"}
    assert told(by=[EmailState.NONE]) == {"officer"}


def test_an_urgent_case_of_which_nobody_wants_email_goes_to_all(staff: dict[str, User]) -> None:
    for name in ("chief", "parking", "officer", "reviewer"):
        choose(staff[name], AlertKind.URGENT, by_email=False)
        choose(staff[name], AlertKind.NEW_CASE, by_email=False)
    number = make_case(kind=CaseKind.SAFEGUARDING)
    tell(AlertKind.URGENT, number)
    tell(AlertKind.NEW_CASE, number)
    assert told(AlertKind.URGENT, [EmailState.WAITING]) == {"chief", "parking", "officer", "reviewer"}
    assert told(AlertKind.NEW_CASE, [EmailState.WAITING]) == set()


def test_telling_the_same_twice_makes_one_notice(staff: dict[str, User]) -> None:
    number = make_case()
    tell(AlertKind.NEW_CASE, number)
    tell(AlertKind.NEW_CASE, number)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 3


def test_a_hundred_cases_take_as_many_statements_as_one(staff: dict[str, User]) -> None:
    one, many = [make_case()], [make_case(consent=False) for _ in range(20)]
    counts = []
    for cases in (one, many):
        with statements() as seen:
            tell(AlertKind.URGENT, *cases, moment=now())
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 4
