"""The editor of standards: administrators say what is offered, nothing is overwritten unseen, files go in whole."""

import io
import json
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import db
from surveys.evidence.standards.models import ElementNote
from surveys.evidence.standards.reading import Strength, built_in, find_standard
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of
from tests.people.conftest import acts, last_entry

INDEX, NEW, LOAD = "/evidence/standards", "/evidence/add-element", "/evidence/load-standard"
FIRST = f"{INDEX}/cse/1.1.1"
OWN = {
    "standard": "Customer charter",
    "code": "2.1",
    "paraphrase": "We answer within a week.",
    "reference": "Page 4",
    "strength": "supports",
    "offered": ["cases", "question:told_how_long"],
}


@pytest.fixture
def editor(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user(Role.ADMINISTRATOR))


def filled_in(page: Any) -> dict[str, Any]:
    """What the form of an element would send as it stands."""
    form = soup(page).select_one("main form")
    assert form is not None
    sent: dict[str, Any] = {one["name"]: one.text for one in form.select("textarea")}
    for field in form.select("input"):
        if field["type"] not in ("checkbox", "radio") or field.has_attr("checked"):
            sent.setdefault(str(field["name"]), []).append(str(field["value"]))
    return sent


def notes() -> list[ElementNote]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(sa.select(ElementNote).order_by(ElementNote.code)))


def taken_out(client: FlaskClient, standard: str = "cse") -> dict[str, Any]:
    content: dict[str, Any] = json.loads(client.get(f"{INDEX}/{standard}/file").get_data(as_text=True))
    return content


def load(client: FlaskClient, content: object) -> Any:
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post(LOAD, data={"file": (io.BytesIO(text), "standard.json")})


def test_a_reference_and_a_note_are_kept_and_our_words_and_offers_stay_ours(editor: FlaskClient) -> None:
    sent = filled_in(editor.get(FIRST))
    assert sent["paraphrase"].strip() == built_in()["cse"].elements[0].paraphrase
    answer = editor.post(FIRST, data=sent | {"reference": "CSE-01", "note": "See the profile."}, follow_redirects=True)
    assert "Your reference: CSE-01" in text_of(answer)
    [kept] = notes()
    assert (kept.paraphrase, kept.offered, kept.reference, kept.edition) == (None, None, "CSE-01", 1)
    assert last_entry().action == "element changed"
    assert last_entry().subject == "element:cse/1.1.1"
    assert "profile" not in str(last_entry().details)


def test_other_words_and_offers_take_the_place_of_ours_until_they_are_taken_back(editor: FlaskClient) -> None:
    sent = filled_in(editor.get(FIRST)) | {"paraphrase": "Who they are", "strength": "direct", "offered": ["outcomes"]}
    editor.post(FIRST, data=sent)
    changed = find_standard("cse").element("1.1.1")
    assert (changed.paraphrase, changed.strength, changed.offered) == ("Who they are", Strength.DIRECT, ("outcomes",))
    assert changed.limit == built_in()["cse"].elements[0].limit
    editor.post(f"{FIRST}/delete", data={"edition": "1"})
    assert notes() == []
    assert acts()[-1] == "element words taken back"


def test_what_somebody_else_saved_meanwhile_is_not_overwritten_unseen(editor: FlaskClient) -> None:
    seen = filled_in(editor.get(FIRST))
    editor.post(FIRST, data=seen | {"note": "Mine"})
    late = editor.post(FIRST, data=seen | {"note": "Yours"})
    assert (late.status_code, filled_in(late)["note"].strip()) == (409, "Yours")
    assert notes()[0].note == "Mine"
    editor.post(FIRST, data=filled_in(late))
    assert notes()[0].note == "Yours"
    assert editor.post(f"{FIRST}/delete", data={"edition": "1"}).status_code == 409


