"""Cases are opened by rules: one a response, by the first rule that holds, about the person only with consent."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from nlp.urgency.types import Urgency
from surveys.answers.models import Answer, Response
from surveys.comments.urgent.closing import raise_by_hand
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.followups.cases.models import Case, CaseEvent, CaseEventKind, CaseKind, CaseRule, CaseState
from surveys.followups.notices.models import AlertKind, Notice
from surveys.followups.rules.opening import open_cases, runs_of
from surveys.messaging.hours import Nation
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from surveys.questionnaires.kinds import Satisfaction
from tests.followups.made import MOMENT
from tests.followups.made import run as run_task
from tests.makers.cases import case_of, event_kinds, make_case, make_contact, make_response, make_rule
from tests.makers.comments import comment_of, read_all, service_id
from tests.makers.people import make_service, make_user
from tests.makers.points import answer_all, make_point, path_of

pytestmark = pytest.mark.usefixtures("app")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
FAIRLY = Satisfaction.FAIRLY_DISSATISFIED


def sweep(moment: datetime = MOMENT, nation: Nation = Nation.ENGLAND) -> int:
    with transaction():
        return open_cases(moment, nation)


def cases() -> list[Case]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Case).order_by(Case.id)))


def asked_back(**given: Any) -> int:
    """A resident who was very dissatisfied and says that we may contact them; their response's number."""
    return make_response(contact_id=make_contact(), contact_back="yes", **given)


def test_a_resident_who_asks_for_it_gets_a_case_about_them_with_deadlines_in_working_days() -> None:
    rule = make_rule(acknowledge_days=2, answer_days=5)
    contact = make_contact()
    response = make_response(contact_id=contact, contact_back="yes", started_at=MOMENT - DAY)
    # A Friday: the deadlines are on Tuesday and on Friday.
    assert sweep(datetime(2026, 11, 27, 23, 30, tzinfo=UTC)) == 1
    [case] = cases()
    assert (case.response_id, case.contact_id, case.consent) == (response, contact, True)
    assert (case.rule_id, case.kind, case.state) == (rule, CaseKind.CONTACT_BACK, CaseState.NEW)
    assert (case.service_id, case.channel, case.satisfaction) == (
        service_id(),
        Channel.PHONE,
        Satisfaction.VERY_DISSATISFIED,
    )
    assert (case.acknowledge_by, case.answer_by) == (date(2026, 12, 1), date(2026, 12, 4))
    assert event_kinds(case.id) == [CaseEventKind.OPENED]


def test_deadlines_follow_the_nation_s_bank_holidays_and_the_council_s_day() -> None:
    make_rule(acknowledge_days=1, answer_days=2)
    # Half past midnight in London on 1 July, still 30 June in UTC.
    at = datetime(2026, 7, 9, 23, 30, tzinfo=UTC)
    asked_back(started_at=at - DAY)
    sweep(at, Nation.NORTHERN_IRELAND)
    assert (cases()[0].acknowledge_by, cases()[0].answer_by) == (date(2026, 7, 14), date(2026, 7, 15))


def test_one_sweep_after_another_opens_nothing_twice() -> None:
    make_rule()
    asked_back()
    assert (sweep(), sweep(), sweep(MOMENT + DAY)) == (1, 0, 0)
    assert len(cases()) == 1


def test_a_response_is_looked_at_once_it_is_complete_or_half_an_hour_old() -> None:
    make_rule(asks_contact=False)
    make_response(contact_id=make_contact(), completes=False, started_at=MOMENT - 29 * MINUTE)
    assert sweep() == 0
    assert sweep(MOMENT + MINUTE) == 1
    make_response(contact_id=make_contact(), started_at=MOMENT)
    assert sweep(MOMENT - MINUTE) == 0
    assert sweep() == 1


def test_what_began_more_than_sixty_days_ago_opens_nothing() -> None:
    make_rule()
    asked_back(started_at=MOMENT - timedelta(days=60, minutes=1))
    assert sweep() == 0
    asked_back(started_at=MOMENT - timedelta(days=60) + MINUTE)
    assert sweep() == 1


def test_the_sweep_of_each_minute_looks_at_the_last_days_and_that_of_each_hour_at_all(app: Flask) -> None:
    make_rule()
    asked_back(started_at=MOMENT - 3 * DAY)
    asked_back(started_at=MOMENT - DAY)
    run_task(app, "followups.open_cases")
    assert len(cases()) == 1
    run_task(app, "followups.open_late_cases")
    assert len(cases()) == 2


