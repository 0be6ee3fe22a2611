"""Praise is passed on once, to a team and never to a person, by whoever manages the service."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from nlp.comments import Sentiment
from nlp.redaction.types import RedactedText
from nlp.urgency.types import Urgency
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, LabelKind, Origin
from surveys.comments.urgent.models import UrgentComment
from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, Gone, NotFound, Refused
from surveys.followups.compliments.models import Compliment
from surveys.followups.compliments.passing_on import (
    A_PAGE,
    FRESH,
    newest_passed_on,
    note_numbered,
    pass_on,
    read_praise,
    team_named,
)
from surveys.people.models import AuditEntry, Grant, Service
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.cases import make_contact, make_response
from tests.makers.comments import comment_of, read_all, rewrite, service_id
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

KIND = "Sarah Jones at the desk was so kind and sorted my permit out at once."


def make_praise(
    words: str = KIND, service: str = "parking", topic: str = "staff_attitude", team: str = "", day: date | None = None
) -> int:
    """A positive comment with one topic; returns its number."""
    contact = make_contact(service, team=team)
    response = make_response(service, contact_id=contact, words=words, day=day)
    read_all()
    number = comment_of(response).id
    with transaction():
        changed = {"state": CommentState.LABELLED, "sentiment": Sentiment.POS}
        db.session.execute(sa.update(Comment).where(Comment.id == number).values(changed))
        label = {"kind": LabelKind.TOPIC, "label": topic, "origin": Origin.PERSON, "given_at": now()}
        db.session.add(CommentLabel(comment_id=number, **label))
    return number


def change(number: int, **values: object) -> None:
    with transaction():
        db.session.execute(sa.update(Comment).where(Comment.id == number).values(values))


def pass_it_on(number: int, team: str = "Front desk", services: frozenset[int] | None = None, by: int = 1) -> int:
    db.session.rollback()
    with transaction():
        return pass_on(number, team, services, by, now())


def waiting(theme: str | None = None, services: frozenset[int] | None = None) -> list[int]:
    db.session.rollback()
    return [one.comment.id for one in read_praise(services, theme, today()).praise]


@pytest.fixture
def manager(client: FlaskClient) -> int:
    return make_user(Role.MANAGER).id


def test_positive_comments_of_the_last_months_wait_until_they_are_passed_on(manager: int) -> None:
    old = make_praise(day=today() - FRESH - timedelta(days=1))
    kind, quick = make_praise(), make_praise("So quick, thank you.", topic="waiting_time", service="bins")
    cross = make_praise("Too slow, no help at all.")
    change(cross, sentiment=Sentiment.NEG)
    assert waiting() == [quick, kind]
    assert waiting("waiting_time") == [quick]
    assert waiting(services=frozenset({service_id()})) == [kind]
    pass_it_on(kind, by=manager)
    assert waiting() == [quick]
    assert old not in waiting()


def test_a_long_list_goes_on_where_its_page_ends(manager: int) -> None:
    numbers = [make_praise(f"Very kind, number {n}.") for n in range(A_PAGE + 2)]
    first = read_praise(None, None, today())
    rest = read_praise(None, None, today(), first.next)
    assert [one.comment.id for one in (*first.praise, *rest.praise)] == numbers[::-1]
    assert rest.next is None


def test_the_team_of_the_contact_is_offered_unless_it_is_a_person(manager: int) -> None:
    make_praise(team="Sarah Jones")
    make_praise(team="Parking desk")
    assert [one.team for one in read_praise(None, None, today()).praise] == ["Parking desk", ""]


def test_a_comment_is_passed_on_once_and_the_trail_has_no_words_of_it(manager: int) -> None:
    number = make_praise()
    made = pass_it_on(number, "  Front   desk ", by=manager)
    with pytest.raises(Conflict, match="already"):
        pass_it_on(number, "Another team", by=manager)
    (one,) = newest_passed_on(None)
    assert (one.id, one.team, one.comment_id, one.on) == (made, "Front desk", number, today())
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "praise passed on")).one()
    assert (entry.subject, entry.details) == (f"compliment:{made}", {"comment": number})


@pytest.mark.parametrize(
    ("typed", "why"),
    [("  ", "Enter the name of the team"), ("x" * 81, "80 characters"), ("Sarah Jones", "not of a person")],
)
def test_praise_goes_to_a_team_that_has_a_name_and_is_nobody(typed: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        team_named(typed)


def test_what_is_urgent_or_changed_or_gone_or_not_praise_is_not_passed_on(manager: int) -> None:
    urgent, changed, gone, cross = (make_praise(f"Kind, number {n}.") for n in range(4))
    with transaction():
        db.session.add(UrgentComment(comment_id=urgent, flag=Urgency.safeguarding, raised_at=now()))
    rewrite(db.session.get_one(Comment, changed).response_id, "No, it was not.")
    change(gone, state=CommentState.LET_GO, redacted=RedactedText(""))
    change(cross, sentiment=Sentiment.NEUTRAL_MIXED)
    assert waiting() == [changed]
    for number, kind, why in (
        (urgent, Refused, "urgent"),
        (changed, Conflict, "just changed"),
        (gone, Gone, "no longer kept"),
        (cross, Refused, "not labelled as positive"),
        (10_000, NotFound, "no such comment"),
    ):
        with pytest.raises(kind, match=why):
            pass_it_on(number, by=manager)
    with pytest.raises(NotFound):
        pass_it_on(make_praise(), services=frozenset({service_id("bins")}), by=manager)


def test_what_was_passed_on_counts_when_its_comment_has_gone(manager: int) -> None:
    number = make_praise()
    made = pass_it_on(number, by=manager)
    with transaction():
        db.session.execute(sa.delete(Comment).where(Comment.id == number))
    assert newest_passed_on(None)[0].comment_id is None
    assert note_numbered(made, None).text is None


def test_a_manager_passes_praise_on_and_gets_a_note_without_names(client: FlaskClient, manager: int) -> None:
    number = make_praise(team="Parking desk")
    sign_in(client, make_user(Role.MANAGER, email="other@example.gov.uk"))
    page = client.get("/compliments")
    field = soup(page).select_one(f"#team-{number}")
    assert field is not None
    assert field["value"] == "Parking desk"
    assert "Sarah" not in text_of(page)
    refused = client.post(f"/compliments/comments/{number}", data={"team": "Sarah Jones"}, follow_redirects=True)
    assert "Enter the name of a team, not of a person." in text_of(refused)
    note = text_of(client.post(f"/compliments/comments/{number}", data={"team": "Parking desk"}, follow_redirects=True))
    assert "Praise for Parking desk" in note
    assert "[name removed] at the desk was so kind" in note
    assert "There is no praise like this" in text_of(client.get("/compliments"))


def test_only_who_may_see_and_pass_on_does(client: FlaskClient, manager: int) -> None:
    number = make_praise()
    made = pass_it_on(number, by=manager)
    other = make_praise(service="bins")
    parking = db.session.get_one(Service, service_id())
    sign_in(client, make_user(Role.REVIEWER))
    assert "Pass on comment" not in text_of(client.get("/compliments"))
    assert client.post(f"/compliments/comments/{other}", data={"team": "Desk"}).status_code == 403
    client.post("/sign-out")
    sign_in(
        client,
        make_user(Role.MANAGER, email="bins@example.gov.uk", service=db.session.get_one(Service, service_id("bins"))),
    )
    page = text_of(client.get(f"/compliments?service={parking.id}"))
    assert f"Open comment {number}" not in page
    assert "Front desk" not in page
    assert client.get(f"/compliments/{made}").status_code == 404
    client.post("/sign-out")
    for role in (Role.OFFICER, Role.ASSESSOR):
        sign_in(client, make_user(role))
        assert client.get("/compliments").status_code == 403
        client.post("/sign-out")


def test_a_manager_of_one_service_and_reader_of_all_passes_on_in_theirs_alone(
    client: FlaskClient, manager: int
) -> None:
    parking, bins = make_praise(), make_praise(service="bins")
    user = make_user(Role.MANAGER, email="bins@example.gov.uk", service=db.session.get_one(Service, service_id("bins")))
    with transaction():
        db.session.add(Grant(user_id=user.id, role=Role.REVIEWER))
    sign_in(client, user)
    page = soup(client.get("/compliments"))
    assert page.select_one(f"#team-{bins}") is not None
    assert page.select_one(f"#team-{parking}") is None
    client.post(f"/compliments/comments/{parking}", data={"team": "Desk"})
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Compliment)) == 0


def test_the_page_makes_a_bounded_number_of_queries(client: FlaskClient, manager: int) -> None:
    for n in range(5):
        make_praise(f"Very kind, number {n}.")
    sign_in(client, make_user(Role.MANAGER, email="other@example.gov.uk"))
    client.get("/compliments")
    with statements() as seen:
        client.get("/compliments")
    assert len(seen) <= 9, seen
