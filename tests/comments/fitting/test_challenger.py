"""A challenger is fitted from corrections, tried on what chance drew, and takes over only where it may."""

import pytest
import sqlalchemy as sa
from flask import Flask

from nlp.code_frame import code_frame
from nlp.comments import Comment as Words
from nlp.comments import Sentiment
from surveys.comments.fitting import challenger, trials
from surveys.comments.fitting.challenger import due, gather, new_corrections, settle, tried
from surveys.comments.fitting.learning import lessons, random_sample
from surveys.comments.fitting.tasks import FITTING, refit
from surveys.comments.labels.frame_changes import Change, add_label
from surveys.comments.labels.models import LabelModel, ShownAs, Standing
from surveys.comments.labels.relabelling import progress
from surveys.comments.labels.stored_models import KEPT_WHOLE, champion, champion_id, keep_model, promote, refuse
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.queue import TASKS, run_waiting
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.makers.people import make_user
from tests.makers.reviews import TO_LEARN, make_comments, say
from tests.nlp.trained import fitted_small, small_model

ALLOTMENTS = [f"My allotment {what}." for what in (
    "plot has been flooded since March", "waiting list is years long", "rent went up again", "gate lock is broken",
    "neighbour never weeds the plot", "water tap was cut off", "site has no parking", "shed was refused",
    "plot was given to somebody else", "site manager was very kind",
)]  # fmt: skip


@pytest.fixture
def reviewer_id(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """A reviewer, where a fit takes no time: what comes of it is the small model, whatever was to be learned."""
    monkeypatch.setattr(challenger, "fitted", lambda *_: small_model())
    return make_user(Role.REVIEWER).id


def standings() -> list[Standing]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(LabelModel.standing).order_by(LabelModel.id)))


def test_models_learn_from_three_quarters_and_are_measured_on_what_chance_drew_of_the_rest(
    app: Flask, reviewer_id: int
) -> None:
    learned = make_comments(ALLOTMENTS[:2], TO_LEARN)
    drawn, chosen = make_comments(ALLOTMENTS[2:4], 1)
    for number in learned:
        say(number, reviewer_id, "policy_decision")
    say(drawn, reviewer_id, "waiting_time", shown_as=ShownAs.RANDOM)
    say(chosen, reviewer_id, "waiting_time", shown_as=ShownAs.CHOSEN)
    assert [lesson.comment_id for lesson in lessons(code_frame())] == learned
    assert [lesson.comment_id for lesson in random_sample(code_frame())] == [drawn]


def test_the_latest_word_counts_and_a_second_reviewer_s_does_not(app: Flask, reviewer_id: int) -> None:
    taught, drawn = make_comments(ALLOTMENTS[:1], TO_LEARN) + make_comments(ALLOTMENTS[1:2], 5)
    other = make_user(Role.REVIEWER, email="second@example.gov.uk").id
    say(taught, reviewer_id, "policy_decision")
    say(taught, other, "listening_understanding", sentiment=Sentiment.POS)
    say(drawn, reviewer_id, "waiting_time", shown_as=ShownAs.RANDOM)
    say(drawn, other, "staff_attitude", shown_as=ShownAs.SECOND)
    (lesson,), (measure,) = lessons(code_frame()), random_sample(code_frame())
    assert (lesson.example.labels, lesson.example.sentiment) == ({"listening_understanding"}, Sentiment.POS)
    assert measure.example.labels == {"waiting_time"}
    assert new_corrections() == 3


