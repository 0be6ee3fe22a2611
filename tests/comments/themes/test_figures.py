"""The figures by theme always equal a recount of the comments."""

from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.models import Answer
from surveys.comments.texts.models import Comment
from surveys.comments.themes.figures import check, mend, roll_up_themes
from surveys.comments.themes.models import ThemeFigure
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from tests.makers.comments import DAY, label_all, make_comment, read_all, rewrite, write

WORDS = (
    "I waited forty minutes on the phone",
    "The man I spoke to was rude and did not listen",
    "Your website would not let me pay",
    "Thank you, everything was excellent",
    "n/a",
    "Mae'r gwasanaeth yn dda iawn ond roedd rhaid i mi aros yn rhy hir ar y ffôn",
)


def count_new() -> int:
    with transaction():
        return roll_up_themes()


def figures() -> dict[tuple[date, str, str], int]:
    """The count by day, label and sentiment."""
    db.session.rollback()
    f = ThemeFigure
    query = sa.select(f.day, f.label, f.sentiment, sa.func.sum(f.count)).group_by(f.day, f.label, f.sentiment)
    return {(day, label, sentiment): int(count) for day, label, sentiment, count in db.session.execute(query)}


def drifts() -> int:
    db.session.rollback()
    found = len(check().drifts)
    db.session.rollback()
    return found


def test_each_comment_counts_once_under_every_and_once_under_each_label(app: Flask) -> None:
    comment = db.session.get_one(Comment, make_comment(WORDS[4]))
    assert count_new() == 1
    assert figures() == {(DAY, "*", "neutral_mixed"): 1, (DAY, "no_content", "neutral_mixed"): 1}
    assert comment.counted
    assert count_new() == 0


def some_act(chance: Random, responses: list[int]) -> None:
    act = chance.random()
    if act < 0.5 or not responses:
        day, channel = DAY + timedelta(days=chance.randrange(3)), chance.choice((Channel.PHONE, Channel.WEB))
        service = chance.choice(("parking", "libraries"))
        responses.append(write(chance.choice(WORDS), day=day, channel=channel, service=service))
    elif act < 0.6:
        rewrite(chance.choice(responses), chance.choice(WORDS))
    elif act < 0.75:
        read_all()
    elif act < 0.9:
        label_all()
    else:
        count_new()


@pytest.mark.parametrize("seed", range(2))
def test_the_figures_equal_a_recount_after_any_sequence_of_acts(app: Flask, seed: int) -> None:
    chance, responses = Random(seed), list[int]()
    for _ in range(50):
        some_act(chance, responses)
        assert drifts() == 0
    read_all()
    label_all()
    count_new()
    assert drifts() == 0
    every = sum(count for (_, label, _), count in figures().items() if label == "*")
    assert every == db.session.scalar(sa.select(sa.func.count()).where(Comment.sentiment.is_not(None)))
    assert every > 5


def test_a_comment_that_was_erased_drops_out_of_its_day_by_the_night_s_mending(app: Flask) -> None:
    make_comment(WORDS[0])
    make_comment(WORDS[3], day=DAY + timedelta(days=1))
    count_new()
    with transaction():
        db.session.execute(sa.delete(Answer).where(Answer.words.is_not(None)))
    assert drifts() > 0
    with transaction():
        assert mend(DAY + timedelta(days=1)) == 1
    assert {day for day, _, _ in figures()} == {DAY}
    with transaction():
        assert mend(date.min) == 1
    assert figures() == {}


@pytest.mark.parametrize("tampering", ["UPDATE theme_figures SET count = 9", "DELETE FROM theme_figures"])
def test_the_check_command_ends_with_1_and_the_recount_mends_it(app: Flask, tampering: str) -> None:
    make_comment(WORDS[0])
    count_new()
    commands = app.test_cli_runner()
    good = commands.invoke(args=["comments", "check"])
    assert good.exit_code == 0
    assert "figures equal a recount of the comments" in good.output
    with transaction():
        db.session.execute(sa.text(tampering))
    bad = commands.invoke(args=["comments", "check"])
    assert bad.exit_code == 1
    assert "flask comments recount" in bad.output
    assert commands.invoke(args=["comments", "recount"]).exit_code == 0
    assert commands.invoke(args=["comments", "check"]).exit_code == 0
