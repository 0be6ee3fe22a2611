"""Administrators set the rules that open cases; each is told as a sentence, and two who change one at once notice."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.followups.cases.models import CaseKind, CaseRule
from surveys.followups.rules.defaults import install
from surveys.followups.rules.questions import names_for_rules
from surveys.followups.rules.values import Rule, every_rule
from surveys.followups.rules.words import sentence
from surveys.people.roles import Role
from tests.makers.cases import make_case, make_rule
from tests.makers.comments import service_id
from tests.makers.people import make_user, sign_in
from tests.makers.questionnaires import publish_default
from tests.pages import soup, text_of
from tests.people.conftest import last_entry

NEW = "/cases/rules/new"
SENT = {
    "name": "Very unhappy",
    "kind": "contact_back",
    "ratings": ["very_dissatisfied"],
    "contact": "1",
    "answers": ["resolved:no", "resolved:not_yet"],
    "acknowledge_days": "2",
    "answer_days": "5",
}


@pytest.fixture
def setter(app: Flask, client: FlaskClient) -> FlaskClient:
    publish_default()
    return sign_in(client, make_user(Role.ADMINISTRATOR))


def rules() -> list[Rule]:
    db.session.rollback()
    db.session.expire_all()
    return every_rule()


def address(rule: int, *more: str) -> str:
    return "/".join([f"/cases/rules/{rule}", *more])


def filled_in(page: Any) -> dict[str, Any]:
    """What a rule's form would send as it stands."""
    form = soup(page).select_one("main form")
    assert form is not None
    sent: dict[str, Any] = {}
    for field in form.select("input"):
        if field["type"] not in ("checkbox", "radio") or field.has_attr("checked"):
            sent.setdefault(str(field["name"]), []).append(str(field["value"]))
    return sent


def test_the_usual_rules_are_told_as_sentences(app: Flask) -> None:
    publish_default()
    with transaction():
        install(now())
    names = names_for_rules()
    assert [sentence(rule, names) for rule in rules()] == [
        "When somebody may have written of harm or a threat: possible safeguarding or threat, which is urgent, "
        "acknowledge in 1 working day, answer in 2.",
        "When somebody may have written of a complaint: complaint, acknowledge in 5 working days, answer in 10.",
        "When somebody was very dissatisfied and asks to be contacted: contact back, acknowledge in 2 working days, "
        "answer in 5.",
        "When somebody asks to be contacted: contact back, acknowledge in 3 working days, answer in 10.",
        "When somebody answered “Not yet” or “No” to “Was your query dealt with?” and got in touch with the same "
        "service before, within 60 days: not resolved, acknowledge in 3 working days, answer in 10.",
    ]


def test_a_sentence_names_services_and_channels(app: Flask) -> None:
    make_rule(services=[service_id("parking"), service_id("libraries")], channels=["phone", "web"])
    assert sentence(rules()[0], names_for_rules()).startswith(
        "When somebody was very dissatisfied and asks to be contacted, about Parking or Libraries, by phone or on the "
        "website: contact back"
    )


def test_a_rule_is_added_at_the_end_and_kept_as_it_was_typed(setter: FlaskClient) -> None:
    make_rule()
    assert setter.post(NEW, data=SENT).location == "/cases/rules"
    added = rules()[-1]
    assert (added.name, added.kind, added.active) == ("Very unhappy", CaseKind.CONTACT_BACK, True)
    assert (added.asks.question, added.asks.codes, added.asks.contact) == ("resolved", ("not_yet", "no"), True)
    assert (added.acknowledge_days, added.answer_days) == (2, 5)
    entry = last_entry()
    assert (entry.action, entry.subject) == ("case rule changed", f"case rule:{added.id}")
    assert (entry.details["act"], entry.details["codes"]) == ("added", ["not_yet", "no"])
    assert "name" not in entry.details


def test_a_form_sends_back_what_is_kept(setter: FlaskClient) -> None:
    given = {"services": [str(service_id())], "channels": ["web"], "urgency": ["threat"], "repeat_days": "30"}
    setter.post(NEW, data=SENT | given)
    before = rules()[-1]
    assert setter.post(address(before.id), data=filled_in(setter.get(address(before.id)))).status_code == 303
    after = rules()[-1]
    assert (after.asks, after.kind, after.name) == (before.asks, before.kind, before.name)
    assert after.edition == before.edition + 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"name": " "}, "Enter a name of 80 characters or less"),
        ({"name": "x" * 81}, "Enter a name of 80 characters or less"),
        ({"name": "KNOWN"}, "Another rule has this name. Choose another name"),
        ({"kind": ""}, "Select what kind of case it opens"),
        ({"ratings": [], "contact": "", "answers": [], "channels": ["web"]}, "Select at least one thing that must"),
        ({"answers": ["resolved:no", "other:yes"]}, "Choose answers of one question only"),
        ({"answers": ["resolved:perhaps"]}, "no published questionnaire has what was sent"),
        ({"answers": ["other:yes"]}, "no published questionnaire has what was sent"),
        ({"answers": ["why:no"]}, "no published questionnaire has what was sent"),
        ({"repeat_days": "many"}, "Days before must be a whole number from 1 to 365"),
        ({"acknowledge_days": "0"}, "Working days to acknowledge must be a whole number from 1 to 60"),
        ({"answer_days": "٣"}, "Working days to answer must be a whole number from 1 to 60"),
        ({"answer_days": "1"}, "Working days to answer must be as many as to acknowledge, or more"),
    ],
)
def test_what_must_be_put_right_is_told_and_what_was_typed_stays(
    setter: FlaskClient, change: dict[str, Any], fault: str
) -> None:
    make_rule(name="Known")
    refused = setter.post(NEW, data=SENT | {"channels": ["phone"]} | change)
    assert refused.status_code == 422
    assert fault in text_of(refused)
    assert filled_in(refused)["channels"] == change.get("channels", ["phone"])
    assert len(rules()) == 1


