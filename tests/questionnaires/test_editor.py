"""Administrators make, change, compare, publish and discard drafts; two who do it at once notice."""

from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db, transaction
from surveys.people.roles import Role
from surveys.questionnaires.arranging import put, without
from surveys.questionnaires.canonical import sha256_of
from surveys.questionnaires.default import DEFAULT_DEFINITION
from surveys.questionnaires.drafts import change_draft, draft_of, find_draft
from surveys.questionnaires.queries import version_in_force_of
from tests.makers.people import make_service, make_user, sign_in
from tests.makers.questionnaires import make_draft, make_published, publish_default, question, use, words
from tests.pages import soup, text_of
from tests.people.conftest import last_entry

# The last question of the default.
ASKED = "contact_back"


@pytest.fixture
def editor(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user(Role.ADMINISTRATOR))


def address(questionnaire_id: int, *more: str) -> str:
    return "/".join([f"/questionnaires/{questionnaire_id}/draft", *more])


def stored(questionnaire_id: int) -> dict[str, Any]:
    db.session.rollback()
    found = deepcopy(find_draft(questionnaire_id).definition)
    db.session.rollback()
    return found


def edition(questionnaire_id: int) -> int:
    db.session.rollback()
    return find_draft(questionnaire_id).edition


def keys(questionnaire_id: int) -> list[str]:
    return [item["key"] for item in stored(questionnaire_id)["questions"]]


def test_the_list_says_what_is_in_force_who_gets_it_and_whether_there_is_a_draft(editor: FlaskClient) -> None:
    publish_default()
    use(make_published("Short survey"), make_service().id, "phone")
    make_draft()
    listed = text_of(editor.get("/questionnaires"))
    assert "After a contact In force Version 1 , since" in listed
    assert "Who gets it All contacts that no rule gives another Draft Version 2" in listed
    assert "Who gets it Parking, phone Draft None" in listed


def test_who_may_only_read_sees_no_button_and_no_draft(app: Flask, client: FlaskClient) -> None:
    questionnaire_id = make_draft()
    sign_in(client, make_user(Role.ASSESSOR))
    assert soup(client.get("/questionnaires")).select("main form, main .btn") == []
    assert client.get(address(questionnaire_id)).status_code == 403
    assert client.post(address(questionnaire_id)).status_code == 403


def test_a_new_installation_can_publish_the_default_before_the_first_invitations(editor: FlaskClient) -> None:
    assert "published with the first invitations" in text_of(editor.get("/questionnaires"))
    assert editor.post("/questionnaires/default").status_code == 303
    assert "Version 1" in text_of(editor.get("/questionnaires"))


def test_making_changes_copies_the_version_in_force_once(editor: FlaskClient) -> None:
    questionnaire_id = publish_default()
    for _ in range(2):
        assert editor.post(address(questionnaire_id)).location == address(questionnaire_id)
    assert stored(questionnaire_id) == DEFAULT_DEFINITION
    assert "It will be version 2" in text_of(editor.get(address(questionnaire_id)))


def test_a_questionnaire_is_made_from_the_default_or_as_a_copy(editor: FlaskClient) -> None:
    source = publish_default()
    made = editor.post("/questionnaires/new", data={"title": "Bins – “short”", "source": 0})
    assert made.status_code == 303
    assert "Draft of Bins – “short”" in text_of(editor.get(made.location))
    assert last_entry().subject == "questionnaire:bins-short"
    copied = editor.post("/questionnaires/new", data={"title": "A copy", "source": source})
    assert text_of(editor.get(copied.location)).count("Move up") == 2


@pytest.mark.parametrize(
    ("title", "words"),
    [("", "Enter a title"), ("مطمئن", "Use some letters"), ("bins!", "There is a questionnaire with this title")],
)
def test_a_title_that_cannot_be_taken_is_told(editor: FlaskClient, title: str, words: str) -> None:
    editor.post("/questionnaires/new", data={"title": "Bins", "source": 0})
    refused = editor.post("/questionnaires/new", data={"title": title, "source": 0})
    assert refused.status_code == 422
    assert words in text_of(refused)


def test_questions_move_and_go(editor: FlaskClient) -> None:
    draft = make_draft()
    for to, order in (("up", ["overall", "why", "resolved", ASKED]), ("down", ["overall", "resolved", "why", ASKED])):
        moved = editor.post(address(draft, "move"), data={"key": "why", "to": to, "edition": edition(draft)})
        assert moved.location == f"{address(draft)}#why"
        assert keys(draft) == order
    editor.post(address(draft, "remove"), data={"key": "resolved", "edition": edition(draft)})
    assert keys(draft) == ["overall", "why", ASKED]


@pytest.mark.parametrize("act", ["move", "remove", "publish", "discard"])
@pytest.mark.parametrize("seen", ["old", "none"])
def test_a_button_of_an_old_page_does_nothing_and_says_so(editor: FlaskClient, act: str, seen: str) -> None:
    draft = make_draft()
    old = edition(draft)
    with transaction():
        change_draft(draft, old, lambda found: put(found, "", question("new")))
    sent = {"key": "why", "to": "up"} | ({"edition": old} if seen == "old" else {})
    refused = editor.post(address(draft, act), data=sent)
    assert refused.status_code == 409
    shown = text_of(refused)
    assert "Somebody changed this draft after you opened this page. Nothing of yours was saved." in shown
    assert "About new" in shown
    assert keys(draft) == ["overall", "resolved", "why", ASKED, "new"]


