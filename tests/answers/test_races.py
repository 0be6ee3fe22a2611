"""Whatever comes at the same moment: one response, nothing lost that was said to be saved, figures equal a recount."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.answers.models import Answer, Mode, Response
from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import take_in
from surveys.contacts.models import ContactPoint
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.tokens import seal
from surveys.invitations.models import Invitation, InvitationKind
from surveys.invitations.outbox import send_due
from surveys.invitations.remind import Reminding, remind
from surveys.messaging.models import Medium
from surveys.messaging.senders import senders
from surveys.questionnaires.kinds import Given
from surveys.rates.checking import check
from surveys.rates.roll_up import recount_everything, roll_up
from tests.answers.racing import assert_sound, at_once, inside, invited, kept, post, the_response
from tests.invitations.told import audited
from tests.makers.answers import answer, invited_token

REST = {"resolved": "first_time", "why": "Quick"}
OTHER_REST = {"resolved": "no", "why": "Slow"}
# Chance decides who is first: several rounds see both orders.
ROUNDS = 4


def stop(token: str) -> Callable[[FlaskClient], TestResponse]:
    return lambda client: client.post(f"/stop/{token}", data={"List-Unsubscribe": "One-Click"})


def statuses(answers: list[TestResponse]) -> list[int]:
    return [answer.status_code for answer in answers]


def stops() -> int:
    db.session.rollback()
    stopped = sa.select(sa.func.count()).where(ContactPoint.opted_out_at.is_not(None))
    return db.session.scalar(stopped) or 0


def test_continue_pressed_twice_keeps_one_rating(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    press = post("", token, overall="neither")
    assert statuses(at_once(app, press, press, press)) == [303] * 3
    assert kept() == {"overall": "neither"}
    assert_sound(1)


def test_two_devices_with_different_ratings_leave_one_of_them_whole(app: Flask, tmp_path: Path) -> None:
    tokens = invited(tmp_path, ROUNDS)
    for token in tokens:
        pair = [post("", token, overall=code) for code in ("very_satisfied", "very_dissatisfied")]
        assert statuses(at_once(app, *pair)) == [303, 303]
    assert_sound(ROUNDS)


def test_the_rest_sent_twice_is_kept_once(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    answer(token, "neither", completes=False)
    press = post("/more", token, **REST)
    sent = at_once(app, press, press, press)
    # The one that came late is shown that the answers were received.
    assert set(statuses(sent)) <= {200, 303}
    assert kept() == {"overall": "neither", **REST}
    assert_sound(1)


def test_the_rest_from_two_devices_is_never_a_mix_of_both(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    answer(token, "neither", completes=False)
    at_once(app, post("/more", token, **REST), post("/more", token, **OTHER_REST))
    assert kept() in ({"overall": "neither", **REST}, {"overall": "neither", **OTHER_REST})
    assert_sound(1)


def test_a_rating_changed_while_the_rest_is_sent_is_kept_or_comes_too_late(app: Flask, tmp_path: Path) -> None:
    tokens = invited(tmp_path, ROUNDS)
    for token in tokens:
        answer(token, "neither", completes=False)
        at_once(app, post("", token, overall="very_satisfied"), post("/more", token, **REST))
    db.session.rollback()
    found = db.session.scalars(sa.select(Response)).all()
    assert all(one.completed_at is not None for one in found)
    assert {one.satisfaction for one in found} <= {"neither", "very_satisfied"}
    assert_sound(ROUNDS)


def test_a_rating_sent_to_a_complete_response_from_many_tabs_changes_nothing(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    answer(token, "neither", resolved="no")
    late = at_once(app, *[post("", token, overall="very_satisfied")] * 3, post("/more", token, **REST))
    assert statuses(late) == [200] * 4
    assert kept() == {"overall": "neither", "resolved": "no"}
    assert_sound(1)


def test_two_tabs_in_two_languages_make_one_response(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    at_once(app, post("?lang=en", token, overall="neither"), post("?lang=cy", token, overall="neither"))
    assert the_response().language in ("en", "cy")
    assert_sound(1)


def test_looking_while_the_answer_is_saved_neither_fails_nor_changes_anything(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)

    def read(client: FlaskClient) -> TestResponse:
        for path in ("", "/more", "/thanks"):
            assert client.get(f"/s/{token}{path}").status_code in (200, 302)
        return client.get(f"/s/{token}")

    assert statuses(at_once(app, read, read, post("", token, overall="neither"))) == [200, 200, 303]
    assert kept() == {"overall": "neither"}
    assert_sound(1)


def test_an_answer_after_a_stop_is_kept_and_so_is_the_stop(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    stop(token)(client)
    assert statuses(at_once(app, *[post("", token, overall="neither")] * 2)) == [303, 303]
    assert (stops(), kept()) == (1, {"overall": "neither"})
    assert_sound(1)


@pytest.mark.parametrize("page", ["", "/more"])
def test_a_stop_in_the_same_moment_as_an_answer_loses_neither(app: Flask, tmp_path: Path, page: str) -> None:
    token = invited_token(tmp_path)
    if page:
        answer(token, "neither", completes=False)
    given = REST if page else {"overall": "neither"}
    sent, stopped = at_once(app, post(page, token, **given), stop(token))
    assert (sent.status_code, stopped.status_code) == (303, 200)
    assert (stops(), kept()) == (1, {"overall": "neither", **(REST if page else {})})
    assert_sound(1)


def test_many_stops_and_many_answers_at_once_are_all_kept(app: Flask, tmp_path: Path) -> None:
    tokens = invited(tmp_path, 4)
    works = [work for token in tokens for work in (post("", token, overall="neither"), stop(token))]
    assert sorted(statuses(at_once(app, *works))) == [200] * 4 + [303] * 4
    assert stops() == 4
    assert_sound(4)


def delivered(folder: Path, count: int) -> list[str]:
    """Links that arrived more than a week ago."""
    tokens = invited(folder, count)
    with transaction():
        db.session.execute(sa.update(Invitation).values(state="delivered", sent_at=now() - timedelta(days=8)))
    return tokens


def reminders() -> list[tuple[str, str | None]]:
    db.session.rollback()
    found = sa.select(Invitation.state, Invitation.reason).where(Invitation.kind == InvitationKind.REMINDER)
    return [(state.value, reason) for state, reason in db.session.execute(found)]


def make_reminders() -> int:
    return remind(now(), Reminding(7, frozenset({Medium.EMAIL, Medium.SMS})))


def test_a_reminder_claimed_while_the_answer_comes_goes_or_is_left_out_and_is_never_due_again(
    app: Flask, tmp_path: Path
) -> None:
    tokens = delivered(tmp_path, ROUNDS)
    with transaction():
        assert make_reminders() == ROUNDS

    def send(_client: FlaskClient) -> int:
        with app.app_context():
            return send_due(senders())

    at_once(app, send, *(post("", token, overall="neither") for token in tokens))
    assert set(reminders()) <= {("sent", None), ("not_sent", "answered")}
    assert len(reminders()) == ROUNDS
    assert_sound(ROUNDS)


def test_reminders_made_while_an_answer_comes_do_not_go_to_who_has_answered(app: Flask, tmp_path: Path) -> None:
    tokens = delivered(tmp_path, ROUNDS)
    at_once(app, inside(app, make_reminders), *(post("", token, overall="neither") for token in tokens))
    assert send_due(senders()) == 0
    assert set(reminders()) <= {("not_sent", "answered")}
    assert_sound(ROUNDS)


def test_an_answer_that_comes_while_the_roll_up_runs_is_counted_by_it_or_by_the_next(
    app: Flask, tmp_path: Path
) -> None:
    tokens = invited(tmp_path, 6)
    for token in tokens[:3]:
        answer(token, "neither")
    at_once(app, inside(app, roll_up), *(post("", token, overall="very_satisfied") for token in tokens[3:]))
    assert_sound(6)


def test_roll_ups_at_once_count_nothing_twice(app: Flask, tmp_path: Path) -> None:
    for token in invited(tmp_path, 6):
        answer(token, "neither")
    at_once(app, *[inside(app, roll_up)] * 3)
    assert_sound(6)


def test_a_recount_beside_answers_and_a_roll_up_leaves_true_figures(app: Flask, tmp_path: Path) -> None:
    tokens = invited(tmp_path, 4)
    answer(tokens[0], "neither")
    posts = [post("", token, overall="very_satisfied") for token in tokens[1:]]
    at_once(app, inside(app, recount_everything), inside(app, roll_up), *posts)
    assert_sound(4)


def test_a_rating_changed_during_the_roll_up_is_counted_as_it_stands_at_last(app: Flask, tmp_path: Path) -> None:
    tokens = invited(tmp_path, ROUNDS)
    for token in tokens:
        answer(token, "very_satisfied", completes=False)
    changes = [post("", token, overall="very_dissatisfied") for token in tokens]
    at_once(app, inside(app, roll_up), *changes, inside(app, roll_up))
    assert_sound(ROUNDS)
    assert set(db.session.scalars(sa.select(Response.satisfaction))) == {"very_dissatisfied"}


def test_a_survey_that_ends_between_the_page_and_its_button_says_so_and_keeps_nothing(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    token = invited_token(tmp_path)
    assert client.get(f"/s/{token}").status_code == 200
    with time_machine.travel(now() + timedelta(days=28), tick=False):
        assert statuses(at_once(app, *[post("", token, overall="neither")] * 3)) == [410] * 3
    assert_sound(0)


def test_a_survey_that_ends_before_the_rest_is_sent_keeps_the_rating(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    answer(token, "neither", completes=False)
    with time_machine.travel(now() + timedelta(days=28), tick=False):
        assert statuses(at_once(app, *[post("/more", token, **REST)] * 2)) == [410] * 2
    assert kept() == {"overall": "neither"}
    assert_sound(1)


def test_residents_who_answer_from_beginning_to_end_at_once_are_all_kept(app: Flask, tmp_path: Path) -> None:
    def whole(token: str) -> Callable[[FlaskClient], TestResponse]:
        rate, send = post("", token, overall="fairly_satisfied"), post("/more", token, **REST)

        def work(client: FlaskClient) -> TestResponse:
            client.get(f"/s/{token}")
            assert rate(client).status_code == 303
            client.get(f"/s/{token}/more")
            assert send(client).status_code == 303
            return client.get(f"/s/{token}/thanks")

        return work

    tokens = invited(tmp_path, 8)
    assert statuses(at_once(app, *map(whole, tokens))) == [200] * 8
    found = db.session.scalars(sa.select(Response)).all()
    assert all(one.completed_at and one.mode is Mode.WEB for one in found)
    assert_sound(8)


def erase(token: str) -> Callable[[FlaskClient], TestResponse]:
    form = {"seal": seal("survey forms", token)}
    return lambda client: client.post(f"/erase/{token}", data=form)


def words_kept() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).where(Answer.words.is_not(None))) or 0


@pytest.mark.parametrize("page", ["", "/more"])
def test_no_words_and_no_link_to_the_person_outlive_an_erasure_in_the_same_moment(
    app: Flask, tmp_path: Path, page: str
) -> None:
    tokens = invited(tmp_path, ROUNDS)
    given = REST if page else {"overall": "neither"}
    for token in tokens:
        if page:
            answer(token, "neither", completes=False)
        erased, sent = at_once(app, erase(token), post(page, token, **given))
        assert erased.status_code == 303
        # The link is dead once it is erased.
        assert sent.status_code in (303, 404)
    db.session.rollback()
    assert words_kept() == 0
    assert db.session.scalars(sa.select(Response).where(Response.invitation_id.is_not(None))).all() == []
    assert db.session.scalars(sa.select(Invitation).where(Invitation.erased_at.is_(None))).all() == []
    with transaction():
        roll_up()
    assert check().drifts == []


def test_erasing_pressed_twice_at_once_erases_once(app: Flask, tmp_path: Path) -> None:
    token = invited_token(tmp_path)
    answer(token, resolved="no")
    assert set(statuses(at_once(app, *[erase(token)] * 3))) <= {303, 404}
    assert [action for action, _, _ in audited()].count("personal data erased") == 1


def test_of_two_devices_the_later_clock_never_stops_an_answer_from_being_complete(app: Flask, tmp_path: Path) -> None:
    """Both took the time before they waited in turn: the one that began is kept with the later moment."""
    token = invited_token(tmp_path)
    opened = open_link(token)
    moment = now()
    for at, completes in ((moment, False), (moment - timedelta(seconds=1), True)):
        with transaction():
            given = (Given("overall", code="neither"),)
            take_in(sheet_of(opened, given, "en", at, completes), opened.definition)
    kept_one = the_response()
    assert kept_one.completed_at == kept_one.started_at
    assert_sound(1)
