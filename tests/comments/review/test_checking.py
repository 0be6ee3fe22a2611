"""What a reviewer says is kept for good and in force at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from nlp.comments import Sentiment
from nlp.urgency.types import Urgency
from surveys.comments.labels import suggestions
from surveys.comments.labels.labelling import give_labels, held
from surveys.comments.labels.models import Correction, ShownAs
from surveys.comments.labels.stored_models import champion
from surveys.comments.labels.suggestions import suggestions_only
from surveys.comments.review.checking import Verdict, check, labels_in_force
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, Origin
from surveys.comments.urgent.models import Outcome, UrgentComment
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Conflict, NotFound, Refused
from surveys.people.roles import Role
from tests.makers.people import make_user
from tests.makers.reviews import comment_now, make_comments, say

WORDS = "I waited forty minutes on the phone before anybody picked up."


@pytest.fixture
def reviewer_id(app: Flask) -> int:
    return make_user(Role.REVIEWER).id


def test_a_person_s_labels_take_the_place_of_the_model_s(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments([WORDS])
    before = labels_in_force(number)
    say(number, reviewer_id, "contact_access", "staff_attitude", sentiment=Sentiment.NEUTRAL_MIXED)
    comment = comment_now(number)
    assert (comment.state, comment.sentiment, comment.counted) == (CommentState.CHECKED, "neutral_mixed", False)
    assert labels_in_force(number).topics == ("contact_access", "staff_attitude")
    labels = db.session.scalars(sa.select(CommentLabel).where(CommentLabel.comment_id == number)).all()
    assert {label.label for label in labels if not label.in_force} == {*before.topics, before.sentiment}
    assert {label.origin for label in labels if label.in_force} == {Origin.PERSON}
    kept = db.session.scalars(sa.select(Correction)).one()
    assert (kept.topics_before, kept.sentiment_before) == (list(before.topics), before.sentiment)
    assert (kept.topics, kept.model_id) == (["contact_access", "staff_attitude"], comment.model_id)


def test_a_person_s_labels_survive_another_model(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments([WORDS])
    say(number, reviewer_id, "policy_decision")
    with transaction():
        by = champion()
        assert by is not None
        give_labels(held(Comment.id == number, Comment.id.asc(), 1), by, now())
    assert labels_in_force(number).topics == ("policy_decision",)


def test_no_correction_can_be_changed_or_taken_back(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments([WORDS])
    say(number, reviewer_id, "waiting_time")
    db.session.rollback()
    for statement in (sa.update(Correction).values(sentiment="pos"), sa.delete(Correction)):
        with pytest.raises(sa.exc.DatabaseError, match="corrections cannot be changed"), transaction():
            db.session.execute(statement)
    say(number, reviewer_id, "contact_access")
    assert [c.topics for c in db.session.scalars(sa.select(Correction).order_by(Correction.id))] == [
        ["waiting_time"],
        ["contact_access"],
    ]


def test_a_comment_that_was_read_anew_meanwhile_is_a_conflict(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments([WORDS])
    stale = comment_now(number).read_at - timedelta(seconds=1)
    db.session.rollback()
    with pytest.raises(Conflict), transaction():
        check(number, stale, Verdict((), Sentiment.NEG), reviewer_id, ShownAs.RANDOM, now())
    with pytest.raises(NotFound), transaction():
        check(number + 1, stale, Verdict((), Sentiment.NEG), reviewer_id, ShownAs.RANDOM, now())
    assert db.session.scalar(sa.select(sa.func.count(Correction.id))) == 0


def test_a_label_that_is_not_in_use_is_refused(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments([WORDS])
    with pytest.raises(Refused):
        say(number, reviewer_id, "no_such_label")


def test_a_second_reviewer_changes_no_label_but_raises_what_is_urgent(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments([WORDS])
    say(number, reviewer_id, "waiting_time", shown_as=ShownAs.RANDOM)
    other = make_user(Role.REVIEWER, email="second@example.gov.uk").id
    say(number, other, "staff_attitude", shown_as=ShownAs.SECOND, urgency=[Urgency.safeguarding])
    assert labels_in_force(number).topics == ("waiting_time",)
    assert labels_in_force(number).urgency == {Urgency.safeguarding}
    raised = db.session.scalars(sa.select(UrgentComment)).one()
    assert (raised.flag, raised.raised_by, raised.closed_at) == (Urgency.safeguarding, other, None)
    befores = db.session.scalars(sa.select(Correction.topics_before)).all()
    assert befores == [None, None], "what nobody saw did not lead them"


def test_taking_an_urgency_away_closes_nothing_and_raising_it_again_opens_what_was_closed(
    app: Flask, reviewer_id: int
) -> None:
    (number,) = make_comments([WORDS])
    say(number, reviewer_id, urgency=[Urgency.threat])
    say(number, reviewer_id)
    assert labels_in_force(number).urgency == frozenset()
    row = db.session.scalars(sa.select(UrgentComment)).one()
    assert row.closed_at is None
    db.session.rollback()
    with transaction():
        closed = {"closed_at": now(), "closed_by": reviewer_id, "outcome": Outcome.NO_CONCERN}
        db.session.execute(sa.update(UrgentComment).values(closed))
    say(number, reviewer_id, urgency=[Urgency.threat])
    db.session.expire_all()
    assert db.session.scalars(sa.select(UrgentComment)).one().closed_at is None


def test_labels_are_suggestions_until_enough_different_comments_are_checked(
    app: Flask, reviewer_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "SUGGESTED", 2)
    one, other = make_comments([WORDS, "Lovely and quick."])
    say(one, reviewer_id)
    say(one, reviewer_id)
    assert suggestions_only()
    db.session.rollback()
    say(other, reviewer_id)
    assert not suggestions_only()
