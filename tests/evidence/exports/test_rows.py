"""What an export holds: every row that was asked for, and nothing that leads to anybody."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from nlp.redaction.types import RedactedText
from surveys.answers.models import Mode
from surveys.comments.texts.models import Comment, CommentState
from surveys.contacts.models import Channel
from surveys.core.clock import today
from surveys.core.db import db, transaction
from surveys.evidence.exports import rows as export_rows
from surveys.evidence.exports.models import ExportKind
from surveys.evidence.exports.rows import Chosen
from surveys.evidence.exports.scan import Scan
from surveys.questionnaires.kinds import Satisfaction
from tests.counting import statements
from tests.evidence.exporting import asked, read
from tests.makers.answers import draw_and_send
from tests.makers.comments import make_comment
from tests.makers.contacts import load_rows, row
from tests.makers.people import make_service
from tests.rates.made import make_response

pytestmark = pytest.mark.usefixtures("app")
ANSWERS, CONTACTS = ExportKind.ANSWERS, ExportKind.CONTACTS
WHEN: dict[str, Any] = {"first": date(2000, 1, 1), "last": today()}


def test_each_response_is_a_row_with_the_codes_of_its_answers() -> None:
    service = make_service().id
    with transaction():
        make_response(service, dealt_with="yes")
        make_response(service, None, mode=Mode.KIOSK)
    started, whole = sorted(read(ANSWERS), key=lambda one: str(one["completed"]))
    common = {"service": "parking", "channel": "phone", "day": "2026-03-10", "version": "contact/1"}
    told = {"answer.dealt_with": "yes", "answer.overall": "very_satisfied"}
    assert whole == common | told | {"mode": "web", "completed": "true"}
    nothing = dict.fromkeys(told, "")
    assert started == common | nothing | {"mode": "kiosk", "completed": "false"}


def test_only_the_days_services_and_channels_that_were_asked_for_are_in_it() -> None:
    parking, bins = make_service().id, make_service("bins", "Bins").id
    with transaction():
        make_response(parking)
        make_response(parking, channel=Channel.WEB)
        make_response(bins)
        make_response(parking, day=date(2026, 4, 1))
    assert len(read(ANSWERS)) == 3
    assert [one["service"] for one in read(ANSWERS, services=frozenset({bins}))] == ["bins"]
    assert [one["channel"] for one in read(ANSWERS, channels=frozenset({Channel.WEB}))] == ["web"]
    assert [one["day"] for one in read(ANSWERS, first=date(2026, 4, 1), last=date(2026, 4, 1))] == ["2026-04-01"]


def test_the_order_within_a_day_is_not_the_order_in_which_answers_came() -> None:
    service = make_service().id
    with transaction():
        for rating in (Satisfaction.VERY_SATISFIED, Satisfaction.FAIRLY_SATISFIED, Satisfaction.VERY_SATISFIED):
            make_response(service, rating)
    found = [one["answer.overall"] for one in read(ANSWERS)]
    assert found == ["fairly_satisfied", "very_satisfied", "very_satisfied"]


def test_comments_come_redacted_and_only_where_they_were_asked_for() -> None:
    make_comment("Ring me on 07700 900123 about the permit.", labelled=False)
    assert [name for name in read(ANSWERS)[0] if name.startswith("comment")] == []
    assert read(ANSWERS, comments=True)[0]["comment.why"] == "Ring me on [PHONE] about the permit."


def test_a_comment_that_nobody_has_redacted_yet_is_left_out_whole() -> None:
    make_comment("It took long.", labelled=False)
    with transaction():
        db.session.execute(sa.delete(Comment))
    assert "long" not in str(read(ANSWERS, comments=True))


def test_a_comment_whose_text_was_let_go_is_left_out() -> None:
    number = make_comment("It took long.", labelled=False)
    with transaction():
        comment = db.session.get_one(Comment, number)
        comment.state, comment.redacted = CommentState.LET_GO, RedactedText("")
    assert "comment.why" not in read(ANSWERS, comments=True)[0]


def test_what_an_older_redaction_left_in_a_comment_is_replaced_and_counted() -> None:
    number, scan = make_comment("It took long.", labelled=False), Scan()
    with transaction():
        db.session.get_one(Comment, number).redacted = RedactedText("Write to jo@example.com")
    assert read(ANSWERS, scan, comments=True)[0]["comment.why"] == "Write to [EMAIL]"
    assert scan.found == 1


def test_each_contact_is_a_row_with_what_the_draw_said_and_no_address(tmp_path: Path) -> None:
    load_rows(tmp_path, [row("A1", phone="07700 900123"), row("A2", email="")])
    assert {one["outcome"] for one in read(CONTACTS, **WHEN)} == {""}
    draw_and_send()
    found = read(CONTACTS, **WHEN)
    assert [one["reference"] for one in found] == ["A1", "A2"]
    assert found[1]["outcome"] == "unreachable"
    assert set(found[0]) == {"service", "channel", "day", "source", "reference", "outcome"}
    assert not {"7700", "example.com"} & {part for one in found for part in str(one)}


def test_a_reference_that_is_somebody_s_phone_number_is_replaced_and_counted(tmp_path: Path) -> None:
    load_rows(tmp_path, [row("07700900123"), row("A2"), row("jo@example.com", email=""), row("AB123456C")])
    scan = Scan()
    assert {str(one["reference"]) for one in read(CONTACTS, scan, **WHEN)} == {
        "[PHONE]",
        "A2",
        "[EMAIL]",
        "[NI NUMBER]",
    }
    assert scan.found == 3


@pytest.mark.parametrize("plain", ["parking", "very_satisfied", "CRM-00000123", "4012888888881881", "default/1"])
def test_a_code_or_a_long_number_is_left_as_it_is(plain: str) -> None:
    assert Scan().cell(plain) == plain


def test_the_same_cell_is_counted_each_time() -> None:
    scan = Scan()
    assert [scan.cell("07700 900123") for _ in range(2)] == ["[PHONE]"] * 2
    assert scan.found == 2


def test_what_is_replaced_in_answers_that_are_the_same_is_counted_each_time() -> None:
    chosen = Chosen(["branch", "overall"], scan := Scan())
    for told in ("overall=fairly|branch=07700 900123", "overall=fairly", "", "overall=fairly"):
        first, again = chosen.cells(told), chosen.cells(told)
        assert first == again == ("[PHONE]" if "branch" in told else "", "fairly" if told else "")
    assert scan.found == 2


def test_many_rows_take_no_more_queries_than_few(monkeypatch: pytest.MonkeyPatch) -> None:
    service = make_service().id
    with transaction():
        make_response(service)
    read(ANSWERS)
    with statements() as few:
        read(ANSWERS)
    with transaction():
        for _ in range(20):
            make_response(service)
    monkeypatch.setattr(export_rows, "AT_ONCE", 3)
    with statements() as many:
        assert len(read(ANSWERS)) == 21
    assert len(many) == len(few)


def test_what_was_asked_for_is_kept_as_codes_and_days() -> None:
    whole = asked(services=frozenset({2, 1}), channels=frozenset({Channel.WEB, Channel.EMAIL}), comments=True)
    told = whole.as_json()
    assert told["services"] == [1, 2]
    assert told["channels"] == ["email", "web"]
    assert type(whole).read(told) == whole
    assert type(whole).read(asked().as_json()) == asked()
