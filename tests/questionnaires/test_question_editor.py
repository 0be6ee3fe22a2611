"""One question is added, taken from the library and edited by forms alone; what was typed is never lost."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.db import transaction
from surveys.people.roles import Role
from surveys.questionnaires.arranging import find_item, put, without
from surveys.questionnaires.default import CONTACT_BACK
from surveys.questionnaires.drafts import change_draft, discard_draft
from surveys.questionnaires.library import READY
from tests.makers.people import make_user, sign_in
from tests.makers.questionnaires import make_draft, question
from tests.pages import soup, text_of
from tests.questionnaires.test_editor import ASKED, address, edition, keys, stored

OPTIONS = {
    "option-0-code": "",
    "option-0-en": "Less than a day",
    "option-0-cy": "Llai na diwrnod",
    "option-1-code": "longer",
    "option-1-en": "Longer",
    "option-1-cy": "Hirach",
}
WAIT = {"kind": "choice", "was": "", "key": "wait", "text-en": "How long?", "text-cy": "Pa mor hir?", "optional": "1"}


@pytest.fixture
def draft(app: Flask) -> int:
    return make_draft(lambda found: found | {"languages": ["en", "cy"]})


@pytest.fixture
def editor(app: Flask, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_user(Role.ADMINISTRATOR))


def item_of(draft: int, key: str) -> dict[str, Any]:
    found = find_item(stored(draft), key)
    assert found is not None
    return found


def values(page: Any) -> dict[str, str]:
    """What the text fields of a form hold."""
    fields = soup(page).select("main form input[type=text], main form input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields}


def test_a_question_is_added_at_the_end(editor: FlaskClient, draft: int) -> None:
    assert editor.get(address(draft, "question", "new")).status_code == 200
    assert editor.get(f"{address(draft, 'question')}?kind=choice").status_code == 200
    done = editor.post(address(draft, "question"), data=WAIT | OPTIONS | {"edition": edition(draft)})
    assert done.location == f"{address(draft)}#wait"
    assert item_of(draft, "wait") == {
        "key": "wait",
        "kind": "choice",
        "text": {"en": "How long?", "cy": "Pa mor hir?"},
        "optional": True,
        "options": [
            {"code": "less_than_a_day", "text": {"en": "Less than a day", "cy": "Llai na diwrnod"}},
            {"code": "longer", "text": {"en": "Longer", "cy": "Hirach"}},
        ],
    }
    assert "To put right before publishing" not in text_of(editor.get(address(draft)))


def test_rows_of_answers_change_on_the_page_and_nothing_is_kept_before_it_is_saved(
    editor: FlaskClient, draft: int
) -> None:
    before = edition(draft)
    for act, order in (
        ("down-option-0", ["longer", "less_than_a_day"]),
        ("add-option", ["less_than_a_day", "longer", ""]),
        ("remove-option-1", ["less_than_a_day"]),
    ):
        page = editor.post(address(draft, "question"), data=WAIT | OPTIONS | {"edition": before, "act": act})
        assert page.status_code == 200
        shown = values(page)
        assert [shown[name] for name in sorted(shown) if name.endswith("-code")] == order
        assert (shown["text-cy"], shown["edition"]) == ("Pa mor hir?", str(before))
    assert edition(draft) == before
    assert keys(draft) == ["overall", "resolved", "why", ASKED]


@pytest.mark.parametrize("kind", ["satisfaction", "scale", "choice", "choices", "yes_no", "comment"])
def test_each_kind_has_its_form(editor: FlaskClient, draft: int, kind: str) -> None:
    page = editor.get(f"{address(draft, 'question')}?kind={kind}")
    sent = values(page) | {"key": "new_one", "text-en": "New?", "text-cy": "Newydd?"}
    if kind == "comment":
        assert sent["longest"] == "1000"
    assert editor.post(address(draft, "question"), data=sent).status_code == 303
    assert item_of(draft, "new_one")["kind"] == kind
    assert editor.get(f"{address(draft, 'question')}?key=new_one").status_code == 200


def test_whether_we_may_contact_comes_with_its_words_and_once_in_a_questionnaire(
    editor: FlaskClient, app: Flask
) -> None:
    draft = make_draft(lambda found: without(found, ASKED))
    page = editor.get(f"{address(draft, 'question')}?kind={ASKED}")
    ticked = [str(tag["value"]) for tag in soup(page).select("input[name=any_of][checked]")]
    sent = values(page) | {"any_of": ticked, "optional": "1"}
    assert editor.post(address(draft, "question"), data=sent).status_code == 303
    assert item_of(draft, ASKED) == CONTACT_BACK
    again = sent | {"key": "again", "edition": edition(draft)}
    assert editor.post(address(draft, "question"), data=again).status_code == 303
    assert "Only one question may ask whether we may contact the person." in text_of(editor.get(address(draft)))


def test_a_question_in_own_words_says_what_it_asks_for(editor: FlaskClient, draft: int) -> None:
    page = f"{address(draft, 'question')}?key=why"
    assert soup(editor.get(page)).select_one("#asks option[selected]") is None
    for chosen, kept in (("could_improve", "could_improve"), ("anything", None)):
        sent = values(editor.get(page)) | {"asks": chosen}
        assert editor.post(address(draft, "question"), data=sent).status_code == 303
        assert item_of(draft, "why").get("asks") == kept
        shown = soup(editor.get(page)).select_one("#asks option[selected]")
        assert (shown["value"] if shown else None) == kept


@pytest.mark.parametrize("query", ["?kind=stars", "?kind=equality", "", "?key=nothing", "?ready=nothing"])
def test_there_is_no_form_for_what_there_is_not(editor: FlaskClient, draft: int, query: str) -> None:
    assert editor.get(address(draft, "question") + query).status_code == 404


def test_a_ready_question_comes_with_its_words_in_every_language(editor: FlaskClient, draft: int) -> None:
    page = editor.get(f"{address(draft, 'question')}?ready=polite")
    ticked = soup(page).select("input[type=checkbox][checked]")
    sent = values(page) | {str(tag["name"]): "1" for tag in ticked} | {"driver": "staff_attitude"}
    assert editor.post(address(draft, "question"), data=sent).status_code == 303
    assert item_of(draft, "polite") == READY["polite"]
    assert "(in the draft already)" in text_of(editor.get(address(draft, "question", "new")))


def test_every_field_of_a_stored_question_is_shown_as_it_is_kept(editor: FlaskClient, draft: int) -> None:
    later = question("later", show_if={"question": "resolved", "any_of": ["no"]}, pool=True, driver="access")
    with transaction():
        change_draft(draft, edition(draft), lambda found: put(found, "", later))
    page = soup(editor.get(f"{address(draft, 'question')}?key=later"))
    ticked = {str(tag["name"]): str(tag["value"]) for tag in page.select("input[type=checkbox][checked]")}
    assert ticked == {"optional": "1", "pool": "1", "any_of": "resolved:no"}
    chosen = page.select_one("#driver option[selected]")
    assert chosen is not None
    assert chosen["value"] == "access"


@pytest.mark.parametrize(
    ("was", "key", "words"),
    [
        ("", "Wait!", "Enter a key of lower case letters"),
        ("", "why", "Another question has this key"),
        ("new", "why", "Another question has this key"),
        ("why", "reason", "The key must stay why"),
        ("overall", "rating", "The key must stay overall"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_what_was_typed(
    editor: FlaskClient, draft: int, was: str, key: str, words: str
) -> None:
    with transaction():
        change_draft(draft, edition(draft), lambda found: put(found, "", question("new")))
    sent = WAIT | {"was": was, "key": key, "kind": "yes_no", "text-en": "Typed", "edition": edition(draft)}
    refused = editor.post(address(draft, "question"), data=sent)
    assert refused.status_code == 422
    assert words in text_of(refused)
    assert values(refused)["text-en"] == "Typed"
    assert keys(draft) == ["overall", "resolved", "why", ASKED, "new"]


def test_a_key_that_was_never_published_may_change(editor: FlaskClient, draft: int) -> None:
    with transaction():
        change_draft(draft, edition(draft), lambda found: put(found, "", question("new")))
    sent = WAIT | {"was": "new", "key": "newer", "kind": "yes_no", "edition": edition(draft)}
    assert editor.post(address(draft, "question"), data=sent).status_code == 303
    assert keys(draft) == ["overall", "resolved", "why", ASKED, "newer"]


def test_a_stale_question_is_refused_with_what_was_typed_and_saved_at_the_second_try(
    editor: FlaskClient, draft: int
) -> None:
    old = edition(draft)
    with transaction():
        change_draft(draft, old, lambda found: without(found, "resolved"))
    sent = {"was": "why", "key": "why", "kind": "comment", "text-en": "Mine", "longest": "500", "edition": str(old)}
    refused = editor.post(address(draft, "question"), data=sent)
    assert refused.status_code == 409
    assert "Nothing of yours was saved. What you typed is still here." in text_of(refused)
    assert values(refused)["text-en"] == "Mine"
    assert item_of(draft, "why")["text"]["en"] != "Mine"
    assert editor.post(address(draft, "question"), data=values(refused)).status_code == 303
    assert item_of(draft, "why")["text"]["en"] == "Mine"
    assert keys(draft) == ["overall", "why", ASKED]


def test_a_question_that_somebody_removed_can_be_put_back(editor: FlaskClient, draft: int) -> None:
    old = edition(draft)
    with transaction():
        change_draft(draft, old, lambda found: without(found, "why"))
    sent = {"was": "why", "key": "why", "kind": "comment", "text-en": "Mine", "longest": "500", "edition": str(old)}
    refused = editor.post(address(draft, "question"), data=sent)
    assert refused.status_code == 409
    assert editor.post(address(draft, "question"), data=values(refused)).status_code == 303
    assert keys(draft) == ["overall", "resolved", ASKED, "why"]


def test_what_was_typed_shows_even_where_the_draft_is_gone(editor: FlaskClient, draft: int) -> None:
    old = edition(draft)
    with transaction():
        discard_draft(draft, old)
    sent = {"was": "why", "key": "why", "kind": "comment", "text-en": "Mine", "longest": "500", "edition": str(old)}
    refused = editor.post(address(draft, "question"), data=sent)
    assert refused.status_code == 409
    assert "This draft was published or discarded" in text_of(refused)
    assert values(refused)["text-en"] == "Mine"
    editor.post(address(draft))
    stale = editor.post(address(draft, "question"), data=values(refused))
    assert stale.status_code == 409
    assert editor.post(address(draft, "question"), data=values(stale)).status_code == 303
    assert item_of(draft, "why")["longest"] == 500


def test_markup_in_words_stays_words(editor: FlaskClient, draft: int) -> None:
    sent = WAIT | OPTIONS | {"text-en": "<script>alert(1)</script>", "edition": edition(draft)}
    editor.post(address(draft, "question"), data=sent)
    for page in (address(draft), address(draft, "changes"), f"{address(draft, 'question')}?key=wait"):
        assert "<script>alert" not in editor.get(page).get_data(as_text=True)
