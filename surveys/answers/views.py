"""/s/<token>: the rating, saved on Continue; the rest; thanks. No script needed; a GET changes nothing."""

from collections.abc import Hashable, Iterable, Sequence
from contextlib import suppress

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from surveys.answers.at_once import take_in_at_once
from surveys.answers.equality import may_be_asked
from surveys.answers.opening import (
    Opened,
    allotted_to,
    open_link,
    open_with_given,
    raw_of,
    sheet_of,
)
from surveys.answers.pages import SEAL, furnish, is_ours, language_of, own_url, page
from surveys.answers.take_in import ReadSheet, read_answers, take_in
from surveys.answers.wording import WORDS, day_in
from surveys.core.clock import day_of, now
from surveys.core.compression import Blank
from surveys.core.db import transaction
from surveys.core.refusals import Conflict
from surveys.core.tokens import seal
from surveys.questionnaires.flow import asked_on, codes_of, next_page
from surveys.questionnaires.kinds import Given, Question

blueprint = Blueprint("survey", __name__)
furnish(blueprint)
# A page is some kilobytes; rotation makes many of them.
MOST_REMEMBERED = 500
# The field that names the questions whose kept answers a page showed. No question's key has a hyphen.
SHOWN = "shown-answers"


def remembered(name: str, token: str, opened: Opened, about: Hashable = None, **values: object) -> Response:
    """A page that differs by its link alone: written once for each version, language and what else it is about.

    What is kept has neither the link that it was first written for nor its seal.
    """
    language = language_of(opened)
    key = (name, opened.version_id, language, language == opened.language, about)
    pages: dict[Hashable, Blank] = current_app.extensions.setdefault("blank ratings", {})
    own = {"token": token, "seal": seal(SEAL, token)}
    known = pages.get(key)
    if known is None:
        if len(pages) >= MOST_REMEMBERED:
            pages.clear()
        known = pages[key] = Blank.of(page(name, token, opened, 200, **values).get_data(as_text=True), own)
    return known.response(own)


def closed(token: str, opened: Opened) -> Response | None:
    """The page for a link that can take no more answers, or None while it can."""
    if opened.completed:
        return page("received", token, opened)
    if opened.expired(now()):
        until = day_in(language_of(opened), day_of(opened.expires_at))
        return page("expired", token, opened, status=410, until=until)
    return None


@blueprint.get("/s/<token>")
def rating(token: str) -> Response:
    """The rating, with the one kept or the one that a link in an email names selected: Continue is what counts."""
    opened = open_link(token)
    if shut := closed(token, opened):
        return shut
    question = opened.definition.rating
    named = request.args.get("rating")
    if named is None or named not in {option.code for option in question.handler.options(question)}:
        named = opened.satisfaction
    if named is None:
        return remembered("rating", token, opened, question=question, errors={}, raw={})
    return page("rating", token, opened, question=question, errors={}, raw={question.key: [named]})


@blueprint.post("/s/<token>")
def save_rating(token: str) -> AnyResponse:
    opened, given = open_with_given(token)
    if shut := closed(token, opened):
        return shut
    return save_page(token, opened, given, 0, "rating")


@blueprint.get("/s/<token>/more", defaults={"number": 1})
@blueprint.get("/s/<token>/more/<int:number>")
def more(token: str, number: int) -> AnyResponse:
    """A later page, with the answers that were given on it before."""
    opened, given = open_with_given(token)
    if shut := closed(token, opened):
        return shut
    questions = asked_on(opened.definition, number, codes_of(given), allotted_to(opened)) if number else ()
    if not opened.rated or not questions:
        return redirect(own_url("survey.rating", token, opened))
    raw = raw_of(given)
    shown = [question.key for question in questions if question.key in raw]
    values = {"number": number, "questions": questions, "shown": shown, "last": is_last(opened, number)}
    if shown:
        return page("more", token, opened, 200, errors={}, raw=raw, **values)
    about = (number, opened.dissatisfied, tuple(question.key for question in questions))
    return remembered("more", token, opened, about, errors={}, raw={}, **values)


@blueprint.post("/s/<token>/more", defaults={"number": 1})
@blueprint.post("/s/<token>/more/<int:number>")
def save_more(token: str, number: int) -> AnyResponse:
    opened, given = open_with_given(token)
    if shut := closed(token, opened):
        return shut
    if not opened.rated or not number:
        return redirect(own_url("survey.rating", token, opened), 303)
    return save_page(token, opened, given, number, "more")


@blueprint.get("/s/<token>/thanks")
def thanks(token: str) -> AnyResponse:
    opened = open_link(token)
    if not opened.completed:
        return redirect(own_url("survey.rating", token, opened))
    equality = may_be_asked(opened, now())
    return remembered("thanks", token, opened, equality, equality=equality)


def is_last(opened: Opened, number: int) -> bool:
    """Whether no page can follow; before that, only the answers tell."""
    return number == len(opened.definition.pages) - 1


def save_page(token: str, opened: Opened, given: Iterable[Given], number: int, template: str) -> AnyResponse:
    """Take in what one page's form holds and go on to the next; or show the page again with what to put right.

    An answer that came a moment earlier from another tab or device is as good: nothing is lost and nothing doubled.
    """
    language, definition, allotted = language_of(opened), opened.definition, allotted_to(opened)
    before = codes_of(given)
    questions = asked_on(definition, number, before, allotted)
    if not questions:
        return redirect(own_url("survey.rating", token, opened), 303)
    raw = {question.key: request.form.getlist(question.key) for question in questions}
    shown = request.form.getlist(SHOWN)
    read = read_answers(questions, raw, language)
    errors = read.errors if is_ours(token) else {questions[0].key: WORDS[language]["expired_form"]}
    if errors:
        values = {"number": number, "questions": questions, "shown": shown, "last": is_last(opened, number)}
        return page(template, token, opened, 422, question=questions[0], errors=errors, raw=raw, **values)
    following = next_page(definition, number, {**before, **codes_of(read.given)}, allotted)
    withdrawn = emptied(questions, read, shown)
    sheet = sheet_of(opened, read.given, language, now(), completes=following is None, withdrawn=withdrawn)
    # Figures follow within a minute: a roll-up asked for by every answer would count the same day over and over.
    if not take_in_at_once(sheet, definition):
        with suppress(Conflict), transaction():
            take_in(sheet, definition)
    if following is None:
        return redirect(own_url("survey.thanks", token, opened), 303)
    return redirect(own_url("survey.more", token, opened, number=following), 303)


def emptied(questions: Sequence[Question], read: ReadSheet, shown: Sequence[str]) -> tuple[str, ...]:
    """The questions whose kept answer this page showed, and which came back without one.

    A page opened before there was an answer takes none away: another tab may have given it.
    """
    answered = {given.question.partition(".")[0] for given in read.given}
    return tuple(question.key for question in questions if question.key in shown and question.key not in answered)