def test_faults_are_told_on_the_draft_and_lead_to_their_question(editor: FlaskClient) -> None:
    late = question("late", text={"en": "Late?"}, show_if={"question": "overall", "any_of": ["very_dissatisfied"]})
    draft = make_draft(lambda found: put(found, "", late) | {"languages": ["en", "cy"], "most_of_pool": 4})
    page = editor.get(address(draft))
    links = {link.get_text(): link["href"] for link in soup(page).select(".alert a")}
    assert links == {
        "The number of questions from the pool must be from 1 to 1.": address(draft, "settings"),
        "Question 5: text has no words in Welsh.": f"{address(draft, 'question')}?key=late",
    }
    assert "Asked if overall is very dissatisfied." in text_of(page)
    for path in links.values():
        assert editor.get(path).status_code == 200
    refused = editor.post(address(draft, "publish"), data={"edition": edition(draft)})
    assert refused.status_code == 422
    assert "cannot be published while there are problems" in text_of(refused)
    assert "2 problems to put right" in text_of(editor.get(address(draft, "changes")))


def test_the_changes_say_whose_trend_breaks(editor: FlaskClient) -> None:
    def change(found: dict[str, Any]) -> dict[str, Any]:
        found["questions"][1]["text"]["en"] = "Did we deal with your query?"
        return put(without(found, "why"), "", question("more", text=words("More?")))

    shown = text_of(editor.get(address(make_draft(change), "changes")))
    assert "resolved : changed. Its trend breaks here" in shown
    assert "Question in English Was your query dealt with? Did we deal with your query?" in shown
    assert "overall : unchanged. Its trend goes on." in shown
    assert "more : added. Its trend begins." in shown
    assert "why : removed. Its trend ends." in shown


def test_a_draft_that_changes_nothing_offers_no_publication(editor: FlaskClient) -> None:
    page = editor.get(address(make_draft(), "changes"))
    assert "Nothing differs from the version in force" in text_of(page)
    assert soup(page).select("main form") == []


def test_publishing_puts_the_draft_in_force_and_in_the_audit_trail_with_its_digest(editor: FlaskClient) -> None:
    draft = make_draft(lambda found: without(found, "why"))
    wanted = stored(draft)
    done = editor.post(address(draft, "publish"), data={"edition": edition(draft)})
    assert done.location == "/questionnaires"
    assert "Version 2 is in force" in text_of(editor.get("/questionnaires"))
    db.session.rollback()
    version = version_in_force_of(draft)
    assert version is not None
    assert (version.number, version.definition) == (2, wanted)
    entry = last_entry()
    assert entry.subject == "questionnaire:contact"
    assert entry.details == {"number": 2, "sha256": sha256_of(wanted)}
    assert editor.post(address(draft, "publish"), data={"edition": 2}).status_code == 404


def test_a_draft_is_discarded_and_what_is_in_force_stays(editor: FlaskClient) -> None:
    draft = make_draft(lambda found: without(found, "why"))
    assert editor.post(address(draft, "discard"), data={"edition": edition(draft)}).status_code == 303
    db.session.rollback()
    assert draft_of(draft) is None
    version = version_in_force_of(draft)
    assert version is not None
    assert version.definition == DEFAULT_DEFINITION
    assert editor.get(address(draft)).status_code == 404


SETTINGS = {
    "title": "After a call",
    "languages": ["pa", "cy"],
    "most_of_pool": "2",
    "by_reply": "1",
    "equality": ["health_effect", "health"],
}


def test_settings_are_kept_in_the_order_of_our_lists(editor: FlaskClient) -> None:
    draft = make_draft()
    sent = editor.post(address(draft, "settings"), data=SETTINGS | {"edition": edition(draft)})
    assert sent.status_code == 303
    found = stored(draft)
    assert found["languages"] == ["en", "cy", "pa"]
    assert (found["most_of_pool"], found["by_reply"]) == (2, True)
    assert found["equality"] == ["health", "health_effect"]
    page = soup(editor.get(address(draft, "settings")))
    ticked = [tag["value"] for tag in page.select("input[type=checkbox][checked]")]
    assert ticked == ["cy", "pa", "1", "health", "health_effect"]
    assert "After a call" in text_of(editor.get("/questionnaires"))


@pytest.mark.parametrize("change", [{"title": " "}, {"most_of_pool": "some"}, {"languages": ["xx"]}])
def test_settings_that_cannot_be_kept_are_refused(editor: FlaskClient, change: dict[str, Any]) -> None:
    draft = make_draft()
    sent = editor.post(address(draft, "settings"), data=SETTINGS | change | {"edition": edition(draft)})
    assert sent.status_code == 422
    assert "There is a problem" in text_of(sent)
    assert stored(draft)["languages"] == DEFAULT_DEFINITION["languages"]


def test_settings_of_an_old_page_are_refused_with_what_was_typed_and_saved_at_the_second_try(
    editor: FlaskClient,
) -> None:
    draft = make_draft()
    old = edition(draft)
    with transaction():
        change_draft(draft, old, lambda found: without(found, "why"))
    refused = editor.post(address(draft, "settings"), data=SETTINGS | {"edition": old})
    assert refused.status_code == 409
    page = soup(refused)
    assert page.select_one("input[name=title][value='After a call']")
    fresh = page.select_one("input[name=edition]")
    assert fresh is not None
    again = editor.post(address(draft, "settings"), data=SETTINGS | {"edition": fresh["value"]})
    assert again.status_code == 303
    assert keys(draft) == ["overall", "resolved", ASKED]
    assert stored(draft)["most_of_pool"] == 2
