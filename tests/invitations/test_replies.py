"""Texts that come back: keywords are heeded once and answered once; other words wait to be read."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from surveys.core.db import db, transaction
from surveys.invitations.models import InboundReply, InvitationState
from surveys.invitations.receipt_tasks import forget_receipts
from surveys.invitations.replies import Inbound, Reply, take_reply
from surveys.invitations.reply_words import words_for_reply
from surveys.messaging.keywords import Meaning
from tests.invitations.made import MOMENT
from tests.invitations.told import EMAIL, PHONE, audited, make_invitation, open_replies, point, stopped

LATER = MOMENT + timedelta(hours=2)


def hear(words: str, sid: str = "SM1", sender: str = PHONE, did: Meaning | None = None, hours: int = 2) -> Reply | None:
    with transaction():
        taken = take_reply(Inbound(sid, sender, words, did), MOMENT + timedelta(hours=hours))
        return taken.answer if taken else None


def kept() -> list[InboundReply]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(InboundReply).order_by(InboundReply.id)))


def test_stop_by_text_stops_every_address_of_the_contact(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    assert hear("Stop.") == Reply(Meaning.STOP, "en")
    assert (stopped(PHONE), stopped(EMAIL)) == ("reply", "reply")


def test_stop_from_a_number_that_was_never_asked_is_kept_too(app: Flask) -> None:
    assert hear("STOP", sender="07700 900456") == Reply(Meaning.STOP, "en")
    assert stopped("+447700900456") == "reply"


def test_start_takes_a_stop_back_and_is_audited(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    hear("STOP", "SM1")
    hear("START", "SM2", hours=4)
    found = point(PHONE)
    assert found is not None
    assert (found.opted_out_at, found.opted_out_by, stopped(EMAIL)) == (None, None, None)
    assert [action for action, _, _ in audited()][-2:] == ["surveys stopped", "surveys allowed again"]
    assert "7700900123" not in str(audited())


def test_the_same_text_told_twice_is_heeded_and_answered_once(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    assert [hear("STOP", "SM1"), hear("STOP", "SM1", hours=9)] == [Reply(Meaning.STOP, "en"), None]
    hear("START", "SM2", hours=10)
    assert hear("STOP", "SM1", hours=12) is None
    assert stopped(PHONE) is None
    assert len(kept()) == 2


@pytest.mark.parametrize("did", [Meaning.STOP, Meaning.START, Meaning.HELP])
def test_what_twilio_has_answered_is_heeded_and_not_answered_again(app: Flask, tmp_path: Path, did: Meaning) -> None:
    make_invitation(tmp_path)
    assert hear("anything at all", did=did) is None
    assert stopped(PHONE) == ("provider" if did is Meaning.STOP else None)
    assert [reply.meaning for reply in kept()] == [did.value]


def test_a_number_gets_one_answer_an_hour(app: Flask) -> None:
    answers = [hear("HELP", f"SM{n}", hours=2) for n in range(30)]
    assert [answer is not None for answer in answers] == [True] + [False] * 29
    assert hear("HELP", "SM30", sender="+447700900456") is not None
    assert hear("HELP", "SM31", hours=3) is not None


def test_stop_is_heeded_though_it_is_not_answered(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    hear("HELP", "SM1")
    assert hear("STOP", "SM2") is None
    assert stopped(PHONE) == "reply"


@pytest.mark.parametrize("words", ["I am driving and will reply later", "2", "Very satisfied, thank you", "", "OK"])
def test_other_words_are_never_answered(app: Flask, words: str) -> None:
    assert hear(words) is None


def test_other_words_wait_for_a_stage_that_reads_them(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path)
    hear(" 1 ", "SM1")
    hear("Diolch\0 yn fawr", "SM2", sender="+447700900456")
    hear("STOP", "SM3")
    db.session.rollback()
    found = open_replies()
    assert [(reply.invitation_id, reply.words) for reply in found] == [(number, "1"), (None, "Diolch yn fawr")]
    assert found[0].received_at == LATER
    assert "Diolch" not in repr(found)
    with transaction():
        db.session.execute(sa.update(InboundReply).where(InboundReply.id == found[0].id).values(handled_at=LATER))
    assert [reply.id for reply in open_replies()] == [found[1].id]


def test_words_are_let_go_once_they_are_handled_or_90_days_old_and_the_reply_stays(
    app: Flask, clock: time_machine.Traveller
) -> None:
    hear("Handled", "SM1")
    hear("Not read yet", "SM2")
    with transaction():
        first = sa.update(InboundReply).where(InboundReply.provider_ref == "SM1")
        db.session.execute(first.values(handled_at=LATER))
    forget_receipts()
    assert [reply.words for reply in kept()] == [None, "Not read yet"]
    clock.move_to(LATER + timedelta(days=90))
    forget_receipts()
    assert [reply.words for reply in open_replies()] == ["Not read yet"]
    clock.shift(timedelta(seconds=1))
    forget_receipts()
    assert open_replies() == []
    assert [(reply.meaning, reply.words, len(reply.from_hash)) for reply in kept()] == [("other", None, 16)] * 2


def test_the_words_of_a_keyword_are_not_kept(app: Flask) -> None:
    hear("stop!")
    hear("   ", "SM2")
    found = [(reply.meaning, reply.words, reply.handled_at) for reply in kept()]
    assert found == [("stop", None, LATER), ("other", None, LATER)]


def test_a_reply_belongs_to_the_newest_open_invitation_of_its_number(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path, reference="SMa", name="A1", correlation="c1", sent_at=MOMENT - timedelta(days=9))
    newest = make_invitation(tmp_path, reference="SMb", name="B2", correlation="c2", sent_at=MOMENT - timedelta(days=2))
    make_invitation(tmp_path, reference="SMc", name="C3", correlation="c3", sent_at=MOMENT - timedelta(days=5))
    make_invitation(tmp_path, reference="SMd", name="D4", correlation="c4", phone="+447700900456")
    make_invitation(tmp_path, InvitationState.DUE, reference=None, name="E5", correlation="c5")
    hear("1")
    assert [reply.invitation_id for reply in open_replies()] == [newest]


def test_a_reply_to_a_text_in_doubt_belongs_to_it(app: Flask, tmp_path: Path) -> None:
    number = make_invitation(tmp_path, InvitationState.UNCERTAIN, reference=None)
    hear("1")
    assert [reply.invitation_id for reply in open_replies()] == [number]


def test_a_reply_after_the_survey_has_ended_belongs_to_none(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path)
    hear("1", hours=24 * 400)
    assert [reply.invitation_id for reply in open_replies()] == [None]


def test_an_answer_comes_in_the_language_of_the_invitation(app: Flask, tmp_path: Path) -> None:
    make_invitation(tmp_path, language="cy")
    assert hear("ATAL") == Reply(Meaning.STOP, "cy")


SAID = {
    ("en", Meaning.STOP): "Barset: we will not send you any more surveys. To get them again, reply START.",
    ("en", Meaning.START): "Barset: you can get surveys from us again. To stop them, reply STOP.",
    (
        "en",
        Meaning.HELP,
    ): "Barset sends a short survey after you contact us. To stop them, reply STOP. Call 01632 960000.",
    ("cy", Meaning.STOP): "Barset: ni fyddwn yn anfon rhagor o arolygon atoch. I'w cael eto, atebwch DECHRAU.",
    ("cy", Meaning.START): "Barset: gallwch gael arolygon gennym eto. I'w stopio, atebwch STOPIO.",
    ("cy", Meaning.HELP): "Mae Barset yn anfon arolwg byr wedi i chi gysylltu. I'w stopio, atebwch STOPIO. "
    "Call 01632 960000.",
}


@pytest.mark.parametrize(("language", "meaning"), SAID)
def test_every_text_that_answers_a_keyword_is_this_one(language: str, meaning: Meaning) -> None:
    words = words_for_reply(meaning, language, "Barset", "Call 01632 960000.")
    assert words == SAID[(language, meaning)]
    assert len(words) <= 160
    assert words.isascii()


def test_an_unknown_language_is_answered_in_english() -> None:
    assert words_for_reply(Meaning.START, "xx", "Barset", "") == SAID[("en", Meaning.START)]
