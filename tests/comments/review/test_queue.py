"""Which comment comes next, and to whom."""

from collections import Counter
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.comments.fitting.learning import FOR_MEASURING, pairs_of_verdicts
from surveys.comments.labels.models import ShownAs
from surveys.comments.review.queue import Reviewer, next_comment, rarest_labels
from surveys.comments.texts.models import CommentLabel, LabelKind, Origin
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.comments import service_id
from tests.makers.people import make_user
from tests.makers.reviews import TO_LEARN, comment_now, make_comments, say

WORDS = [
    "I waited for an hour in the queue.",
    "She was rude and abrupt with me.",
    "The website would not let me pay.",
    "The charge for the permit is far too high.",
    "Nobody told me what was happening.",
    "The man on the desk was so kind.",
    "Could not get through on the phone.",
    "There was no lift at the office.",
]


@pytest.fixture
def reviewer_id(app: Flask) -> int:
    return make_user(Role.REVIEWER).id


def asked_next(reviewer: Reviewer) -> tuple[int, ShownAs]:
    found = next_comment(reviewer, now())
    db.session.rollback()
    assert found is not None
    return found


def work(reviewer: Reviewer, times: int) -> list[tuple[int, ShownAs]]:
    """The comments this reviewer gets and checks, one after the other."""
    done = []
    for _ in range(times):
        number, shown_as = asked_next(reviewer)
        say(number, reviewer.id, "waiting_time", shown_as=shown_as)
        done.append((number, shown_as))
    return done


def test_half_are_least_certain_a_quarter_rare_and_a_quarter_by_chance(app: Flask, reviewer_id: int) -> None:
    make_comments(WORDS, TO_LEARN)
    measuring = make_comments([f"{one} Truly." for one in WORDS[:4]], 1)
    done = work(Reviewer(reviewer_id, None), 8)
    assert Counter(kind for _, kind in done) == {ShownAs.UNCERTAIN: 4, ShownAs.RANDOM: 2, ShownAs.RARE: 2}
    assert [number for number, kind in done if kind is ShownAs.RANDOM] == measuring[:2], "the lowest chance first"
    doubts = [comment_now(number).doubt for number, kind in done if kind is ShownAs.UNCERTAIN]
    assert doubts == sorted(doubts, key=lambda doubt: -(doubt or 0))
    assert len({number for number, _ in done}) == 8


def test_what_measures_comes_by_chance_alone_and_what_teaches_never_does(app: Flask, reviewer_id: int) -> None:
    make_comments(WORDS)
    while (found := next_comment(Reviewer(reviewer_id, None), now())) is not None:
        db.session.rollback()
        number, shown_as = found
        assert (comment_now(number).chance < FOR_MEASURING) == (shown_as is ShownAs.RANDOM)
        say(number, reviewer_id, shown_as=shown_as)


def test_a_comment_that_somebody_chose_still_comes_by_chance(app: Flask, reviewer_id: int) -> None:
    (number,) = make_comments(WORDS[:1], 1)
    say(number, reviewer_id, "waiting_time", shown_as=ShownAs.CHOSEN)
    assert asked_next(Reviewer(reviewer_id, None)) == (number, ShownAs.RANDOM)


def test_a_reviewer_gets_comments_of_granted_services_only(app: Flask, reviewer_id: int) -> None:
    make_comments(WORDS, TO_LEARN)
    (bins,) = make_comments(["The bins were not emptied."], TO_LEARN + 1, service="bins")
    granted = Reviewer(reviewer_id, frozenset({service_id("bins")}))
    assert asked_next(granted)[0] == bins
    say(bins, reviewer_id)
    assert next_comment(granted, now()) is None
    assert next_comment(Reviewer(reviewer_id, frozenset()), now()) is None


def test_what_was_skipped_does_not_come_back_at_once(app: Flask, reviewer_id: int) -> None:
    make_comments(WORDS[:2], TO_LEARN)
    first, _ = asked_next(Reviewer(reviewer_id, None))
    assert asked_next(Reviewer(reviewer_id, None))[0] == first, "the same until something was checked"
    assert asked_next(Reviewer(reviewer_id, None, [first]))[0] != first


def test_two_reviewers_at_work_get_different_comments_while_there_are_any(app: Flask, reviewer_id: int) -> None:
    make_comments(WORDS, TO_LEARN)
    other = Reviewer(make_user(Role.REVIEWER, email="second@example.gov.uk").id, None)
    mine = Reviewer(reviewer_id, None)
    work(mine, 1)
    work(other, 1)
    for _ in range(2):
        assert asked_next(mine)[0] != asked_next(other)[0]
        say(asked_next(mine)[0], mine.id)
        say(asked_next(other)[0], other.id)


def test_a_reviewer_who_went_home_holds_nothing_back(app: Flask, reviewer_id: int) -> None:
    numbers = make_comments(WORDS[:3], TO_LEARN)
    work(Reviewer(make_user(Role.REVIEWER, email="second@example.gov.uk").id, None), 1)
    got = set()
    for _ in numbers[1:]:
        found = next_comment(Reviewer(reviewer_id, None), now() + timedelta(hours=1))
        db.session.rollback()
        assert found is not None
        got.add(found[0])
        say(found[0], reviewer_id)
    assert len(got) == 2


def test_every_fifth_by_chance_goes_to_a_second_reviewer_and_to_no_third(app: Flask, reviewer_id: int) -> None:
    numbers = make_comments(WORDS[:2], 5)
    odd = make_comments(WORDS[2:3], 11)
    for number in (*numbers, *odd):
        say(number, reviewer_id, "waiting_time", shown_as=ShownAs.RANDOM)
    second = Reviewer(make_user(Role.REVIEWER, email="second@example.gov.uk").id, None)
    third = Reviewer(make_user(Role.REVIEWER, email="third@example.gov.uk").id, None)
    assert next_comment(Reviewer(reviewer_id, None), now()) is None, "nobody is their own second reviewer"
    assert {kind for _, kind in work(second, 2)} == {ShownAs.SECOND}
    assert next_comment(second, now()) is None
    assert next_comment(third, now()) is None
    db.session.rollback()
    pairs = pairs_of_verdicts()
    assert [(sorted(pair.first), sorted(pair.second)) for pair in pairs] == [(["neg", "waiting_time"],) * 2] * 2


def test_the_rarest_labels_are_those_that_fewest_comments_have(app: Flask, reviewer_id: int) -> None:
    numbers = make_comments(WORDS[:6], TO_LEARN)
    with transaction():
        db.session.execute(sa.delete(CommentLabel))
        labels = ("waiting_time", "staff_attitude", "access_premises")
        for place, number in enumerate(numbers):
            given = {"comment_id": number, "kind": LabelKind.TOPIC, "origin": Origin.RULE, "given_at": now()}
            db.session.add_all(CommentLabel(label=name, **given) for name in labels[: 1 + (place > 0) + (place > 3)])
    assert rarest_labels() == ["access_premises", "staff_attitude", "waiting_time"]
    for number in numbers[4:]:
        say(number, reviewer_id, "access_premises")
    assert rarest_labels() == ["staff_attitude", "waiting_time"], "there must be one to check"


def test_the_next_comment_costs_the_same_however_many_there_are(app: Flask, reviewer_id: int) -> None:
    make_comments(WORDS, TO_LEARN)
    with statements() as few:
        next_comment(Reviewer(reviewer_id, None), now())
    make_comments([f"{one} Again." for one in WORDS], TO_LEARN)
    with statements() as many:
        next_comment(Reviewer(reviewer_id, None), now())
    assert len(few) == len(many) <= 6
