"""The model of who answers and how satisfied they are, and the comments they write."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from surveys.contacts.models import Channel
from surveys.demo.comments import comment
from surveys.demo.council import CHANNELS, SERVICES
from surveys.demo.getting_in_touch import WEIGHTS
from surveys.demo.opinions import (
    GETS_BETTER,
    GETS_WORSE,
    answered_at,
    chance_answers,
    chance_satisfied,
    dealt_with,
    satisfaction,
)
from surveys.messaging.models import Medium
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.kinds import SATISFIED, Satisfaction

NEWEST = date(2026, 3, 10)
LONGEST = DEFAULT_DEFINITION["questions"][2]["longest"]


def many_comments(count: int) -> list[str]:
    rng = Random(9)
    return [
        comment(
            rng,
            rng.choice(SERVICES).slug,
            rng.choice(tuple(Channel)),
            rng.choice(tuple(Satisfaction)),
            rng.choice(("", "first_time", "no")),
        )
        for _ in range(count)
    ]


def test_the_worse_service_is_worse_from_its_month_and_the_better_one_better() -> None:
    for turn, month in ((GETS_WORSE, date(2025, 7, 1)), (GETS_BETTER, date(2025, 9, 1))):
        assert turn.starts_on(NEWEST) == month
        before = chance_satisfied(turn.service, Channel.WEB, month - timedelta(days=1), NEWEST)
        after = chance_satisfied(turn.service, Channel.WEB, month, NEWEST)
        assert after - before == pytest.approx(turn.after - turn.before)
    assert GETS_WORSE.after - GETS_WORSE.before < -0.1
    assert GETS_BETTER.after - GETS_BETTER.before > 0.1


def test_other_services_stay_as_they_are() -> None:
    chances = {chance_satisfied("benefits", Channel.PHONE, NEWEST - timedelta(days=n), NEWEST) for n in range(700)}
    assert len(chances) == 1


def test_about_three_in_four_are_satisfied_overall() -> None:
    level = 0.0
    for service in SERVICES:
        weights = WEIGHTS[service.slug]
        chances = [chance_satisfied(service.slug, channel, date(2025, 1, 1), NEWEST) for channel in CHANNELS]
        level += service.share * sum(w * c for w, c in zip(weights, chances, strict=True)) / sum(weights)
    assert 0.75 <= level <= 0.80


def test_fewer_answer_the_longer_they_waited_to_be_asked() -> None:
    chances = [chance_answers(Channel.PHONE, Medium.SMS, days) for days in range(8)]
    assert chances == sorted(chances, reverse=True)
    assert 0 < chances[-1] < chances[0] < 1


def test_answers_come_after_the_message_and_some_come_late() -> None:
    rng, sent = Random(1), datetime(2026, 1, 5, 10, tzinfo=UTC)
    waits = [answered_at(rng, sent) - sent for _ in range(2000)]
    assert min(waits) > timedelta()
    assert sum(wait < timedelta(days=1) for wait in waits) > 1000
    assert sum(wait > timedelta(days=7) for wait in waits) > 100


def test_ratings_follow_the_chance() -> None:
    rng = Random(2)
    ratings = Counter(satisfaction(rng, 0.8) for _ in range(5000))
    assert set(ratings) == set(Satisfaction)
    five = 5000 - ratings[Satisfaction.DO_NOT_KNOW]
    assert sum(ratings[point] for point in SATISFIED) / five == pytest.approx(0.8, abs=0.03)


def test_satisfied_residents_more_often_had_their_query_dealt_with() -> None:
    rng = Random(3)
    done = {
        rating: sum(dealt_with(rng, rating) in ("first_time", "more_than_one") for _ in range(1000))
        for rating in (Satisfaction.VERY_SATISFIED, Satisfaction.NEITHER, Satisfaction.VERY_DISSATISFIED)
    }
    assert done[Satisfaction.VERY_SATISFIED] > done[Satisfaction.NEITHER] > done[Satisfaction.VERY_DISSATISFIED]


def test_comments_are_many_and_various() -> None:
    comments = many_comments(3000)
    assert len(set(comments)) > 2000
    lengths = sorted(map(len, comments))
    assert lengths[100] < 25
    assert lengths[-100] > 180
    assert sum(words.isupper() for words in comments) > 50
    assert sum(words.islower() for words in comments) > 300


def test_comments_are_whole_and_fit_the_question() -> None:
    for words in many_comments(3000):
        assert not set(words) & set("{}|"), words
        assert "  " not in words
        assert " ." not in words
        assert 0 < len(words) <= LONGEST


def test_welsh_answers_have_welsh_comments() -> None:
    rng = Random(4)
    grateful = {
        comment(rng, "libraries", Channel.PHONE, Satisfaction.VERY_SATISFIED, "first_time", "cy") for _ in range(200)
    }
    assert any("Diolch" in words for words in grateful)
    assert not any("the " in words for words in grateful)
