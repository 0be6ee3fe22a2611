"""The day figures always equal a recount of the answers, whatever came in which order."""

from datetime import date, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask

from surveys.answers.models import Answer, Mode, Response
from surveys.contacts.models import Channel
from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.questionnaires.kinds import Satisfaction
from surveys.rates.checking import check
from surveys.rates.page_models import CodeTotal, ContactTotal, CrossTotal, PointTotal, RatingFigure
from surveys.rates.roll_up import FIGURES, recount_everything
from tests.makers.answers import answer, invited_token
from tests.makers.people import make_service
from tests.rates.made import AT, DAY, drifts, figures, make_ratings, make_response, roll_up_all

RATINGS = list(Satisfaction)
RESOLVED = ("first_time", "no", "do_not_know")


def change_rating(response: int, rating: Satisfaction) -> None:
    """As the survey does where a resident answers again before the end."""
    with transaction():
        db.session.execute(
            sa.update(Answer)
            .where(Answer.response_id == response, Answer.question == "overall")
            .values(code=rating.value)
        )
        changed = sa.update(Response).where(Response.id == response)
        db.session.execute(changed.values(satisfaction=rating, counted=False))


def some_act(chance: Random, services: list[int], responses: list[int]) -> None:
    """One thing that happens to an installation: an answer, a changed one, a roll-up, now and then a recount."""
    act = chance.random()
    if act < 0.5 or not responses:
        day = DAY + timedelta(days=chance.randrange(-2, 3))
        place = {"channel": chance.choice(list(Channel)), "mode": chance.choice(list(Mode)), "day": day}
        rest = {"resolved": chance.choice(RESOLVED)} if chance.random() < 0.5 else {}
        with transaction():
            responses.append(make_response(chance.choice(services), chance.choice(RATINGS), **place, **rest))
    elif act < 0.75:
        change_rating(chance.choice(responses), chance.choice(RATINGS))
    elif act < 0.95:
        roll_up_all()
    else:
        with transaction():
            recount_everything()


@pytest.mark.parametrize("seed", range(4))
def test_the_roll_up_equals_a_recount_after_any_sequence_of_acts(app: Flask, seed: int) -> None:
    chance = Random(seed)
    services = [make_service("parking").id, make_service("libraries", "Libraries").id]
    responses: list[int] = []
    for _ in range(60):
        some_act(chance, services, responses)
        assert drifts() == 0
    roll_up_all()
    rolled = figures()
    with transaction():
        recount_everything()
    assert figures() == rolled
    assert sum(n for (_, question, _), n in rolled.items() if question == "overall") == len(responses)


def test_a_roll_up_with_nothing_new_touches_no_day(app: Flask) -> None:
    make_ratings(make_service().id, RATINGS)
    assert roll_up_all() == 1
    assert roll_up_all() == 0


def test_a_changed_rating_moves_from_one_figure_to_the_other(app: Flask) -> None:
    (response,) = make_ratings(make_service().id, [Satisfaction.VERY_SATISFIED])
    roll_up_all()
    change_rating(response, Satisfaction.NEITHER)
    roll_up_all()
    assert figures() == {(DAY, "overall", "neither"): 1}


def test_a_late_answer_goes_to_the_day_of_its_contact(app: Flask, folder: Path) -> None:
    contacted = now() - timedelta(days=9)
    token = invited_token(folder, moment=contacted)
    answer(token)
    roll_up_all()
    (key,) = figures()
    assert key == (today() - timedelta(days=9), "overall", "very_satisfied")


def test_every_coded_answer_is_counted_and_no_words_are(app: Flask) -> None:
    service = make_service().id
    with transaction():
        response = make_response(service, resolved="no")
        db.session.add(Answer(response_id=response, question="why", words="Slow.", given_at=AT))
    roll_up_all()
    assert figures() == {(DAY, "overall", "very_satisfied"): 1, (DAY, "resolved", "no"): 1}


def test_days_that_wait_for_the_roll_up_are_told_and_not_compared(app: Flask) -> None:
    service = make_service().id
    make_ratings(service, RATINGS)
    roll_up_all()
    make_ratings(service, RATINGS[:2])
    found = check()
    assert (found.figures, found.waiting, found.drifts) == (12, 2, [])


