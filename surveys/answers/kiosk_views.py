"""/kiosk/<token> on a screen at a counter and /q/<code> from a poster: nobody was drawn, and nothing is kept here.

No cookie and no script is needed: each page carries the visit's sealed number to the next. A GET changes nothing.
"""

from contextlib import suppress
from datetime import datetime

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from surveys.answers.kiosk import Visit, begin_visit, codes_so_far, find_visit, once_of, sheet_of_visit
from surveys.answers.kiosk_pages import language_of, notice, own_url, page
from surveys.answers.page_numbers import Carrier, fresh_number, unsealed
from surveys.answers.point_doubts import doubt_about
from surveys.answers.points import DOORS, OpenedPoint, open_point
from surveys.answers.take_in import ReadSheet, read_answers, take_in
from surveys.answers.wording import WORDS
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict, TooMany
from surveys.questionnaires.flow import asked_on, codes_of, next_page
from surveys.questionnaires.kinds import Question

blueprint = Blueprint("kiosk", __name__)
KINDS_BY_DOOR = {door: kind for kind, door in DOORS.items()}
ADDRESS = "/<any(kiosk, q):door>/<token>"


def point_behind(door: str, token: str) -> OpenedPoint:
    return open_point(KINDS_BY_DOOR[door], token)


def carried(carrier: Carrier, point: OpenedPoint) -> str | None:
    """The number that this request brings, if it is ours and not too old."""
    given = request.args.get("page", "") if carrier is Carrier.LINK else request.form.get("page", "")
    return unsealed(carrier, point.kind, point.id, given, now())


@blueprint.get(ADDRESS)
def rating(door: str, token: str) -> AnyResponse:
    """A fresh start; or, by a link that is still alive, the rating again for whoever wants to change it."""
    point = point_behind(door, token)
    if point.ended:
        return notice(point, token, "closed", 410)
    number = carried(Carrier.LINK, point)
    visit = find_visit(point, number) if number else None
    if visit is None or visit.completed:
        visit = begin_visit(point, fresh_number())
    if visit is None:
        return notice(point, token, "not_open", 200)
    return page("rating", visit, token, Carrier.FIRST, question=visit.definition.rating, errors={}, raw={})


@blueprint.post(ADDRESS)
def save_rating(door: str, token: str) -> AnyResponse:
    point = point_behind(door, token)
    if point.ended:
        return notice(point, token, "closed", 410)
    number = carried(Carrier.FIRST, point)
    visit = visit_of(point, number or fresh_number())
    if visit is None:
        return notice(point, token, "not_open", 200)
    question = visit.definition.rating
    raw, read = read_form(visit, (question,))
    errors = read.errors if number else {question.key: WORDS[language_of(visit)]["expired_form"]}
    if errors:
        return page("rating", visit, token, Carrier.FIRST, 422, question=question, errors=errors, raw=raw)
    if visit.completed:
        return redirect(own_url("kiosk.thanks", point, token, visit), 303)
    return keep(visit, token, 0, read)


@blueprint.get(f"{ADDRESS}/more/<int:number>")
def more(door: str, token: str, number: int) -> AnyResponse:
    """A later page, for as long as its link lives; after that whoever comes finds a fresh start."""
    point = point_behind(door, token)
    visit = rated_visit(point, Carrier.LINK)
    questions = questions_on(visit, number) if visit else ()
    if visit is None or visit.completed or not questions:
        return redirect(own_url("kiosk.rating", point, token))
    return page("more", visit, token, Carrier.LATER, number=number, questions=questions, errors={}, raw={})


@blueprint.post(f"{ADDRESS}/more/<int:number>")
def save_more(door: str, token: str, number: int) -> AnyResponse:
    point = point_behind(door, token)
    visit = rated_visit(point, Carrier.LATER)
    if visit is None:
        return notice(point, token, "stale", 410)
    questions = questions_on(visit, number)
    if visit.completed or not questions:
        return redirect(own_url("kiosk.thanks", point, token, visit), 303)
    raw, read = read_form(visit, questions)
    if read.errors:
        shown = {"number": number, "questions": questions, "errors": read.errors, "raw": raw}
        return page("more", visit, token, Carrier.LATER, 422, **shown)
    return keep(visit, token, number, read)


@blueprint.post(f"{ADDRESS}/again")
def again(door: str, token: str) -> AnyResponse:
    """Back to the rating, to change it."""
    point = point_behind(door, token)
    return redirect(own_url("kiosk.rating", point, token, rated_visit(point, Carrier.LATER)), 303)


@blueprint.get(f"{ADDRESS}/thanks")
def thanks(door: str, token: str) -> AnyResponse:
    point = point_behind(door, token)
    visit = rated_visit(point, Carrier.LINK)
    if visit is None or not visit.completed:
        return redirect(own_url("kiosk.rating", point, token))
    return page("thanks", visit, token, Carrier.LINK)


def rated_visit(point: OpenedPoint, carrier: Carrier) -> Visit | None:
    number = carried(carrier, point)
    return find_visit(point, number) if number and not point.ended else None


def visit_of(point: OpenedPoint, number: str) -> Visit | None:
    return find_visit(point, number) or begin_visit(point, number)


def questions_on(visit: Visit, number: int) -> tuple[Question, ...]:
    return asked_on(visit.definition, number, codes_so_far(visit), visit.allotted)


def read_form(visit: Visit, questions: tuple[Question, ...]) -> tuple[dict[str, list[str]], ReadSheet]:
    raw = {question.key: request.form.getlist(question.key) for question in questions}
    return raw, read_answers(questions, raw, language_of(visit))


def keep(visit: Visit, token: str, number: int, read: ReadSheet) -> AnyResponse:
    """Take in one page's answers and go on to the next. The same page sent again finds what it gave before."""
    moment, point = now(), visit.point
    codes = {**codes_so_far(visit), **codes_of(read.given)}
    following = next_page(visit.definition, number, codes, visit.allotted)
    try:
        with suppress(Conflict), transaction():
            doubt = doubt_of(visit, read, moment) if visit.response_id is None else None
            sheet = sheet_of_visit(visit, read.given, language_of(visit), moment, following is None, doubt)
            take_in(sheet, visit.definition)
    except TooMany:
        return notice(point, token, "busy", 429)
    if following is None:
        return redirect(own_url("kiosk.thanks", point, token, visit), 303)
    return redirect(own_url("kiosk.more", point, token, visit, number=following), 303)


def doubt_of(visit: Visit, read: ReadSheet, moment: datetime) -> str | None:
    key = visit.definition.rating.key
    given = next(answer.code or "" for answer in read.given if answer.question == key)
    return doubt_about(visit.point, once_of(visit.number), given, request.remote_addr or "", moment)
