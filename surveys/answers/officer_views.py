"""/enter: an officer enters the answer of somebody who was asked. Nothing here lists or suggests a contact."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.answers.forms import LookForm
from surveys.answers.officer import Entry, admitted, enter, look_up, open_entry, ticket_for
from surveys.answers.officer_pages import (
    HEARD_WORDS,
    PREFIX,
    Raw,
    page_sent,
    raw_answers,
    read_heard,
    read_pages,
)
from surveys.answers.opening import Opened, allotted_to
from surveys.answers.take_in import ByOfficer
from surveys.answers.wording import WORDS
from surveys.contacts.suppression import addresses_of, has_stopped
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission
from surveys.questionnaires.kinds import Question
from surveys.questionnaires.languages import LANGUAGES

blueprint = Blueprint("enter", __name__)
NO_ERRORS: Mapping[str, str] = MappingProxyType({})
NOT_HEARD = "Select how you heard it"
SAVED = "Answer saved. Nobody will remind this person."


@blueprint.get("/enter")
def find() -> str:
    return render_template("answers/enter.html", form=LookForm())


@blueprint.post("/enter")
def look() -> tuple[str, int] | Response:
    """A POST, for it leaves an audit entry."""
    form = LookForm()
    if form.validate():
        source, reference = form.source.data.strip(), form.reference.data.strip()
        with transaction():
            found = look_up(source, reference, services_allowed(Permission.ENTER_ANSWERS), now())
        if found.invitation_id is not None:
            ticket = ticket_for(current_user.id, found.invitation_id)
            return redirect(url_for("enter.questions", number=found.invitation_id, ticket=ticket), 303)
        form.reference.errors = [found.refusal]
    return render_template("answers/enter.html", form=form), 422


def entry_behind(number: int, ticket: str) -> Entry:
    return admitted(number, ticket, current_user.id, services_allowed(Permission.ENTER_ANSWERS))


@blueprint.get("/enter/<int:number>/<ticket>")
def questions(number: int, ticket: str) -> str:
    entry = entry_behind(number, ticket)
    return page(entry, open_entry(entry, now()), {}, 0)


@blueprint.post("/enter/<int:number>/<ticket>")
def save(number: int, ticket: str) -> str | tuple[str, int] | Response:
    """Each page brings the earlier ones along; the last saves all of it at once, so that nothing is half an answer."""
    entry = entry_behind(number, ticket)
    if entry.entered_by == current_user.id:
        return saved()
    opened = open_entry(entry, now())
    definition, heard = opened.definition, read_heard(request.form)
    raw, sent = raw_answers(definition, request.form), page_sent(definition, request.form)
    if "back" in request.form:
        return page(entry, opened, raw, max(0, sent - 1))
    read = read_pages(definition, raw, sent if heard else 0, allotted_to(opened))
    errors = {PREFIX + key: words for key, words in read.errors.items()} | ({} if heard else {"heard": NOT_HEARD})
    if heard is None or errors:
        return page(entry, opened, raw, read.shown[-1], errors), 422
    if read.following is not None:
        return page(entry, opened, raw, read.following)
    try:
        with transaction():
            enter(opened, read.given, language_of(opened), ByOfficer(current_user.id, heard), now())
    except Conflict:
        # The button pressed twice: the other press saved it.
        if entry_behind(number, ticket).entered_by != current_user.id:
            raise
    return saved()


def saved() -> Response:
    flash(SAVED, "success")
    return redirect(url_for("enter.find"), 303)


def language_of(opened: Opened) -> str:
    """The language in which the officer asks: chosen on the first page, else the resident's."""
    definition = opened.definition
    chosen = request.values.get("lang", "")
    return chosen if chosen in definition.languages else definition.language(opened.language)


def page(entry: Entry, opened: Opened, raw: Raw, number: int, errors: Mapping[str, str] = NO_ERRORS) -> str:
    """The questions of one page, or of the last before it that asks any, with what was typed; the rest is hidden."""
    definition, language = opened.definition, language_of(opened)
    read = read_pages(definition, raw, number, allotted_to(opened))
    asked = {question.key for question in read.questions}
    return render_template(
        "answers/enter_questions.html",
        entry=entry,
        number=read.shown[-1],
        questions=read.questions,
        hidden={key: texts for key, texts in raw.items() if key not in asked},
        raw=raw,
        errors=errors,
        places={PREFIX + question.key: place_of(question) for question in read.questions} | {"heard": "heard-0"},
        language=LANGUAGES[language],
        languages=[LANGUAGES[code] for code in definition.languages],
        w=WORDS[language],
        heard_words=HEARD_WORDS,
        heard=request.form.get("heard", ""),
        stopped=has_stopped(addresses_of(entry.contact_id)),
        last=read.shown[-1] == len(definition.pages) - 1,
    )


def place_of(question: Question) -> str:
    """The field that an error of this question leads to."""
    return PREFIX + question.key + ("" if question.handler.macro == "textarea" else "-0")