def test_without_enough_to_measure_on_a_challenger_waits_for_a_person(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments(ALLOTMENTS[:1], TO_LEARN)
    (drawn,) = make_comments(ALLOTMENTS[1:2], 1)
    say(number, reviewer_id, "policy_decision")
    say(drawn, reviewer_id, "waiting_time", shown_as=ShownAs.RANDOM)
    assert due()
    refit()
    assert standings() == [Standing.CHAMPION, Standing.CHALLENGER]
    report = db.session.scalars(sa.select(LabelModel.report).order_by(LabelModel.id.desc())).first()
    assert report is not None
    assert (report["trial"]["outcome"], report["trial"]["own"]["comments"]) == ("too few", 1)
    assert not due()
    say(number, reviewer_id, "policy_decision")
    refit()
    assert standings() == [Standing.CHAMPION, Standing.REFUSED, Standing.CHALLENGER], "a newer one takes its place"


@pytest.mark.parametrize(
    ("most_lost", "becomes", "before"),
    [(1.0, Standing.CHAMPION, Standing.FORMER), (-1.0, Standing.REFUSED, Standing.CHAMPION)],
)
def test_the_rule_decides_where_there_is_enough_to_measure_on(
    app: Flask,
    reviewer_id: int,
    monkeypatch: pytest.MonkeyPatch,
    most_lost: float,
    becomes: Standing,
    before: Standing,
) -> None:
    monkeypatch.setattr(trials, "FEWEST_COMMENTS", 1)
    monkeypatch.setattr(trials, "MOST_F1_LOST", most_lost)
    (number,) = make_comments(ALLOTMENTS[:1], TO_LEARN)
    (drawn,) = make_comments(["I waited an hour in the queue."], 1)
    say(number, reviewer_id, "policy_decision")
    say(drawn, reviewer_id, "waiting_time", shown_as=ShownAs.RANDOM)
    refit()
    assert standings() == [before, becomes]
    run_waiting(app)
    db.session.rollback()
    done = progress()
    assert (done.done, done.all) == (2, 2)


def test_where_nothing_new_is_to_be_learned_the_champion_is_measured_anew(app: Flask, reviewer_id: int) -> None:
    (drawn,) = make_comments(["I waited an hour in the queue."], 1)
    say(drawn, reviewer_id, "waiting_time", shown_as=ShownAs.RANDOM)
    refit()
    assert standings() == [Standing.CHAMPION]
    report = db.session.scalars(sa.select(LabelModel.report)).one()
    assert report is not None
    assert (report["now"]["comments"], report["trial"]) == (1, None)


def test_a_fit_that_was_overtaken_is_dropped(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments(ALLOTMENTS[:1], TO_LEARN)
    say(number, reviewer_id, "policy_decision")
    material = gather()
    db.session.rollback()
    trial = tried(material)
    refit()
    with transaction():
        assert settle(material, trial, now()) is None
    assert standings() == [Standing.CHAMPION, Standing.CHALLENGER]


def test_one_process_fits_once_at_a_time(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments(ALLOTMENTS[:1], TO_LEARN)
    say(number, reviewer_id, "policy_decision")
    db.session.rollback()
    with FITTING:
        refit()
    assert standings() == [Standing.CHAMPION]
    assert TASKS["comments.refit"].daily_at is not None


def test_no_transaction_is_open_while_a_model_is_fitted(
    app: Flask, reviewer_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (number,) = make_comments(ALLOTMENTS[:1], TO_LEARN)
    say(number, reviewer_id, "policy_decision")
    db.session.rollback()
    seen: list[bool] = []

    def fit_and_look(*_: object) -> object:
        seen.append(db.session().in_transaction())
        return small_model()

    monkeypatch.setattr(challenger, "fitted", fit_and_look)
    refit()
    assert seen == [False]


def test_ten_examples_are_enough_for_a_new_label(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenger, "fitted", fitted_small)
    make_comments(["I waited an hour in the queue."])
    user_id = make_user().id
    with transaction():
        change = Change(1, user_id, now())
        name = add_label("Allotments", "Plots, their waiting lists and sites.", "\n".join(ALLOTMENTS), change)
    assert run_waiting(app) >= 1
    assert standings() == [Standing.CHAMPION, Standing.CHALLENGER]
    newest = db.session.scalars(sa.select(LabelModel.id).order_by(LabelModel.id.desc())).first()
    db.session.rollback()
    assert newest is not None
    with transaction():
        promote(newest, now())
    found = champion()
    assert found is not None
    unseen = ["My allotment plot is overgrown by now.", "Who repairs the gate of my allotment site?"]
    told = found.model.classify([Words(one, language="en") for one in [*unseen, "The lady was so kind to me."]])
    assert [name in one.labels for one in told] == [True, True, False]


def test_the_last_five_that_served_are_kept_whole_however_many_are_refused(app: Flask) -> None:
    made = []
    for _ in range(KEPT_WHOLE + 1):
        with transaction():
            made.append(keep_model(small_model(), keep_first_number(), 0, now()))
            promote(made[-1], now())
    for _ in range(KEPT_WHOLE):
        with transaction():
            refuse(keep_model(small_model(), 1, 0, now()), now())
    whole = db.session.scalars(sa.select(LabelModel.id).where(LabelModel.arrays.is_not(None)).order_by(LabelModel.id))
    assert list(whole) == made[1:]
    db.session.rollback()
    with transaction():
        promote(made[1], now(), because="a person decided")
    assert champion_id() == made[1]
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject) == ("label model promoted", f"label model:{made[1]}")


def keep_first_number() -> int:
    return challenger.keep_first_frame().version
