"""Labels: the champion's in force, a person's over them, and older models' kept beside."""

import numpy as np
import pytest
import sqlalchemy as sa
from flask import Flask

from nlp.comments import Prediction, Sentiment
from surveys.comments.labels.labelling import label_some
from surveys.comments.labels.relabelling import progress, relabel_some
from surveys.comments.labels.stored_models import champion_id, keep_model, promote
from surveys.comments.texts.models import Comment, CommentLabel, CommentState, LabelKind, Origin
from surveys.core.clock import now
from surveys.core.db import db, transaction
from tests.counting import statements
from tests.makers.comments import ALL, comment_of, keep_small_champion, label_all, make_comment, read_all, write
from tests.nlp.trained import small_model

SLOW = "I waited forty minutes on the phone before anybody answered"


def another_champion() -> int:
    """The same arrays under another number: what matters is whose they are."""
    with transaction():
        number = keep_model(small_model(), 1, 0, now())
        promote(number, now())
    return number


def labels(comment_id: int, *which: sa.ColumnElement[bool]) -> set[tuple[str, str, str, int | None]]:
    db.session.rollback()
    query = sa.select(CommentLabel.kind, CommentLabel.label, CommentLabel.origin, CommentLabel.model_id)
    found = db.session.execute(query.where(CommentLabel.comment_id == comment_id, *which))
    return {(row.kind.value, row.label, row.origin.value, row.model_id) for row in found}


def check_by_hand(comment_id: int, topic: str, sentiment: Sentiment) -> None:
    """As a reviewer's verdict leaves a comment."""
    with transaction():
        db.session.execute(sa.update(CommentLabel).where(CommentLabel.comment_id == comment_id).values(in_force=False))
        given = {"comment_id": comment_id, "origin": Origin.PERSON, "given_at": now()}
        db.session.add(CommentLabel(kind=LabelKind.TOPIC, label=topic, **given))
        db.session.add(CommentLabel(kind=LabelKind.SENTIMENT, label=sentiment.value, **given))
        change = sa.update(Comment).where(Comment.id == comment_id)
        db.session.execute(change.values(state=CommentState.CHECKED, sentiment=sentiment.value, counted=True))


def test_a_comment_gets_the_champion_s_topics_and_sentiment(app: Flask) -> None:
    number = make_comment(SLOW)
    comment, by = db.session.get_one(Comment, number), champion_id()
    assert (comment.state, comment.model_id, comment.needs_review) == (CommentState.LABELLED, by, False)
    assert 0 <= comment.doubt <= 1
    found = labels(number, CommentLabel.in_force)
    assert ("topic", "waiting_time", "model", by) in found
    assert ("sentiment", comment.sentiment, "model", by) in found
    assert db.session.scalars(sa.select(sa.func.min(CommentLabel.score))).one() > 0


def test_a_label_by_rule_says_so_and_is_in_no_doubt(app: Flask) -> None:
    comment = db.session.get_one(Comment, make_comment("n/a"))
    assert comment.doubt == 0
    assert ("topic", "no_content", "rule", comment.model_id) in labels(comment.id)


def test_a_batch_costs_the_same_few_statements_whatever_its_size(app: Flask) -> None:
    counts = []
    keep_small_champion()
    for size in (2, 40):
        for number in range(size):
            write(f"{SLOW} for the {number}th time")
        read_all()
        with statements() as sent, transaction():
            assert label_some(now(), ALL) == size
        counts.append(len(sent))
    assert counts[0] == counts[1] < 12


def test_doubt_is_one_at_the_threshold_and_nothing_at_either_end() -> None:
    model = small_model()
    thresholds = dict(zip(model.topics, np.asarray(model.topic_model.thresholds_), strict=True))
    sure = dict.fromkeys(model.topics, 0.0) | {"waiting_time": 1.0}
    torn = sure | {"staff_attitude": thresholds["staff_attitude"]}
    half = sure | {"staff_attitude": thresholds["staff_attitude"] / 2}
    found = model.doubts([Prediction((), probabilities) for probabilities in (sure, torn, half)])
    assert found == pytest.approx([0, 1, 0.5])


def test_relabelling_takes_the_newest_first_and_keeps_what_older_models_said(app: Flask) -> None:
    numbers = [make_comment(f"{SLOW} on day {day}") for day in range(3)]
    older, newer = champion_id(), another_champion()
    assert progress() == (0, 3)
    with transaction():
        assert relabel_some(now(), 2) == 2
    assert progress() == (2, 3)
    db.session.rollback()
    done = set(db.session.scalars(sa.select(Comment.id).where(Comment.model_id == newer)))
    assert done == set(numbers[1:])
    with transaction():
        assert (relabel_some(now(), 2), relabel_some(now(), 2)) == (1, 0)
    for number in numbers:
        assert {model for *_, model in labels(number, CommentLabel.in_force)} == {newer}
        assert {model for *_, model in labels(number, ~CommentLabel.in_force)} == {older}
    assert progress() == (3, 3)


def test_what_a_person_said_survives_relabelling_and_the_model_s_word_is_kept_beside_it(app: Flask) -> None:
    number = make_comment(SLOW)
    check_by_hand(number, "policy_decision", Sentiment.POS)
    newer = another_champion()
    with transaction():
        relabel_some(now(), ALL)
    comment = db.session.get_one(Comment, number)
    assert (comment.state, comment.sentiment, comment.model_id) == (CommentState.CHECKED, "pos", newer)
    by_hand = {("topic", "policy_decision", "person", None), ("sentiment", "pos", "person", None)}
    assert labels(number, CommentLabel.in_force) == by_hand
    assert ("topic", "waiting_time", "model", newer) in labels(number, ~CommentLabel.in_force)


def test_what_a_person_said_survives_a_new_text_from_redacting_by_hand(app: Flask) -> None:
    number = make_comment(SLOW)
    check_by_hand(number, "policy_decision", Sentiment.POS)
    with transaction():
        db.session.execute(sa.update(Comment).values(state=CommentState.REDACTED))
    assert label_all() == 1
    comment = db.session.get_one(Comment, number)
    assert (comment.state, comment.sentiment) == (CommentState.CHECKED, "pos")
    assert ("topic", "policy_decision", "person", None) in labels(number, CommentLabel.in_force)


def test_relabelling_leaves_unclassified_comments_alone(app: Flask) -> None:
    number = make_comment("Mae'r gwasanaeth yn dda iawn ond roedd rhaid i mi aros yn rhy hir ar y ffôn")
    another_champion()
    with transaction():
        assert relabel_some(now(), ALL) == 0
    assert db.session.get_one(Comment, number).state is CommentState.UNCLASSIFIED
    assert progress() == (0, 0)


def test_a_worker_that_stops_between_reading_and_labelling_loses_nothing(app: Flask) -> None:
    response = write(SLOW)
    read_all()
    keep_small_champion()
    with pytest.raises(KeyboardInterrupt), transaction():
        label_some(now(), ALL)
        raise KeyboardInterrupt
    assert comment_of(response).state is CommentState.REDACTED
    assert labels(comment_of(response).id) == set()
    app.extensions["perform"].call_local("comments.label")
    assert comment_of(response).state is CommentState.LABELLED