def test_who_saves_after_somebody_else_is_told_and_saves_at_the_second_try(setter: FlaskClient) -> None:
    rule = make_rule(name="Known")
    page = filled_in(setter.get(address(rule)))
    assert setter.post(address(rule), data=page | {"answer_days": "9"}).status_code == 303
    refused = setter.post(address(rule), data=page | {"name": "Mine"})
    assert refused.status_code == 409
    assert "Somebody changed this rule after you opened this page." in text_of(refused)
    assert (rules()[0].name, rules()[0].answer_days) == ("Known", 9)
    assert setter.post(address(rule), data=filled_in(refused)).status_code == 303
    assert (rules()[0].name, rules()[0].answer_days) == ("Mine", 5)


def test_rules_move_up_and_down(setter: FlaskClient) -> None:
    first, second, third = (make_rule() for _ in range(3))
    setter.post(address(third, "move"), data={"to": "up"})
    setter.post(address(first, "move"), data={"to": "down"})
    assert [rule.id for rule in rules()] == [third, first, second]
    setter.post(address(third, "move"), data={"to": "up"})
    setter.post(address(second, "move"), data={"to": "down"})
    assert [rule.id for rule in rules()] == [third, first, second]


def test_a_rule_is_switched_off_and_on(setter: FlaskClient) -> None:
    rule = make_rule(name="Known")
    for to, on, edition in (("off", False, 1), ("on", True, 2)):
        assert setter.post(address(rule, "switch"), data={"to": to, "edition": edition}).status_code == 303
        assert rules()[0].active is on
        assert last_entry().details["act"] == f"switched {to}"
    assert setter.post(address(rule, "switch"), data={"to": "off", "edition": 1}).status_code == 409
    assert rules()[0].active


def test_only_a_rule_that_opened_nothing_is_deleted_and_never_the_last(setter: FlaskClient) -> None:
    used, unused = make_rule(), make_rule()
    make_case(rule_id=used)
    assert len(soup(setter.get("/cases/rules")).select("form[action$='/delete']")) == 1
    assert setter.post(address(used, "delete"), data={"edition": 1}).status_code == 409
    assert setter.post(address(unused, "delete"), data={"edition": 1}).status_code == 303
    assert [rule.id for rule in rules()] == [used]
    with transaction():
        db.session.execute(sa.text("UPDATE cases SET rule_id = NULL"))
    assert setter.post(address(used, "delete"), data={"edition": 1}).status_code == 409
    assert len(rules()) == 1


def test_the_list_warns_where_nobody_would_get_in_touch(setter: FlaskClient) -> None:
    rule = make_rule()
    warning = "No rule that is on opens a case for people who ask to be contacted."
    assert warning not in text_of(setter.get("/cases/rules"))
    setter.post(address(rule, "switch"), data={"to": "off", "edition": 1})
    assert warning in text_of(setter.get("/cases/rules"))


@pytest.mark.parametrize("path", [NEW, "/cases/rules/99"])
def test_a_rule_that_is_not_there_is_not_found(setter: FlaskClient, path: str) -> None:
    assert setter.get(path).status_code == (200 if path == NEW else 404)
    if path != NEW:
        assert setter.post(path, data=SENT | {"edition": "1"}).status_code == 404


def test_only_administrators_of_the_whole_council_set_rules(app: Flask, client: FlaskClient) -> None:
    rule = make_rule()
    sign_in(client, make_user(Role.MANAGER))
    for path in ("/cases/rules", NEW, address(rule)):
        assert client.get(path).status_code == 403
    assert client.post(address(rule, "delete"), data={"edition": 1}).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"acknowledge_days": 0}, {"acknowledge_days": 6}, {"repeat_days": 0}, {"name": "Known"}],
)
def test_the_database_refuses_a_rule_that_cannot_be(app: Flask, wrong: dict[str, Any]) -> None:
    make_rule(name="Known")
    with pytest.raises(sa.exc.IntegrityError):
        make_rule(**wrong)
    assert len(rules()) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CaseRule)) == 1
