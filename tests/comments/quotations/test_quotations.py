"""Quotations: an exact stretch of a redacted comment, approved by a person, one by one, and never one of a few."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from nlp.redaction.types import RedactedText
from surveys.comments.quotations.approving import approve, month_around, propose, withdraw
from surveys.comments.quotations.lists import approved_quotations
from surveys.comments.quotations.models import Quotation, QuotationState
from surveys.comments.quotations.quotable import NotQuotable, published, stretch_of
from surveys.comments.texts.reach import Reach
from surveys.comments.urgent.models import Outcome, UrgentComment
from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, Refused
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.comments import comment_of, label_all, make_comment, read_all, rewrite, write
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

TEXT = RedactedText("The lady [NAME] was kind to me.\nShe rang [PHONE] and waited with me, " + "and waited " * 20)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
KIND = "The lady was very kind and sorted my parking permit out."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("was kind to me.", "was kind to me."),
        ("  kind   to me. She rang ", "kind to me. She rang"),
        ("The lady [NAME] was kind", "The lady [NAME] was kind"),
        ("The lady replaced: [NAME] was kind", "The lady [NAME] was kind"),
    ],
)
def test_a_stretch_is_kept_as_it_stands_there(typed: str, kept: str) -> None:
    assert stretch_of(typed, TEXT) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  ", "Enter the words"),
        ("was unkind", "not in the comment"),
        ("Was kind", "not in the comment"),
        ("lady was kind", "not in the comment"),
        ("as kind to", "not in the comment"),
        ("[NAME", "not in the comment"),
        ("[NAME]", "nothing here but what was replaced"),
        ("and waited " * 13, "Choose 25 words or fewer. These are 26"),
        ("x" * 401, "400 characters or less"),
    ],
)
def test_what_is_no_stretch_of_the_text_is_refused_in_words(typed: str, words: str) -> None:
    with pytest.raises(NotQuotable, match=words):
        stretch_of(typed, TEXT)


def test_25_words_are_allowed_and_a_placeholder_is_one_of_them() -> None:
    text = RedactedText("[DATE OF BIRTH] " + "word " * 24 + "more")
    assert stretch_of("[DATE OF BIRTH] " + "word " * 24, text)
    with pytest.raises(NotQuotable, match="These are 26"):
        stretch_of(text, text)


def test_a_second_scan_refuses_what_looks_like_personal_data_anywhere_in_the_comment() -> None:
    text = RedactedText("She was kind. Ring me on 07700 900123.")
    with pytest.raises(NotQuotable, match="may still stand in this comment"):
        stretch_of("She was kind.", text)


def test_what_was_replaced_reads_as_removed() -> None:
    words = RedactedText("[NAME] of [ADDRESS] rang [not ours]")
    assert published(words) == "[name removed] of [detail removed] rang [not ours]"


@pytest.mark.parametrize(
    ("day", "ends"), [(date(2026, 12, 31), date(2026, 12, 31)), (date(2028, 2, 1), date(2028, 2, 29))]
)
def test_a_month_is_a_whole_one(day: date, ends: date) -> None:
    assert month_around(day) == (day.replace(day=1), ends)


def commented(count: int = 10, service: str = "parking") -> int:
    """So many residents write in one month; the number of the first comment."""
    responses = [write(KIND if n == 0 else f"It went well {n} times.", service=service) for n in range(count)]
    read_all()
    label_all()
    return comment_of(responses[0]).id


def made(comment_id: int, words: str = "very kind and sorted", user: int | None = None) -> int:
    user = user or make_user(Role.MANAGER).id
    with transaction():
        return propose(comment_id, words, user, now())


def approved(number: int, user: int) -> None:
    with transaction():
        approve(number, user, now())


def state_of(number: int) -> str:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Quotation, number).state.value


def test_a_manager_proposes_a_reviewer_approves_and_an_assessor_reads_it(app: Flask, client: FlaskClient) -> None:
    comment_id = commented()
    sign_in(client, make_user(Role.MANAGER))
    wrong = client.post(f"/comments/{comment_id}/quote", data={"words": "very rude"})
    assert wrong.status_code == 422
    assert [box.get_text().strip() for box in soup(wrong).select("textarea")] == ["very rude"]
    client.post(f"/comments/{comment_id}/quote", data={"words": "The lady was very kind"})
    number = db.session.scalars(sa.select(Quotation.id)).one()
    assert client.get("/comments/quotations/proposed").status_code == 403
    assert client.post(f"/comments/quotations/{number}/approve").status_code == 403
    assert "very kind" not in text_of(client.get("/comments/quotations"))
    reviewer = make_user(Role.REVIEWER)
    sign_in(client, reviewer)
    assert "The lady was very kind" in text_of(client.get("/comments/quotations/proposed"))
    done = client.post(f"/comments/quotations/{number}/approve", follow_redirects=True)
    assert "Approved. It may be published now." in text_of(done)
    sign_in(client, make_user(Role.ASSESSOR))
    page = text_of(client.get("/comments/quotations"))
    assert "The lady was very kind" in page
    assert "Parking, March 2026" in page
    file = client.get("/comments/quotations.csv").get_data(as_text=True).splitlines()
    assert file[0] == "number,quotation,service,month,themes,sentiment,approved_on"
    assert file[1].startswith(f"{number},The lady was very kind,Parking,2026-03,")
    assert client.get(f"/comments/{comment_id}/quote").status_code == 403
    acts = db.session.scalars(sa.select(AuditEntry.action).where(AuditEntry.action.like("quotation%"))).all()
    assert sorted(acts) == ["quotation approved", "quotation proposed"]


def test_from_fewer_than_ten_residents_it_is_shown_why_and_refused(app: Flask, client: FlaskClient) -> None:
    number = made(commented(9))
    reviewer = make_user(Role.REVIEWER)
    sign_in(client, reviewer)
    page = client.get("/comments/quotations/proposed")
    assert "9 residents wrote about this service in that month, and 10 are needed" in text_of(page)
    assert soup(page).find("button", string="Approve") is None
    with pytest.raises(Refused, match="Fewer than 10 residents"):
        approved(number, reviewer.id)
    make_comment("It went well another day.", day=date(2026, 4, 1))
    make_comment("It went well elsewhere.", service="bins")
    with pytest.raises(Refused, match="Fewer than 10 residents"):
        approved(number, reviewer.id)
    make_comment("It went well.", channel=Channel.WEB)
    approved(number, reviewer.id)
    assert state_of(number) == "approved"


def test_what_waits_on_the_urgent_list_is_not_published(app: Flask) -> None:
    comment_id, user = commented(), make_user(Role.REVIEWER).id
    number = made(comment_id, user=user)
    with transaction():
        db.session.add(UrgentComment(comment_id=comment_id, flag="complaint", raised_at=now()))
    with pytest.raises(Refused, match="urgent list"):
        approved(number, user)
    with transaction():
        closed = {"closed_at": now(), "closed_by": user, "outcome": Outcome.NO_CONCERN}
        db.session.execute(sa.update(UrgentComment).values(closed))
    approved(number, user)


def test_a_comment_written_anew_takes_its_quotations_along_even_before_it_is_read(app: Flask) -> None:
    comment_id, user = commented(), make_user(Role.REVIEWER).id
    number, other = made(comment_id, user=user), made(comment_id, "The lady was", user=user)
    approved(other, user)
    response_id = db.session.scalars(sa.text("SELECT response_id FROM comments WHERE id = 1")).one()
    db.session.rollback()
    rewrite(response_id, "On second thoughts it was dreadful.")
    with pytest.raises(Conflict, match="just changed this comment"):
        approved(number, user)
    read_all()
    assert [state_of(number), state_of(other)] == ["withdrawn", "withdrawn"]
    with pytest.raises(Conflict, match="decided about this quotation"):
        approved(number, user)


def test_the_same_words_are_not_proposed_twice_and_may_be_again_once_withdrawn(app: Flask) -> None:
    comment_id, user = commented(1), make_user(Role.REVIEWER).id
    number = made(comment_id, user=user)
    with pytest.raises(NotQuotable, match="already"):
        made(comment_id, user=user)
    with transaction():
        withdraw(number, user, now())
    with pytest.raises(Conflict, match="withdrawn already"), transaction():
        withdraw(number, user, now())
    assert made(comment_id, user=user) != number


def test_other_pages_read_approved_ones_within_their_reach_and_theme(app: Flask) -> None:
    comment_id, user = commented(), make_user(Role.REVIEWER).id
    number = made(comment_id, user=user)
    made(comment_id, "sorted my parking permit", user=user)
    approved(number, user)
    parking = db.session.scalars(sa.text("SELECT service_id FROM comments WHERE id = 1")).one()
    (one,) = approved_quotations(Reach(*YEAR, None, None))
    assert (one.id, one.words, one.service) == (number, "very kind and sorted", "Parking")
    for reach in (
        Reach(date(2026, 4, 1), date(2026, 4, 30), None, None),
        Reach(*YEAR, frozenset(), None),
        Reach(*YEAR, frozenset({parking}), frozenset({Channel.WEB})),
    ):
        assert approved_quotations(reach) == []
    assert one.topics
    assert approved_quotations(Reach(*YEAR, frozenset({parking}), None), one.topics[0]) == [one]
    assert approved_quotations(Reach(*YEAR, None, None), "website_digital") == []


def test_only_those_of_the_service_decide_and_read(app: Flask, client: FlaskClient) -> None:
    comment_id, user = commented(), make_user(Role.REVIEWER, email="first@example.gov.uk").id
    number = made(comment_id, user=user)
    libraries = make_service("libraries", "Libraries")
    sign_in(client, make_user(Role.REVIEWER, service=libraries))
    assert "very kind" not in text_of(client.get("/comments/quotations/proposed"))
    assert client.post(f"/comments/quotations/{number}/approve").status_code == 404
    assert client.post(f"/comments/{comment_id}/quote", data={"words": "The lady"}).status_code == 404
    approved(number, user)
    assert "very kind" not in text_of(client.get("/comments/quotations"))
    assert client.post(f"/comments/quotations/{number}/withdraw").status_code == 404
    assert state_of(number) == QuotationState.APPROVED.value


def test_an_approved_one_is_taken_back_with_one_click(app: Flask, client: FlaskClient) -> None:
    user = make_user(Role.REVIEWER)
    number = made(commented(), user=user.id)
    approved(number, user.id)
    sign_in(client, user)
    done = client.post(f"/comments/quotations/{number}/withdraw", data={"from": "approved"}, follow_redirects=True)
    assert "Withdrawn." in text_of(done)
    assert "very kind" not in text_of(client.get("/comments/quotations"))
    assert state_of(number) == "withdrawn"


def test_the_pages_cost_the_same_queries_however_many_there_are(app: Flask, client: FlaskClient) -> None:
    user = make_user(Role.REVIEWER)
    comment_id = commented()
    sign_in(client, user)
    made(comment_id, "The lady", user=user.id)
    with statements() as few:
        client.get("/comments/quotations/proposed")
    for words in ("was very kind", "sorted my parking", "permit out."):
        made(comment_id, words, user=user.id)
    with statements() as many:
        client.get("/comments/quotations/proposed")
    assert len(many) == len(few) <= 8, many
