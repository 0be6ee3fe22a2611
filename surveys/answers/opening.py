"""What stands behind a survey link, in one select, and the sheet that its answers make."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Mode, Response
from surveys.answers.take_in import AnswerSheet
from surveys.contacts.models import Channel, Contact
from surveys.core.db import db, table_of
from surveys.core.refusals import NotFound
from surveys.core.tokens import ALPHABET, TOKEN_LENGTH, token_digest
from surveys.invitations.models import Invitation
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.kinds import Given
from surveys.questionnaires.queries import published_definition

TOKEN = re.compile(f"[{ALPHABET}]{{{TOKEN_LENGTH}}}")
NO_SURVEY = (
    "There is no survey at this address. If you typed it, check it is correct. "
    "If you pasted it, check you copied all of it."
)


def behind_a_link() -> sa.Select[Any]:
    """The row of `Opened` by the digest of its token; built once, for building costs as much as running it."""
    i, c, r = table_of(Invitation).c, table_of(Contact).c, table_of(Response).c
    return (
        sa.select(
            i.id,
            i.version_id,
            i.language,
            i.expires_at,
            c.service_id,
            c.channel,
            c.day,
            r.satisfaction.is_not(None),
            r.completed_at.is_not(None),
        )
        .select_from(table_of(Invitation).join(table_of(Contact), c.id == i.contact_id))
        .outerjoin(table_of(Response), r.invitation_id == i.id)
        .where(i.token_digest == sa.bindparam("digest"))
    )


BEHIND_A_LINK = behind_a_link()


@dataclass(frozen=True)
class Opened:
    """The invitation behind a link, its contact, and how far its response has come."""

    invitation_id: int
    version_id: int
    language: str
    expires_at: datetime
    service_id: int
    channel: Channel
    day: date
    rated: bool
    completed: bool

    def expired(self, moment: datetime) -> bool:
        return moment >= self.expires_at


def open_link(token: str) -> Opened:
    """Look behind a link without changing anything. Raises NotFound for an unknown or misspelt one.

    On a connection of its own, which is given back before the page is written.
    """
    if not TOKEN.fullmatch(token):
        raise NotFound(NO_SURVEY)
    with db.engine.connect() as connection:
        row = connection.execute(BEHIND_A_LINK, {"digest": token_digest(token)}).one_or_none()
    if row is None:
        raise NotFound(NO_SURVEY)
    return Opened(*row)


def definition_for(opened: Opened) -> Definition:
    return published_definition(opened.version_id)


def sheet_of(opened: Opened, given: tuple[Given, ...], language: str, at: datetime, completes: bool) -> AnswerSheet:
    return AnswerSheet(
        version_id=opened.version_id,
        invitation_id=opened.invitation_id,
        service_id=opened.service_id,
        channel=opened.channel,
        day=opened.day,
        mode=Mode.WEB,
        language=language,
        at=at,
        given=given,
        completes=completes,
    )
