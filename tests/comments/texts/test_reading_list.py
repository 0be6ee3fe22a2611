"""The list of comments: searched alike on both databases, filtered, paged, cheap, and fit to leave as a file."""

import csv
import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from nlp.redaction.types import RedactedText
from surveys.comments.texts import queries
from surveys.comments.texts.models import Comment, CommentState
from surveys.comments.texts.queries import Place, Wanted, read_listing, words_in
from surveys.comments.texts.reach import Reach
from surveys.contacts.models import Channel
from surveys.core.db import db, transaction
from surveys.people.models import AuditEntry
from surveys.people.roles import Role
from tests.counting import statements
from tests.makers.comments import DAY, label_all, make_comment, read_all, write
from tests.makers.people import make_user, sign_in
from tests.pages import soup, text_of

MARCH = Reach(date(2026, 3, 1), date(2026, 3, 31), None, None)


def texts(words: str = "", **more: object) -> list[str]:
    wanted = Wanted(**({"reach": MARCH, "words": words} | more))  # type: ignore[arg-type]  # any of its fields
    return [comment.text for comment in read_listing(wanted).comments]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wait", {"Waiting, waiting and more waiting/hold music.", "A long wait."}),
        ("WAIT long", {"A long wait."}),
        ("hold", {"Waiting, waiting and more waiting/hold music."}),
        ("can't", {"I can’t get through <b>at</b> all."}),
        ("at", {"I can’t get through <b>at</b> all."}),
        ("ait", set()),
        ("café", {"The Café-bar was loud, 50% louder."}),
        ("bar 50%", {"The Café-bar was loud, 50% louder."}),
        ("%", {"Waiting, waiting and more waiting/hold music.", "A long wait.", "I can’t get through <b>at</b> all."}),
        ("' OR 1=1 --", set()),
        ("wait & ! | ( :*", {"Waiting, waiting and more waiting/hold music.", "A long wait."}),
    ],
)
def test_words_find_the_comments_that_have_words_which_begin_so(app: Flask, typed: str, found: set[str]) -> None:
    for words in (
        "Waiting, waiting and more waiting/hold music.",
        "A long wait.",
        "I can’t get through <b>at</b> all.",
        "The Café-bar was loud, 50% louder.",
    ):
        write(words)
    read_all()
    with transaction():
        set_text("Café", "The Café-bar was loud, 50% louder.")
    assert found <= set(texts(typed))
    if words_in(typed):
        assert set(texts(typed)) == found


def set_text(like: str, words: str) -> None:
    """Whatever redaction made of the name-like word, search is what is tried here."""
    last = sa.select(sa.func.max(Comment.id)).scalar_subquery()
    db.session.execute(sa.update(Comment).where(Comment.id == last).values(redacted=RedactedText(words)))


def test_filters_narrow_the_list(app: Flask, client: FlaskClient) -> None:
    make_comment("The lady was so kind and polite to me.", channel=Channel.WEB)
    make_comment("I waited forty minutes for the phone to be answered.", service="bins")
    make_comment("Diolch yn fawr am y gwasanaeth ardderchog.", labelled=False)
    make_comment("I will come down there and hurt you all.", day=DAY - timedelta(days=60))
    assert len(texts()) == 3
    assert texts(reach=Reach(MARCH.starts_on, MARCH.ends_on, None, frozenset({Channel.WEB}))) == [
        "The lady was so kind and polite to me."
    ]
    assert len(texts(state=CommentState.UNCLASSIFIED)) == 1
    assert texts(theme="waiting_time") == ["I waited forty minutes for the phone to be answered."]
    assert texts(sentiment="pos") == ["The lady was so kind and polite to me."]
    assert texts(reach=Reach(MARCH.starts_on, MARCH.ends_on, frozenset(), None)) == []
    sign_in(client, make_user(Role.MANAGER))
    page = soup(client.get("/comments/read?from=2026-01&to=2026-03&urgency=threat"))
    assert [text.get_text() for text in page.select(".comment-text")] == ["I will come down there and hurt you all."]
    assert "Possible threat" in [tag.get_text() for tag in page.select(".tag")]
    assert "1 comment" in page.main.get_text()  # type: ignore[union-attr]  # every page has one


def test_pages_follow_each_other_without_a_gap(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 3)
    for n in range(8):
        write(f"Comment of number {n}.", day=DAY - timedelta(days=n % 2))
    read_all()
    seen: list[int] = []
    days: list[date] = []
    place: Place | None = None
    for _ in range(3):
        listing = read_listing(Wanted(MARCH), place)
        seen += [comment.id for comment in listing.comments]
        days += [comment.day for comment in listing.comments]
        place = listing.next
    assert place is None
    assert sorted(seen) == sorted(db.session.scalars(sa.select(Comment.id)))
    assert days == sorted(days, reverse=True)


def test_what_looks_personal_is_not_searched_for(app: Flask, client: FlaskClient) -> None:
    make_comment("A long wait.")
    sign_in(client, make_user(Role.MANAGER))
    page = client.get("/comments/read?words=Mrs+Brown+07700900123")
    assert "Nothing was searched for" in text_of(page)
    assert "A long wait." in text_of(page)


@pytest.mark.parametrize(
    "query", ["", "?from=soon&to=2099-99&after=x&theme=x&state=let_go&service=x", "?after=2026-03-10.5"]
)
def test_an_address_that_makes_no_sense_is_shown_anyway_without_a_comment(client: FlaskClient, query: str) -> None:
    sign_in(client, make_user(Role.MANAGER))
    assert "There are no comments like this" in text_of(client.get(f"/comments/read{query}"))


def test_the_list_makes_as_many_queries_for_fifty_comments_as_for_two(app: Flask, client: FlaskClient) -> None:
    sign_in(client, make_user(Role.MANAGER))
    counts = []
    for many in (2, 58):
        for n in range(many):
            write(f"I waited {n} minutes and the lady was kind.")
        read_all()
        label_all()
        client.get("/comments/read")
        with statements() as seen:
            page = client.get("/comments/read?words=waited")
        counts.append(len(seen))
    assert len(soup(page).select("article")) == 50
    assert counts[0] == counts[1] <= 10


def test_the_file_is_scanned_again_safe_to_open_and_noted(app: Flask, client: FlaskClient) -> None:
    leaked = make_comment("Words.")
    formula = make_comment("=HYPERLINK was what the page showed me, with two lines\nof text")
    with transaction():
        text = RedactedText("They gave my number 07700 900123 to Mrs Brown.")
        db.session.execute(sa.update(Comment).where(Comment.id == leaked).values(redacted=text))
    user = make_user(Role.MANAGER)
    sign_in(client, user)
    assert client.get("/comments/read.csv").status_code == 405
    file = client.post("/comments/read.csv?from=2026-03&to=2026-03")
    lines = {line["number"]: line for line in csv.DictReader(io.StringIO(file.get_data(as_text=True)))}
    assert lines[str(leaked)]["comment"] == "They gave my number [PHONE] to Mrs [NAME]."
    assert lines[str(formula)]["comment"].startswith("'=HYPERLINK")
    assert lines[str(leaked)]["week_from"] == "2026-03-09"
    assert "2026-03-10" not in file.get_data(as_text=True)
    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "comments exported")).one()
    assert entry.actor == f"user:{user.id}"
    assert entry.details == {"services": None, "first": "2026-03", "last": "2026-03"}