def test_the_first_rule_that_holds_says_of_what_kind_a_case_is() -> None:
    last = make_rule(kind=CaseKind.OTHER, position=9, asks_contact=False)
    make_rule(kind=CaseKind.COMPLAINT, position=1, active=False)
    first = make_rule(position=5)
    asked_back()
    make_response(contact_id=make_contact(), contact_back="no")
    sweep()
    assert [(case.rule_id, case.kind) for case in cases()] == [
        (first, CaseKind.CONTACT_BACK),
        (last, CaseKind.OTHER),
    ]


@pytest.mark.parametrize(
    ("asks", "opens"),
    [
        ({}, True),
        ({"ratings": ["very_dissatisfied", "fairly_dissatisfied"]}, True),
        ({"ratings": ["fairly_dissatisfied"]}, False),
        ({"ratings": [], "asks_contact": True}, True),
        ({"question": "resolved", "codes": ["not_yet", "no"]}, True),
        ({"question": "resolved", "codes": ["first_time"]}, False),
        ({"question": "gone", "codes": ["no"]}, False),
        ({"channels": ["phone", "web"]}, True),
        ({"channels": ["web"]}, False),
        ({"urgency": ["complaint"]}, False),
        ({"repeat_days": 60}, False),
    ],
)
def test_all_that_a_rule_asks_for_must_hold(asks: dict[str, Any], opens: bool) -> None:
    make_rule(**asks)
    asked_back(resolved="no")
    assert sweep() == int(opens)


def test_a_rule_for_some_services_opens_cases_of_these_alone() -> None:
    make_rule(services=[service_id("libraries")])
    asked_back(service="parking")
    asked_back(service="libraries")
    sweep()
    assert [case.service_id for case in cases()] == [service_id("libraries")]


def test_an_option_of_a_question_with_several_answers_is_an_answer_too() -> None:
    make_rule(asks_contact=False, question="wrong", codes=["wait", "staff"])
    make_response(contact_id=make_contact(), **{"wrong.staff": "not_selected", "wrong.wait": "selected"})
    make_response(contact_id=make_contact(), **{"wrong.staff": "not_selected", "wrong.wait": "not_selected"})
    assert sweep() == 1


def test_a_rule_that_asks_for_nothing_but_a_place_opens_nothing() -> None:
    make_rule(ratings=[], asks_contact=False, channels=["phone"])
    asked_back()
    assert sweep() == 0


def test_an_urgent_comment_opens_a_case_while_it_waits_for_a_person() -> None:
    make_rule(kind=CaseKind.SAFEGUARDING, ratings=[], asks_contact=False, urgency=["safeguarding", "threat"])
    reviewer = make_user(Role.REVIEWER).id
    response = make_response(contact_id=make_contact(), words="The parking machine took my card.")
    read_all()
    assert sweep() == 0
    with transaction():
        raise_by_hand(comment_of(response).id, Urgency.threat, reviewer, MOMENT)
    assert sweep() == 1
    [case] = cases()
    assert (case.kind, case.consent, case.contact_id) == (CaseKind.SAFEGUARDING, False, None)


@pytest.mark.parametrize(
    ("before", "opens"),
    [
        ({}, True),
        ({"phone": "+447700900999"}, False),
        ({"phone": None, "email": "same@example.com"}, True),
        ({"service": "libraries"}, False),
        ({"occurred_at": MOMENT - timedelta(days=61)}, True),
        ({"occurred_at": MOMENT - timedelta(days=62)}, False),
        ({"occurred_at": MOMENT + MINUTE}, False),
    ],
)
def test_who_had_to_come_back_is_known_by_phone_or_mailbox(before: dict[str, Any], opens: bool) -> None:
    make_rule(ratings=[], asks_contact=False, question="resolved", codes=["no"], repeat_days=60)
    make_contact(**{"occurred_at": MOMENT - 3 * DAY} | before)
    contact = make_contact(email="same@example.com", occurred_at=MOMENT - DAY)
    make_response(contact_id=contact, rating=FAIRLY, resolved="no")
    assert sweep() == int(opens)


def test_people_without_any_address_are_not_taken_for_one() -> None:
    make_rule(asks_contact=False, repeat_days=60)
    make_contact(phone=None, occurred_at=MOMENT - 3 * DAY)
    make_response(contact_id=make_contact(phone=None, occurred_at=MOMENT - DAY))
    assert sweep() == 0


def test_a_kiosk_s_answers_open_a_case_about_the_service_alone(client: Any) -> None:
    make_rule(asks_contact=False)
    answer_all(client, path_of(make_point()), "very_dissatisfied")
    assert sweep(MOMENT + MINUTE) == 1
    assert (cases()[0].consent, cases()[0].contact_id) == (False, None)


def test_what_a_resident_had_erased_opens_nothing() -> None:
    make_rule(asks_contact=False)
    make_response(contact_id=None)
    assert sweep() == 0


