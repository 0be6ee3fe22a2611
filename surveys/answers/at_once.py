"""take_in for one page of a resident's, by lone statements: one on PostgreSQL, a few in a row on SQLite.

It does what take_in does in the same order, or nothing at all. Everything out of the ordinary is left to take_in.
"""

from functools import cache
from typing import Any

import sqlalchemy as sa

from surveys.answers.models import Answer, Response
from surveys.answers.take_in import AnswerSheet, answer_rows, keeping, opening, rating_of, response_row, takes_back
from surveys.core.db import is_sqlite, table_of
from surveys.core.lone import LoneStatement, Run, attempt_together
from surveys.invitations.direct import END_WITHOUT_CONSENT, MESSAGE
from surveys.invitations.remind import NOTE_ANSWER
from surveys.questionnaires.definition import Definition

RESPONSE, ANSWER = table_of(Response).c, table_of(Answer).c
# As response_row and answer_rows give them.
RESPONSE_COLUMNS = (
    *("invitation_id", "version_id", "service_id", "channel", "day", "mode", "language", "started_at", "counted"),
    *("allotted", "satisfaction", "completed_at"),
)
ANSWER_COLUMNS = ("response_id", "question", "code", "words", "unread", "given_at")
GIVEN = ANSWER_COLUMNS[1:4]
NOTE_ONE = LoneStatement(NOTE_ANSWER)
END_ONE = LoneStatement(END_WITHOUT_CONSENT.returning(MESSAGE.c.id))
MOMENT = sa.bindparam("moment", type_=ANSWER.given_at.type)
# Pages have fewer questions; each number of answers is a statement of its own.
MOST_ANSWERS = 12


def take_in_at_once(sheet: AnswerSheet, definition: Definition) -> bool:
    """Whether all of an invitation's sheet is kept and committed. Where it is not, nothing is: take_in says why."""
    answers = answer_rows(0, sheet)
    if sheet.withdrawn or sheet.invitation_id is None or not 0 < len(answers) <= MOST_ANSWERS:
        return False
    rating = rating_of(sheet, definition)
    completed_at = sheet.at if sheet.completes else None
    values: dict[str, object] = {"moment": sheet.at, "row": sheet.invitation_id}
    for number, answer in enumerate(answers):
        values |= {f"{name}_{number}": answer[name] for name in GIVEN}
    if rating is None:
        values |= {"belongs_to": sheet.invitation_id, "completed": completed_at}
    else:
        row = response_row(sheet) | {"satisfaction": rating, "completed_at": completed_at}
        values |= {name: row[name] for name in RESPONSE_COLUMNS}
    ends = takes_back(sheet, definition)
    if is_sqlite():
        return attempt_together(lambda run: in_turn(run, values, len(answers), rating is not None, ends))
    return bool(whole(len(answers), rating is not None, ends).attempt(**values))


def in_turn(run: Run, values: dict[str, object], answers: int, rates: bool, ends: bool) -> bool:
    """Whether all was done: the response opened, its first answer noted, the answers kept.

    ends: the answers end what waits to be sent to the person.
    """
    response = run(open_one(rates), values)
    if not response:
        return False
    ((response_id, started_at),) = response
    new = rates and started_at == values["moment"]
    if new and (values["row"],) not in run(NOTE_ONE, values):
        return False
    run(keep_some(answers), values | {"response_id": response_id})
    if ends:
        run(END_ONE, values)
    return True


@cache
def open_one(rates: bool) -> LoneStatement:
    return LoneStatement(opening_one(rates, sqlite=True))


def opening_one(rates: bool, sqlite: bool) -> sa.Insert | sa.Update:
    statements = opening("invitation_id", sqlite)
    if not rates:
        return statements.go_on
    return statements.rate.values({name: sa.bindparam(name, type_=RESPONSE[name].type) for name in RESPONSE_COLUMNS})


def given(number: int) -> list[sa.BindParameter[Any]]:
    return [sa.bindparam(f"{name}_{number}", type_=ANSWER[name].type) for name in GIVEN]


@cache
def keep_some(answers: int) -> LoneStatement:
    """Keeps so many answers of a response."""
    response_id = sa.bindparam("response_id", type_=ANSWER.response_id.type)
    rows = []
    for number in range(answers):
        question, code, words = given(number)
        rows.append((response_id, question, code, words, words.is_not(None), MOMENT))
    columns = [dict(zip(ANSWER_COLUMNS, row, strict=True)) for row in rows]
    return LoneStatement(keeping(sqlite=True).values(columns).returning(ANSWER.response_id))


@cache
def whole(answers: int, rates: bool, ends: bool) -> LoneStatement:
    """Opens the response as take_in does, notes the first answer, keeps the answers; returns the response's id.

    No row comes where there is no response that could be opened. Where nothing can be noted of a new one, for the
    person had all erased, a division by nought takes the rest back.
    """
    response = opening_one(rates, sqlite=False).cte("response")
    rows = [sa.select(*given(number), sa.literal(number)) for number in range(answers)]
    question, code, words, number = sa.union_all(*rows).subquery("given").c
    sheet = sa.select(response.c.id, question, code, words, words.is_not(None), MOMENT).order_by(number)
    found = sa.select(response.c.id).add_cte(keeping(sqlite=False).from_select(ANSWER_COLUMNS, sheet).cte("kept"))
    if ends:
        found = found.add_cte(END_WITHOUT_CONSENT.where(sa.exists(sa.select(response.c.id))).cte("ended"))
    if not rates:
        return LoneStatement(found)
    new = response.c.started_at == MOMENT
    noted = NOTE_ANSWER.where(sa.exists(sa.select(response.c.id).where(new))).cte("noted")
    times = sa.select(sa.func.count()).where(noted.c.id == sa.bindparam("row")).scalar_subquery()
    return LoneStatement(found.add_columns(sa.case((new, 1 // times), else_=1)))