@pytest.mark.parametrize(
    ("tampering", "stored", "recount"),
    [
        ("UPDATE day_figures SET count = 9", 9, 1),
        ("DELETE FROM day_figures", 0, 1),
        ("UPDATE answers SET code = 'neither'", 1, 0),
    ],
)
def test_the_check_finds_what_was_tampered_with(app: Flask, tampering: str, stored: int, recount: int) -> None:
    service = make_service().id
    make_ratings(service, [Satisfaction.VERY_SATISFIED])
    roll_up_all()
    with transaction():
        db.session.execute(sa.text(tampering))
    drift = next(d for d in check().drifts if d.key[-1] == "very_satisfied")
    assert (drift.stored, drift.recount) == (stored, recount)
    assert drift.key == ("2026-03-10", str(service), "phone", "web", "overall", "very_satisfied")


def test_the_check_command_ends_with_1_and_the_recount_mends_it(app: Flask) -> None:
    make_ratings(make_service().id, RATINGS)
    roll_up_all()
    commands = app.test_cli_runner()
    good = commands.invoke(args=["rates", "check"])
    assert (good.exit_code, good.output) == (0, "12 figures equal a recount of the answers and contacts.\n")
    with transaction():
        db.session.execute(sa.text("UPDATE day_figures SET count = 7 WHERE code = 'neither'"))
    bad = commands.invoke(args=["rates", "check"])
    assert bad.exit_code == 1
    assert "overall / neither: stored 7, recount 1" in bad.output
    assert "flask rates recount" in bad.output
    assert commands.invoke(args=["rates", "recount"]).output == "12 figures counted from the answers and contacts.\n"
    assert commands.invoke(args=["rates", "check"]).exit_code == 0


def test_a_recount_that_finds_nothing_new_writes_no_figure_again(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite leaves no old rows behind")
    make_ratings(make_service().id, RATINGS)
    roll_up_all()
    with transaction():
        recount_everything()
    written = versions_of_figures()
    with transaction():
        recount_everything()
    assert versions_of_figures() == written


def versions_of_figures() -> list[str]:
    """The number of the transaction that wrote each figure."""
    kinds = (*FIGURES, RatingFigure, CodeTotal, CrossTotal, ContactTotal, PointTotal)
    found = [db.session.scalars(sa.text(f"SELECT xmin::text FROM {kind.__tablename__}")).all() for kind in kinds]
    db.session.rollback()
    return [number for numbers in found for number in numbers]


def test_the_task_rolls_up(app: Flask) -> None:
    make_ratings(make_service().id, RATINGS)
    app.extensions["perform"].call_local("rates.roll_up")
    assert sum(figures().values()) == 6


def roll_up_elsewhere(app: Flask) -> None:
    with app.app_context():
        roll_up_all()
        db.session.remove()


def waiting_for_a_lock() -> bool:
    """Whether some other connection of this database is held up, as PostgreSQL sees it."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with db.engine.connect() as connection:
        return bool(connection.execute(sa.text(query)).scalar())


def test_a_roll_up_beside_a_recount_keeps_no_figure_of_a_rating_that_was_changed(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    (response,) = make_ratings(make_service().id, [Satisfaction.VERY_SATISFIED])
    roll_up_all()
    second = Thread(target=roll_up_elsewhere, args=(app,))
    with transaction():
        recount_everything()
        change_elsewhere(response)
        second.start()
        while second.is_alive() and not waiting_for_a_lock():
            second.join(0.01)
    second.join(30)
    assert not second.is_alive()
    assert figures() == {(DAY, "overall", "very_dissatisfied"): 1}
    assert drifts() == 0


def change_elsewhere(response: int) -> None:
    """A changed rating, committed on another connection while a recount has counted and not committed."""
    with db.engine.begin() as connection:
        values = {"code": "very_dissatisfied", "response": response}
        run = connection.execute
        run(sa.text("UPDATE answers SET code = :code WHERE response_id = :response AND question = 'overall'"), values)
        run(sa.text("UPDATE responses SET satisfaction = :code, counted = false WHERE id = :response"), values)


def test_the_day_of_the_figures_is_a_day_of_the_calendar(app: Flask) -> None:
    make_ratings(make_service().id, [Satisfaction.NEITHER], date(2024, 2, 29))
    roll_up_all()
    assert list(figures()) == [(date(2024, 2, 29), "overall", "neither")]