def give(response: int, code: str) -> None:
    """The resident comes back and answers this instead."""
    a = Answer
    with transaction():
        db.session.execute(sa.delete(a).where(a.response_id == response, a.question == "contact_back"))
        db.session.add(Answer(response_id=response, question="contact_back", code=code, given_at=MOMENT))


def test_a_consent_that_comes_late_makes_an_open_case_about_the_person() -> None:
    make_rule(asks_contact=False)
    contact = make_contact()
    response = make_response(contact_id=contact)
    sweep()
    [case] = cases()
    assert (case.consent, case.contact_id) == (False, None)
    give(response, "yes")
    sweep(MOMENT + MINUTE)
    [case] = cases()
    assert (case.consent, case.contact_id, case.edition) == (True, contact, 2)
    assert event_kinds(case.id) == [CaseEventKind.OPENED, CaseEventKind.CONSENTED]
    sweep(MOMENT + 2 * MINUTE)
    assert len(event_kinds(case.id)) == 2


def test_a_consent_that_is_taken_back_leaves_no_way_to_the_person() -> None:
    make_rule()
    response = asked_back()
    sweep()
    give(response, "no")
    sweep(MOMENT + MINUTE)
    [case] = cases()
    assert (case.consent, case.contact_id) == (False, None)
    assert event_kinds(case.id) == [CaseEventKind.OPENED, CaseEventKind.TAKEN_BACK]


def test_a_closed_case_gains_no_consent() -> None:
    make_rule(active=False)
    number = make_case(consent=False, state=CaseState.CLOSED)
    response = case_of(number).response_id
    assert response is not None
    give(response, "yes")
    sweep()
    assert not case_of(number).consent


def test_the_defaults_are_installed_once_and_what_was_changed_stays() -> None:
    sweep()
    names = [rule.name for rule in db.session.scalars(sa.select(CaseRule).order_by(CaseRule.position))]
    assert names == [
        "Possible safeguarding or threat",
        "Complaint",
        "Very dissatisfied and asked to be contacted",
        "Asked to be contacted",
        "Not resolved after more than one contact",
    ]
    with transaction():
        db.session.execute(sa.delete(CaseRule).where(CaseRule.name != "Complaint"))
    sweep()
    assert db.session.scalars(sa.select(CaseRule.name)).all() == ["Complaint"]


def test_by_the_defaults_nobody_who_asks_to_be_contacted_is_left_without_a_case() -> None:
    asked_back(rating=FAIRLY)
    asked_back()
    sweep()
    assert [(case.kind, case.consent) for case in cases()] == [(CaseKind.CONTACT_BACK, True)] * 2
    assert [case.answer_by for case in cases()] == [date(2026, 12, 7), date(2026, 11, 30)]


def test_those_who_handle_the_service_s_cases_are_told_and_the_trail_has_one_entry() -> None:
    mine, other = make_service("parking"), make_service("libraries", "Libraries")
    told = make_user(Role.MANAGER, email="told@example.gov.uk", service=mine).id
    make_user(Role.MANAGER, email="other@example.gov.uk", service=other)
    make_rule()
    for _ in range(3):
        asked_back()
    sweep()
    notices = db.session.execute(sa.select(Notice.user_id, Notice.kind)).all()
    assert [tuple(row) for row in notices] == [(told, AlertKind.NEW_CASE)] * 3
    entries = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "cases opened")).all()
    assert [entry.details for entry in entries] == [{"count": 3, "numbers": "1-3"}]


def test_numbers_are_told_in_short() -> None:
    assert [runs_of(some) for some in ([], [4], [3, 4, 5, 7], [1, 3])] == ["", "4", "3-5,7", "1,3"]


def statements_of_a_sweep(folder: Path, moment: datetime) -> list[str]:
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        told.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        sweep(moment)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    return told


def test_a_sweep_takes_as_many_statements_for_many_responses_as_for_few(tmp_path: Path) -> None:
    make_rule()
    make_user(Role.MANAGER)
    asked_back()
    few = statements_of_a_sweep(tmp_path, MOMENT)
    for _ in range(12):
        asked_back()
    many = statements_of_a_sweep(tmp_path, MOMENT + MINUTE)
    assert len(cases()) == 13
    assert len(many) <= len(few) <= 40


def test_two_sweeps_at_once_open_one_case_a_response(app: Flask) -> None:
    make_rule()
    for _ in range(5):
        asked_back()
    db.session.remove()
    ready, opened = Barrier(2), list[int]()

    def run(moment: datetime) -> None:
        with app.app_context():
            ready.wait(10)
            opened.append(sweep(moment))
            db.session.remove()

    threads = [Thread(target=run, args=(MOMENT + n * MINUTE,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(opened) == [0, 5]
    assert [case.response_id for case in cases()] == list(
        db.session.scalars(sa.select(Response.id).order_by(Response.id))
    )
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CaseEvent)) == 5
