"""Makers for answering by text: a questionnaire that asks for a reply, invitations, and a phone that writes back."""

import re
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from surveys.answers.models import Answer, Response
from surveys.core.db import db
from surveys.core.settings import Settings
from surveys.invitations.models import InboundReply
from surveys.questionnaires.default import DEFAULT_DEFINITION
from tests.answers.made import both, publish
from tests.invitations.told import PHONE, by_twilio, make_invitation, text, with_providers

INBOUND = "/hooks/twilio/inbound"
NUMBERS = count(1)
THANKS = "Thank you. We have your answer. To add to it or change it: "
AGAIN = "We could not read your answer."
# A rating, five counted questions and one for words, of which some depend on the rating.
LONG: dict[str, Any] = {
    "by_reply": True,
    "questions": [
        DEFAULT_DEFINITION["questions"][0],
        {"key": "why", "kind": "comment", "text": both("Why?"), "optional": True},
        {
            "key": "wrong",
            "kind": "yes_no",
            "text": both("Did we tell you why?"),
            "optional": True,
            "show_if": {"question": "overall", "any_of": ["very_dissatisfied"]},
        },
        {
            "key": "ease",
            "kind": "scale",
            "text": both("How easy was it?"),
            "optional": True,
            "lowest": 0,
            "highest": 10,
        },
    ],
}


def settings_for_texts(app: Flask, **more: object) -> Settings:
    """Of an installation whose texts can be replied to."""
    return Settings.model_validate(with_providers(app).model_dump() | {"sms_replies": True} | more)


def asked_by_reply(definition: dict[str, Any] = DEFAULT_DEFINITION) -> None:
    """Publish a questionnaire whose invitations ask for a reply."""
    publish(deepcopy(definition) | {"by_reply": True})


def invite(folder: Path, name: str = "A1", **more: Any) -> int:
    """One person was asked by text; returns the invitation's number."""
    more.setdefault("correlation", f"c{name:>011}")
    more.setdefault("reference", f"SM{name}")
    return make_invitation(folder, name=name, **more)


class Phone:
    """Writes texts, and reads what comes back at once."""

    def __init__(self, client: FlaskClient, number: str = PHONE) -> None:
        self.client = client
        self.number = number

    def says(self, words: str, sid: str = "", **more: str) -> str:
        """The text that answers this one; empty where none does."""
        form = text(words, sid=sid or f"SM{next(NUMBERS):032}", sender=self.number, **more)
        answer = by_twilio(self.client, INBOUND, form)
        assert (answer.status_code, answer.mimetype) == (200, "text/xml")
        messages = ElementTree.fromstring(answer.get_data()).findall("Message")  # noqa: S314  # our own answer
        assert len(messages) <= 1
        return "".join(message.text or "" for message in messages)


def answers_of(invitation_id: int) -> dict[str, str | None]:
    """What was kept for an invitation, by question."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Answer.question, Answer.code, Answer.words)
        .join(Response, Response.id == Answer.response_id)
        .where(Response.invitation_id == invitation_id)
    )
    return {row.question: row.code or row.words for row in rows}


def response_of(invitation_id: int) -> Response:
    db.session.rollback()
    return db.session.scalars(sa.select(Response).where(Response.invitation_id == invitation_id)).one()


def waiting_words() -> list[str | None]:
    """The words of replies that wait for a person, oldest first."""
    db.session.rollback()
    query = sa.select(InboundReply.words).where(InboundReply.handled_at.is_(None)).order_by(InboundReply.id)
    return list(db.session.scalars(query))


def first_line(words: str) -> str:
    return re.split("\n", words)[0]
