"""Makers of selected, invited and answered contacts, through the stages themselves."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from surveys.answers.opening import open_link, sheet_of
from surveys.answers.take_in import take_in
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.tokens import token_for
from surveys.invitations.invite import Media, invite
from surveys.invitations.models import Invitation
from surveys.invitations.outbox import send_due
from surveys.invitations.survey_post import TOKEN_PURPOSE
from surveys.messaging.senders import senders
from surveys.questionnaires.kinds import Given
from surveys.sampling.draw import Reach, draw
from tests.makers.contacts import load_rows, row


def draw_and_send(moment: datetime | None = None) -> list[str]:
    """Draw what was loaded, invite and send; returns the tokens of the links, in order."""
    moment = moment or now()
    with transaction():
        draw(moment, Reach(texts=True, emails=True))
    with transaction():
        invite(moment, Media(texts=True, emails=True))
    send_due(senders())
    sent = db.session.scalars(sa.select(Invitation.id).where(Invitation.state == "sent").order_by(Invitation.id))
    tokens = [token_for(TOKEN_PURPOSE, number) for number in sent]
    db.session.rollback()
    return tokens


def invited_token(folder: Path, reference: str = "A1", **given: str) -> str:
    """The token of a link that was sent for one contact of yesterday."""
    load_rows(folder, [row(reference, **given)])
    return draw_and_send()[-1]


def answer(token: str, satisfaction: str = "very_satisfied", completes: bool = True, **codes: str) -> int:
    """Take in an answer for a link; returns the response's id."""
    assert current_app
    opened = open_link(token)
    given = (Given("overall", code=satisfaction), *(Given(key, code=code) for key, code in codes.items()))
    definition = opened.definition
    with transaction():
        return take_in(sheet_of(opened, given, "en", now(), completes), definition)