def test_a_standard_of_the_councils_own_begins_with_its_first_element(editor: FlaskClient) -> None:
    page = text_of(editor.post(NEW, data=OWN, follow_redirects=True))
    assert "Customer charter" in page
    assert "We answer within a week." in page
    again = editor.post(NEW, data=OWN)
    assert (again.status_code, "has an element of this code already" in text_of(again)) == (422, True)
    editor.post(f"{INDEX}/Customer charter/2.1/delete", data={"edition": "1"})
    assert editor.get(f"{INDEX}/Customer charter").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"standard": ""}, "Enter the name of your standard"),
        ({"standard": "a/b"}, "may have letters, digits, spaces, dots and hyphens only"),
        ({"standard": "CSE"}, "That standard comes with the program"),
        ({"code": "x" * 31}, "Element must be 30 characters or less"),
        ({"paraphrase": "  "}, "Enter what it asks, in your words"),
        ({"note": "x" * 1001}, "Note must be 1,000 characters or less"),
        ({"strength": "met"}, "Select how far the data answer it"),
        ({"offered": []}, "Tick what is offered"),
        ({"strength": "none"}, "Tick what is offered"),
        ({"offered": ["nonsense"]}, "Tick what is offered"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_is_kept(
    editor: FlaskClient, wrong: dict[str, Any], words: str
) -> None:
    answer = editor.post(NEW, data=OWN | wrong)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert notes() == []


def test_a_file_taken_out_goes_in_again_and_changes_nothing(editor: FlaskClient) -> None:
    editor.post(NEW, data=OWN)
    editor.post(FIRST, data=filled_in(editor.get(FIRST)) | {"reference": "CSE-01"})
    before = [(one.code, one.edition) for one in notes()]
    for standard in ("cse", "Customer charter"):
        assert load(editor, taken_out(editor, standard)).status_code == 303
        assert "0 elements changed" in text_of(editor.get(INDEX))
    assert [(one.code, one.edition) for one in notes()] == before


def test_a_file_goes_in_whole_and_the_trail_has_its_digest(editor: FlaskClient) -> None:
    content = taken_out(editor)
    content["elements"][0]["note"] = "New"
    content["elements"][2] |= {"strength": "none", "offered": []}
    assert load(editor, content).status_code == 303
    assert [(one.code, one.note) for one in notes()] == [("1.1.1", "New"), ("1.1.3", "")]
    entry = last_entry()
    assert (entry.action, entry.subject, entry.details["changed"]) == ("standard loaded", "standard:cse", 2)
    assert len(entry.details["sha256"]) == 64


def spoil(content: dict[str, Any], **given: object) -> dict[str, Any]:
    content["elements"][0] |= given
    return content


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"code": "9.9.9"}, "Element 9.9.9: the standard has no such element"),
        ({"code": "1.1.2"}, "Element 1.1.2: it is in the file twice"),
        ({"code": 7}, "Element 1: it needs “code”, a text"),
        ({"strength": "met"}, "Element 1.1.1: “strength” must be direct, supports or none"),
        ({"offered": ["horoscope"]}, "Element 1.1.1: nothing of a pack is called “horoscope”"),
        ({"offered": []}, "“offered” must be empty where the strength is none"),
        ({"offered": "results"}, "“offered” must be a list of texts"),
        ({"note": None}, "“note” must be a text"),
        ({"reference": "x" * 121}, "your reference must be 120 characters or less"),
        ({"edition": 3}, "somebody changed it after the file was taken out"),
    ],
)
def test_a_file_with_a_fault_is_refused_in_words_and_nothing_changes(
    editor: FlaskClient, given: dict[str, object], words: str
) -> None:
    answer = load(editor, spoil(taken_out(editor), **given))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert notes() == []


def test_what_is_no_file_of_a_standard_is_refused_in_words(editor: FlaskClient) -> None:
    short = taken_out(editor)
    del short["elements"][5]
    for content, words in (
        (b"{", "This is no JSON file: see line 1, column 2"),
        (b"\xff\xfe", "no text file in UTF-8"),
        ({"elements": []}, "does not say of which standard"),
        ({"standard": "x", "elements": []}, "a list of 1 to 500"),
        ([], "does not say of which standard"),
        (short, "Element 1.2.3: the file does not have it"),
    ):
        assert words in text_of(load(editor, content))
    assert "Choose a JSON file" in text_of(editor.post(LOAD))
    assert notes() == []


def test_pages_take_a_bounded_number_of_queries_however_many_elements(editor: FlaskClient) -> None:
    editor.get(INDEX)
    for path in (INDEX, f"{INDEX}/cse", FIRST):
        with statements() as seen:
            assert editor.get(path).status_code == 200
        assert len(seen) <= 5, path


def test_what_is_not_there_is_not_found(editor: FlaskClient) -> None:
    for path in ("nothing", "cse/9.9.9", "nothing/file", "nothing/1"):
        assert editor.get(f"{INDEX}/{path}").status_code == 404
    assert editor.post(f"{INDEX}/cse/1.1.1/delete", data={"edition": "0"}).status_code == 404
