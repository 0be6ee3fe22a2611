"""One comment: what marks its words, what the page shows and to whom, and what a hostile comment may not do."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nlp.redaction.types import RedactedText
from surveys.comments.texts.pieces import Piece, pieces_of, shortened
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.comments import make_comment, service_id
from tests.makers.people import make_service, make_user, sign_in
from tests.pages import soup, text_of

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> {{ 7 * 7 }} \u202egnorw \U0001f621\u200d\U0001f4a5 '


def test_a_text_in_pieces_loses_and_doubles_nothing() -> None:
    text = RedactedText("[NAME] said [POSTCODE]was closed, [not a placeholder] said [NAME]")
    pieces = pieces_of(text, [(7, 11), (0, 6), (50, 54)])
    assert "".join(piece.words for piece in pieces) == text
    assert [piece.words for piece in pieces if piece.placeholder] == ["[NAME]", "[POSTCODE]", "[NAME]"]
    assert [piece.words for piece in pieces if piece.marked] == ["[NAME]", "said", "er] "]
    assert pieces[0] == Piece("[NAME]", placeholder=True, marked=True)
    assert pieces_of(RedactedText("")) == []


@pytest.mark.parametrize("most", [20, 21, 22, 24, 30])
def test_a_long_text_is_cut_between_words_and_never_in_a_placeholder(most: int) -> None:
    short = shortened(RedactedText("They rang me about [DATE OF BIRTH] and then rang off again."), most)
    assert short.endswith(" …")
    assert len(short) <= most + 2
    assert "[" not in short.replace("[DATE OF BIRTH]", "")
    assert shortened(RedactedText("Short."), most) == "Short."


def test_a_word_without_an_end_is_cut_all_the_same() -> None:
    assert shortened(RedactedText("x" * 100), 10) == "x" * 10 + " …"


def test_the_page_says_which_words_spoke_for_each_label(app: Flask, client: FlaskClient) -> None:
    number = make_comment("I waited forty minutes on the phone. The lady was rude to me.")
    sign_in(client, make_user(Role.MANAGER))
    page = soup(client.get(f"/comments/{number}"))
    assert "spoke for" in page.get_text()
    reasons = page.select(".reasons li")
    assert len(reasons) >= 2
    first = next(reason for reason in reasons if "shown" in (reason.get("class") or ""))
    marked = [mark.get_text() for mark in page.select("#comment-text mark")]
    assert marked
    for mark in marked:
        words = mark.removeprefix("[spoke for it: ").removesuffix("]")
        assert f"“{words}”" in first.get_text()
    other = next(link["href"] for link in page.select(".reasons a") if "why=" in str(link["href"]))
    again = soup(client.get(f"/comments/{number}{str(other).split('#')[0]}"))
    assert [m.get_text() for m in again.select("#comment-text mark")] != marked


def test_what_was_replaced_is_told_apart_in_words(app: Flask, client: FlaskClient) -> None:
    number = make_comment("Mrs Brown on 07700 900123 was very kind.")
    sign_in(client, make_user(Role.MANAGER))
    replaced = [piece.get_text() for piece in soup(client.get(f"/comments/{number}")).select(".replaced")]
    assert replaced == ["replaced: [NAME]", "replaced: [PHONE]"]


def test_a_comment_is_shown_to_those_of_its_service_only(app: Flask, client: FlaskClient) -> None:
    number = make_comment("All good, thank you.")
    libraries = make_service("libraries", "Libraries")
    sign_in(client, make_user(Role.MANAGER, service=libraries))
    assert client.get(f"/comments/{number}").status_code == 404
    assert "All good" not in text_of(client.get("/comments/read"))
    assert "All good" not in text_of(client.get(f"/comments/read?service={service_id('parking')}"))
    assert client.post(f"/comments/{number}/as-written", data={"purpose": "at_risk"}).status_code == 403
    assert client.post(f"/comments/{number}/replace", data={"words": "good", "kind": "NAME"}).status_code == 403


def test_a_comment_that_waits_and_one_in_another_language_say_so(app: Flask, client: FlaskClient) -> None:
    waits = make_comment("The phone line was very clear.", labelled=False)
    welsh = make_comment("Diolch yn fawr am y gwasanaeth ardderchog.", labelled=False)
    sign_in(client, make_user(Role.MANAGER))
    assert "has not labelled this comment yet" in text_of(client.get(f"/comments/{waits}"))
    assert "In Welsh" in text_of(client.get(f"/comments/{welsh}"))
    assert "does not guess at other languages" in text_of(client.get(f"/comments/{welsh}"))


def test_a_hostile_comment_is_only_text(app: Flask, client: FlaskClient) -> None:
    words = HOSTILE + "wordy " * 1600
    number = make_comment(words)
    sign_in(client, make_user(Role.REVIEWER))
    for path in ("/comments/read", f"/comments/{number}"):
        page = soup(client.get(path))
        shown = page.select_one(".comment-text")
        assert shown is not None
        assert not shown.select("script, img")
        for hidden in shown.select(".visually-hidden"):
            hidden.decompose()
        assert shown.get_text().startswith(HOSTILE)
        assert shown["dir"] == "auto"
    assert len(soup(client.get("/comments/read")).select_one(".comment-text").get_text()) < 1300  # type: ignore[union-attr]  # found above
    assert client.get(f"/comments/{number}").get_data(as_text=True).count("wordy") >= 1600


def test_the_page_of_a_comment_makes_a_bounded_number_of_queries(app: Flask, client: FlaskClient) -> None:
    number = make_comment("I waited an hour and nobody rang me back about the bin.")
    sign_in(client, make_user(Role.REVIEWER))
    client.get(f"/comments/{number}")
    with statements() as seen:
        client.get(f"/comments/{number}")
    assert len(seen) <= 9, seen
