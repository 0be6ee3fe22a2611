"""What stands behind a survey link, in one select, and the sheet that its answers make."""

import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Answer, Mode, Response
from surveys.answers.take_in import AnswerSheet, ByOfficer
from surveys.contacts.models import Channel, Contact
from surveys.core.db import table_of
from surveys.core.lone import LoneStatement
from surveys.core.lone_connections import Row
from surveys.core.refusals import NotFound
from surveys.core.tokens import ALPHABET, TOKEN_LENGTH, key_for, token_digest
from surveys.invitations.models import Invitation
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.flow import allot
from surveys.questionnaires.kinds import SELECTED, Given, Satisfaction
from surveys.questionnaires.queries import published_definition

TOKEN = re.compile(f"[{ALPHABET}]{{{TOKEN_LENGTH}}}")
NO_SURVEY = (
    "There is no survey at this address. If you typed it, check it is correct. "
    "If you pasted it, check you copied all of it."
)


def opened_rows() -> sa.Select[Any]:
    """The rows of `Opened`."""
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
            r.satisfaction,
            r.completed_at.is_not(None),
            r.id,
            r.allotted,
        )
        .select_from(table_of(Invitation).join(table_of(Contact), c.id == i.contact_id))
        .outerjoin(table_of(Response), r.invitation_id == i.id)
    )


# Built once, for building costs as much as running.
OPENED = opened_rows().where(table_of(Invitation).c.token_digest == sa.bindparam("digest"))
ANSWERS = table_of(Answer).c
KEPT = (ANSWERS.question, ANSWERS.code, ANSWERS.words)

BEHIND_A_LINK = LoneStatement(OPENED)
WITH_ALL_KEPT = LoneStatement(
    OPENED.add_columns(*KEPT).outerjoin(table_of(Answer), ANSWERS.response_id == table_of(Response).c.id)
)
KEPT_FOR = LoneStatement(sa.select(*KEPT).where(ANSWERS.response_id == sa.bindparam("response")))


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
    satisfaction: Satisfaction | None
    completed: bool
    response_id: int | None = None
    kept_allotment: Sequence[str] | None = None

    @cached_property
    def definition(self) -> Definition:
        return published_definition(self.version_id)

    @property
    def rated(self) -> bool:
        return self.satisfaction is not None

    @property
    def dissatisfied(self) -> bool:
        return self.satisfaction in (Satisfaction.FAIRLY_DISSATISFIED, Satisfaction.VERY_DISSATISFIED)

    def expired(self, moment: datetime) -> bool:
        return moment >= self.expires_at


def open_link(token: str) -> Opened:
    """Look behind a link without changing anything. Raises NotFound for an unknown or misspelt one.

    On a connection of its own, which is given back before the page is written.
    """
    return Opened(*rows_behind(token, BEHIND_A_LINK)[0])


def open_with_given(token: str) -> tuple[Opened, tuple[Given, ...]]:
    """open_link, and what is kept of the response, as it was given."""
    rows = rows_behind(token, WITH_ALL_KEPT)
    given = (row[-len(KEPT) :] for row in rows)
    return Opened(*rows[0][: -len(KEPT)]), tuple(Given(*one) for one in given if one[0] is not None)


def rows_behind(token: str, select: LoneStatement) -> list[Row]:
    """One row at least: where there is none, there is no such link."""
    if not TOKEN.fullmatch(token):
        raise NotFound(NO_SURVEY)
    rows = select.rows(digest=token_digest(token))
    if not rows:
        raise NotFound(NO_SURVEY)
    return rows


def allotted_to(opened: Opened) -> tuple[str, ...] | None:
    """The questions of a rotated pool that this resident gets: those kept with the response, once there is one."""
    if opened.response_id is not None:
        return tuple(opened.kept_allotment) if opened.kept_allotment is not None else None
    seed = hmac.digest(key_for("rotation"), str(opened.invitation_id).encode(), "sha256")
    return allot(opened.definition, seed)


def given_so_far(opened: Opened) -> tuple[Given, ...]:
    """What is kept of a response, as it was given."""
    if opened.response_id is None:
        return ()
    return tuple(Given(*row) for row in KEPT_FOR.rows(response=opened.response_id))


def raw_of(given: Iterable[Given]) -> dict[str, list[str]]:
    """Kept answers as the form that would give them again: by question, the reverse of reading."""
    raw: dict[str, list[str]] = {}
    for one in given:
        question, _, option = one.question.partition(".")
        if option:
            raw.setdefault(question, []).extend([option] if one.code == SELECTED else [])
        else:
            raw[question] = [one.code or one.words or ""]
    return raw


def sheet_of(
    opened: Opened,
    given: tuple[Given, ...],
    language: str,
    at: datetime,
    completes: bool,
    mode: Mode = Mode.WEB,
    by_officer: ByOfficer | None = None,
    withdrawn: tuple[str, ...] = (),
) -> AnswerSheet:
    return AnswerSheet(
        version_id=opened.version_id,
        invitation_id=opened.invitation_id,
        service_id=opened.service_id,
        channel=opened.channel,
        day=opened.day,
        mode=mode,
        language=language,
        at=at,
        given=given,
        completes=completes,
        allotted=allotted_to(opened),
        by_officer=by_officer,
        withdrawn=withdrawn,
    )
