"""The pages of cases: who finds which, what stands first, what is offered, and what they never show."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.clock import now
from surveys.followups.cases.models import CaseKind, CaseState
from surveys.people.roles import Role
from tests.counting import statements
from tests.followups.acting import form_of, officer_of, send, signed_in
from tests.makers.cases import case_of, make_case
from tests.makers.comments import label_all, read_all
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

DAY = timedelta(days=1)
ACTS = ("note", "give", "move", "close", "reopen")


def listed(client: FlaskClient, query: str) -> list[int]:
    page = soup(client.get(f"/cases?{query}"))
    return [int(link["href"].rsplit("/", 1)[1]) for link in page.select("table.cases th a")]


def test_another_service_s_officer_finds_no_address_of_a_case(app: Flask, client: FlaskClient) -> None:
    number = make_case()
    sign_in(client, officer_of())
    form = form_of(client, number) | {"act": "acknowledge", "words": "Mine?", "owner": "1"}
    sign_in(client, officer_of("bins", "binman"))
    found = {act: client.post(f"/cases/{number}/{act}", data=form).status_code for act in ACTS}
    assert found == dict.fromkeys(ACTS, 404)
    assert client.get(f"/cases/{number}").status_code == 404
    assert case_of(number).edition == 1
    for view in ("open", "mine", "late", "closed"):
        assert listed(client, f"view={view}") == []
        assert listed(client, f"view={view}&service={case_of(number).service_id}") == []
        assert len(client.get(f"/cases.csv?view={view}").text.splitlines()) == 1


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.REVIEWER, Role.DATA_PROTECTION_OFFICER])
def test_who_does_not_handle_cases_sees_none(app: Flask, client: FlaskClient, role: Role) -> None:
    number = make_case()
    sign_in(client, make_user(role))
    for path in ("/cases", "/cases.csv", f"/cases/{number}"):
        assert client.get(path).status_code == 403
    assert {client.post(f"/cases/{number}/{act}").status_code for act in ACTS} == {403}
    assert "Cases" not in [link.get_text() for link in soup(client.get("/account")).select(".rooms a")]


def test_each_list_has_its_own_cases_with_what_is_due_first_on_top(app: Flask, client: FlaskClient) -> None:
    user = officer_of()
    soon = make_case(acknowledge_days=1)
    later = make_case(acknowledge_days=4, owner_id=user.id)
    long_ago = make_case(opened_at=now() - 20 * DAY, owner_id=user.id)
    unanswered = make_case(opened_at=now() - 9 * DAY, state=CaseState.WAITING)
    in_time = make_case(state=CaseState.ACKNOWLEDGED, answer_days=2)
    answered = make_case(state=CaseState.ANSWERED, opened_at=now() - 30 * DAY, owner_id=user.id)
    first, last = (make_case(state=CaseState.CLOSED, closed_at=now() - n * DAY, owner_id=user.id) for n in (2, 1))
    sign_in(client, user)
    assert listed(client, "") == [long_ago, unanswered, soon, in_time, later, answered]
    assert listed(client, "view=mine") == [long_ago, later, answered]
    assert listed(client, "view=late") == [long_ago, unanswered]
    assert listed(client, "view=closed") == [last, first]
    words = text_of(client.get("/cases?view=late"))
    assert "Open: 6 cases Mine: 3 cases Late: 2 cases Closed: 2 cases" in words
    assert "Answer by Friday 20 November, 3 days late" in words
    assert listed(client, "kind=complaint") == []


def test_a_list_may_be_of_one_service_or_kind(app: Flask, client: FlaskClient) -> None:
    parking, bins = make_case(), make_case(service="bins", kind=CaseKind.COMPLAINT)
    sign_in(client, make_user(Role.MANAGER))
    assert set(listed(client, "")) == {parking, bins}
    assert listed(client, f"service={case_of(bins).service_id}") == [bins]
    assert listed(client, "kind=contact_back") == [parking]


def test_pages_of_a_list_follow_each_other_and_end(app: Flask, client: FlaskClient) -> None:
    numbers = [make_case(consent=False) for _ in range(52)]
    sign_in(client, make_user(Role.MANAGER))
    assert listed(client, "") == numbers[:50]
    assert listed(client, "page=2") == numbers[50:]
    assert "Next page" not in text_of(client.get("/cases?page=2"))
    for page in ("0", "101", "two", "99999999999"):
        assert client.get(f"/cases?page={page}").status_code == 404


def test_managers_choose_cases_for_an_improvement_and_officers_do_not(app: Flask, client: FlaskClient) -> None:
    number = make_case()
    sign_in(client, make_user(Role.MANAGER))
    form = soup(client.get("/cases")).find("form", action="/improvements/new")
    assert form is not None
    assert form["method"] == "get"
    assert [tick["value"] for tick in form.select("input[name=case]")] == [str(number)]
    sign_in(client, officer_of())
    assert soup(client.get("/cases")).find("form", action="/improvements/new") is None


def test_the_file_of_a_list_has_no_words_no_address_and_no_formula(app: Flask, client: FlaskClient) -> None:
    make_service("parking", "=parking()")
    number = make_case(words="My bay is taken by Mr Example", email="a@example.com")
    read_all()
    sign_in(client, make_user(Role.MANAGER))
    send(client, number, "note", words="A note about the bay.")
    text = client.get("/cases.csv").text
    (line,) = csv.DictReader(StringIO(text))
    assert line["service"] == "'=parking()"
    assert (line["number"], line["state"], line["may_be_contacted"]) == (str(number), "New", "yes")
    assert line["rating"] == "Very dissatisfied"
    for words in ("bay", "07700", "+44", "@"):
        assert words not in text


def test_a_case_shows_the_redacted_comment_with_its_labels_and_no_other_answer(app: Flask, client: FlaskClient) -> None:
    number = make_case(words="I rang 07700 900123 and waited an hour for a parking permit.")
    read_all()
    label_all()
    signed_in(client)
    page = client.get(f"/cases/{number}")
    words = text_of(page)
    assert "[PHONE] and waited an hour for a parking permit." in words
    assert "900123" not in page.text
    assert "example.com" not in page.text
    assert "Very dissatisfied" in words
    assert soup(page).select("ul.tags li")
    assert "with its labels" not in words, "an officer may not read comments elsewhere"


def test_no_act_is_offered_that_would_be_refused(app: Flask, client: FlaskClient) -> None:
    signed_in(client)
    offered = {}
    for state in CaseState:
        page = soup(client.get(f"/cases/{make_case(state=state)}"))
        acts = {str(field["value"]) for field in page.select("form input[name=act]")}
        names = {str(form["action"]).rsplit("/", 1)[1] for form in page.select("main form[action^='/cases/']")}
        offered[state.value] = acts | (names & {"close", "give", "note"})
    always = {"note", "give", "close"}
    assert offered == {
        "new": always | {"acknowledge", "answer"},
        "acknowledged": always | {"wait", "answer"},
        "waiting": always | {"acknowledge", "answer"},
        "answered": always | {"reopen"},
        "handed_over": always | {"reopen"},
        "closed": {"note", "reopen"},
    }


def test_words_of_an_act_that_is_no_longer_possible_come_back_as_a_note(app: Flask, client: FlaskClient) -> None:
    number = make_case()
    signed_in(client)
    old = form_of(client, number)
    send(client, number, "close", outcome="explained", cause="other", words="Explained it.")
    late = client.post(f"/cases/{number}/move", data=old | {"act": "answer", "words": "Rang them at last."})
    assert late.status_code == 409
    area = soup(late).find("textarea", id="words-note")
    assert area is not None
    assert area.get_text().strip() == "Rang them at last."


def test_what_happened_is_told_in_plain_words(app: Flask, client: FlaskClient) -> None:
    number, user = make_case(), signed_in(client)
    send(client, number, "give", owner=str(user.id))
    send(client, number, "move", act="acknowledge")
    send(client, number, "give", owner="nobody")
    send(client, number, "close", outcome="not_reached", cause="other", words="No answer.")
    events = soup(client.get(f"/cases/{number}")).select(".timeline strong")
    assert [event.get_text() for event in events] == [
        "Opened",
        "Some Body took it",
        "Some Body acknowledged it",
        "Some Body gave it back, so that nobody has it",
        "Some Body closed it: the resident could not be reached",
    ]


@pytest.mark.parametrize("path", ["/cases/{}/move", "/cases/{}/note"])
def test_a_form_without_its_own_fields_is_refused_in_words(app: Flask, client: FlaskClient, path: str) -> None:
    number = make_case()
    signed_in(client)
    refused = client.post(path.format(number), data={"act": "acknowledge", "words": "A note."})
    assert refused.status_code == 422
    assert "Open the case again" in text_of(refused)


def test_pages_ask_the_database_the_same_number_of_times_however_much_there_is(app: Flask, client: FlaskClient) -> None:
    few = make_case(words="The bay was taken.")
    read_all()
    sign_in(client, make_user(Role.MANAGER))

    def asked(path: str) -> int:
        client.get(path)
        with statements() as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = ("/cases", "/cases?view=mine", "/cases?view=late", "/cases?view=closed", "/cases.csv")
    before, one = [asked(path) for path in paths], asked(f"/cases/{few}")
    for state in (*CaseState, *CaseState):
        make_case(state=state)
    for _ in range(5):
        send(client, few, "note", words="Another note.")
    assert [asked(path) for path in paths] == before
    assert asked(f"/cases/{few}") == one
    assert max(before) <= 6
    assert one <= 15
