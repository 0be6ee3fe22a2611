"""What the public reads: only what somebody else approved as it stands, with no personal data in it."""

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, Refused
from surveys.followups.improvements.models import Improvement, ImprovementState, Publishing
from surveys.followups.improvements.planning import ChangedMeanwhile
from surveys.followups.improvements.publishing import approve, propose, withdraw
from surveys.followups.improvements.scan import scan
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.followups.improvements.test_improvements import form
from tests.makers.improvements import improvement_of, make_improvement
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

HEARD = {"What people said": "It took forty minutes in March 2026."}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Mrs Threlfall waited for an hour.", "a name"),
        ("Ring 07700 900123.", "a phone number"),
        ("Write to help@example.org.", "an email address"),
        ("The queue at LS1 4AP is long.", "a postcode"),
        ("They live at 12 High Street.", "an address"),
    ],
)
def test_personal_data_is_found_field_by_field(said: str, found: str) -> None:
    assert scan({"What people said": said}, frozenset()).found == (f"“What people said” may hold {found}. Take it out",)


def test_plain_words_and_the_council_s_own_page_are_let_through_and_a_name_of_staff_is_pointed_out() -> None:
    assert scan(HEARD | {"What is done": "See www.example.gov.uk/parking"}, frozenset()).found == ()
    thanked = scan({"What is done": "Thanks to Priya Patel, calls are shorter."}, frozenset({"priya", "patel"}))
    assert thanked.found == ()
    assert "name of somebody on the staff" in thanked.staff[0]


def test_one_proposes_and_another_approves_what_they_saw(client: FlaskClient) -> None:
    service = make_service()
    manager = make_user(Role.MANAGER, service=service)
    number = make_improvement(service, by=manager.id)
    sign_in(client, manager)
    shown = client.post(f"/improvements/{number}/propose", data={"edition": "1"}, follow_redirects=True)
    assert "Proposed. It is published once somebody else has approved it." in text_of(shown)
    assert soup(shown).find("button", string="Approve") is None
    sign_in(client, make_user(Role.REVIEWER, service=service))
    shown = client.post(f"/improvements/{number}/approve", data={"edition": "1"}, follow_redirects=True)
    assert "Approved. Everybody can read it now." in text_of(shown)
    assert improvement_of(number).publishing is Publishing.PUBLISHED
    acts = db.session.scalars(
        sa.select(AuditEntry.action).where(AuditEntry.action.like("improvement%")).order_by(AuditEntry.id)
    ).all()
    assert acts == ["improvement proposed", "improvement published"]


def test_a_reviewer_of_another_service_cannot_approve_it(client: FlaskClient) -> None:
    writer = make_user().id
    number = make_improvement(make_service(), by=writer, publishing=Publishing.PROPOSED, proposed_by=writer)
    sign_in(client, make_user(Role.REVIEWER, service=make_service("bins", "Bins")))
    assert client.post(f"/improvements/{number}/approve", data={"edition": "1"}).status_code == 404
    assert improvement_of(number).publishing is Publishing.PROPOSED


def test_an_administrator_who_wrote_or_proposed_it_cannot_approve_it(client: FlaskClient) -> None:
    writer, proposer = make_user(email="writer@example.gov.uk"), make_user(email="proposer@example.gov.uk")
    number = make_improvement(make_service(), by=writer.id)
    with transaction():
        propose(number, None, 1, proposer.id, now())
    for user in (writer, proposer):
        sign_in(client, user)
        assert "It waits for somebody else" in text_of(client.get(f"/improvements/{number}"))
        refused = client.post(f"/improvements/{number}/approve", data={"edition": "1"}, follow_redirects=True)
        assert "Somebody else must approve this" in text_of(refused)
    assert improvement_of(number).publishing is Publishing.PROPOSED


def test_the_database_too_refuses_that_somebody_approves_their_own(app: Flask) -> None:
    user = make_user().id
    number = make_improvement(make_service(), by=user, publishing=Publishing.PROPOSED, proposed_by=user)
    own = {"publishing": "published", "approved_by": user, "approved_at": now()}
    with pytest.raises(sa.exc.IntegrityError, match="nobody_approves_their_own"), transaction():
        db.session.execute(sa.update(Improvement).where(Improvement.id == number).values(own))


def test_any_later_change_makes_it_a_draft_again(client: FlaskClient) -> None:
    service, user = make_service(), make_user()
    number = make_improvement(service, by=user.id, approved_by=make_user(Role.REVIEWER).id)
    sign_in(client, user)
    client.post(f"/improvements/{number}/edit", data=form(service, user, edition="1"))
    changed = improvement_of(number)
    assert (changed.publishing, changed.approved_by, changed.proposed_by) == (Publishing.DRAFT, None, None)


def test_nobody_approves_words_that_changed_meanwhile(app: Flask) -> None:
    user, other = make_user().id, make_user(Role.REVIEWER).id
    number = make_improvement(make_service(), by=user)
    with transaction():
        propose(number, None, 1, user, now())
    with pytest.raises(ChangedMeanwhile), transaction():
        approve(number, None, 2, other, now())
    with transaction():
        withdraw(number, None, now())
    with pytest.raises(ChangedMeanwhile), transaction():
        approve(number, None, 1, other, now())
    with pytest.raises(Conflict, match="does not wait"), transaction():
        approve(number, None, 2, other, now())
    with pytest.raises(Conflict, match="not published"), transaction():
        withdraw(number, None, now())


@pytest.mark.parametrize("state", [ImprovementState.PLANNED, ImprovementState.DROPPED])
def test_what_the_council_does_not_do_is_not_proposed(app: Flask, state: ImprovementState) -> None:
    user = make_user().id
    number = make_improvement(make_service(), by=user, state=state)
    with pytest.raises(Refused, match="once it is being done"), transaction():
        propose(number, None, 1, user, now())


def test_words_with_personal_data_are_not_proposed_and_the_page_says_why(client: FlaskClient) -> None:
    user = make_user()
    number = make_improvement(make_service(), by=user.id, said="Ring me on 07700 900123.")
    sign_in(client, user)
    assert "may hold a phone number" in text_of(client.get(f"/improvements/{number}"))
    shown = client.post(f"/improvements/{number}/propose", data={"edition": "1"}, follow_redirects=True)
    assert "may hold a phone number. Take it out. Then propose it again." in text_of(shown)
    assert improvement_of(number).publishing is Publishing.DRAFT


def test_a_published_one_can_be_withdrawn_by_either_side(client: FlaskClient) -> None:
    service, reviewer = make_service(), make_user(Role.REVIEWER)
    manager = make_user(Role.MANAGER)
    numbers = [make_improvement(service, by=manager.id, approved_by=reviewer.id) for _ in range(2)]
    for user, number, way in ((manager, numbers[0], "withdraw"), (reviewer, numbers[1], "refuse")):
        sign_in(client, user)
        shown = client.post(f"/improvements/{number}/{way}", follow_redirects=True)
        assert "It is a draft now" in text_of(shown)
        assert improvement_of(number).publishing is Publishing.DRAFT
