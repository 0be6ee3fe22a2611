"""/s/<token>/equality: the equality questions, in two pages so that no script is needed; never beside a comment."""

from contextlib import suppress

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from surveys.answers.equality import equality_given, first_page, keep_equality, second_page
from surveys.answers.opening import Opened, open_link
from surveys.answers.pages import furnish, is_ours, language_of, own_url, page
from surveys.answers.take_in import read_answers
from surveys.answers.wording import WORDS
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict
from surveys.questionnaires.kinds import Question

blueprint = Blueprint("equality", __name__)
furnish(blueprint)


def is_shut(opened: Opened) -> bool:
    """Nobody is asked before the end of the survey, after its time, or where its questionnaire asks none of this."""
    return not opened.completed or not opened.definition.equality or opened.expired(now())


def page_at(opened: Opened, number: int) -> tuple[Question, ...]:
    """The questions of the first or the second page that are still to be answered."""
    given = equality_given(opened)
    if number == 1:
        return () if given else first_page(opened)
    return second_page(opened, given) if number == 2 else ()


def onward(token: str, opened: Opened) -> Response:
    """The second page where the first calls for it, else the end."""
    given = equality_given(opened)
    if given and second_page(opened, given):
        return redirect(own_url("equality.show", token, opened, number=2), 303)
    return redirect(own_url("equality.thanks", token, opened), 303)


@blueprint.get("/s/<token>/equality", defaults={"number": 1})
@blueprint.get("/s/<token>/equality/<int:number>")
def show(token: str, number: int) -> Response:
    opened = open_link(token)
    if is_shut(opened):
        return redirect(own_url("survey.rating", token, opened), 303)
    questions = page_at(opened, number)
    if not questions:
        return onward(token, opened)
    return page("equality", token, opened, number=number, questions=questions, errors={}, raw={})


@blueprint.post("/s/<token>/equality", defaults={"number": 1})
@blueprint.post("/s/<token>/equality/<int:number>")
def save(token: str, number: int) -> Response:
    opened = open_link(token)
    if is_shut(opened):
        return redirect(own_url("survey.rating", token, opened), 303)
    questions, language = page_at(opened, number), language_of(opened)
    if not questions:
        return onward(token, opened)
    raw = {question.key: request.form.getlist(question.key) for question in questions}
    read = read_answers(questions, raw, language)
    errors = read.errors if is_ours(token) else {questions[0].key: WORDS[language]["expired_form"]}
    if errors:
        return page("equality", token, opened, 422, number=number, questions=questions, errors=errors, raw=raw)
    with suppress(Conflict), transaction():
        keep_equality(opened, number == 1, read.given)
    return onward(token, opened) if number == 1 else redirect(own_url("equality.thanks", token, opened), 303)


@blueprint.get("/s/<token>/equality/thanks")
def thanks(token: str) -> Response:
    opened = open_link(token)
    if not opened.completed or not opened.definition.equality:
        return redirect(own_url("survey.rating", token, opened))
    return page("equality_thanks", token, opened, given=bool(equality_given(opened)))
