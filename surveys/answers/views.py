"""/s/<token>: the rating, saved on Continue; the rest; thanks. No script needed; a GET changes nothing."""

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveys.answers.opening import Opened, definition_for, open_link, sheet_of
from surveys.answers.take_in import read_answers, take_in
from surveys.answers.wording import WORDS
from surveys.core.clock import day_in_words, day_of, now
from surveys.core.db import transaction
from surveys.core.queue import ask
from surveys.core.refusals import Conflict
from surveys.core.settings import Settings
from surveys.core.tokens import seal, seal_holds
from surveys.questionnaires.definition import Definition
from surveys.questionnaires.kinds import Question
from surveys.questionnaires.languages import LANGUAGES

blueprint = Blueprint("survey", __name__)
SEAL = "survey forms"
# Where a rendered page takes its token and its seal; no wording holds these.
TOKEN_MARK, SEAL_MARK = "~~token~~", "~~seal~~"


def language_of(opened: Opened) -> str:
    """The language that was switched to on the page, else the invitation's."""
    asked = request.values.get("lang", "")
    return asked if asked in LANGUAGES else opened.language


def page(name: str, token: str, opened: Opened, status: int = 200, **values: object) -> Response:
    settings: Settings = current_app.extensions["settings"]
    language = language_of(opened)
    usual: dict[str, object] = {"seal": seal(SEAL, token)}
    body = render_template(
        f"answers/{name}.html",
        token=token,
        opened=opened,
        lang=language,
        lang_query=f"?lang={language}" if language != opened.language else "",
        direction=LANGUAGES[language].direction,
        languages=LANGUAGES.values(),
        w=WORDS[language],
        council=settings.council_name,
        settings=settings,
        **usual | values,
    )
    return make_response(body, status)


def blank_rating(token: str, opened: Opened) -> Response:
    """The unanswered rating page: rendered once for each version and language, for it differs by its token alone."""
    language = language_of(opened)
    key = (opened.version_id, language, language == opened.language)
    pages: dict[tuple[int, str, bool], str] = current_app.extensions.setdefault("blank ratings", {})
    if key not in pages:
        question = definition_for(opened).rating
        blank = page("rating", TOKEN_MARK, opened, seal=SEAL_MARK, question=question, errors={}, raw={})
        pages[key] = blank.get_data(as_text=True)
    return make_response(pages[key].replace(TOKEN_MARK, token).replace(SEAL_MARK, seal(SEAL, token)))


def closed(token: str, opened: Opened) -> Response | None:
    """The page for a link that can take no more answers, or None while it can."""
    if opened.completed:
        return page("received", token, opened)
    if opened.expired(now()):
        return page("expired", token, opened, status=410, until=day_in_words(day_of(opened.expires_at)))
    return None


@blueprint.get("/s/<token>")
def rating(token: str) -> Response:
    opened = open_link(token)
    return closed(token, opened) or blank_rating(token, opened)


@blueprint.post("/s/<token>")
def save_rating(token: str) -> AnyResponse:
    opened = open_link(token)
    definition = definition_for(opened)
    if shut := closed(token, opened):
        return shut
    problem = save(token, opened, definition, (definition.rating,), completes=not definition.rest)
    if problem is not None:
        return page("rating", token, opened, 422, question=definition.rating, errors=problem, raw=request.form)
    following = "survey.more" if definition.rest else "survey.thanks"
    return redirect(own_url(following, token, opened), 303)


@blueprint.get("/s/<token>/more")
def more(token: str) -> AnyResponse:
    opened = open_link(token)
    if shut := closed(token, opened):
        return shut
    if not opened.rated:
        return redirect(own_url("survey.rating", token, opened))
    return page("more", token, opened, questions=definition_for(opened).rest, errors={}, raw={})


@blueprint.post("/s/<token>/more")
def save_more(token: str) -> AnyResponse:
    opened = open_link(token)
    if shut := closed(token, opened):
        return shut
    if not opened.rated:
        return redirect(own_url("survey.rating", token, opened), 303)
    definition = definition_for(opened)
    problem = save(token, opened, definition, definition.rest, completes=True)
    if problem is not None:
        return page("more", token, opened, 422, questions=definition.rest, errors=problem, raw=request.form)
    return redirect(own_url("survey.thanks", token, opened), 303)


@blueprint.get("/s/<token>/thanks")
def thanks(token: str) -> AnyResponse:
    opened = open_link(token)
    if not opened.completed:
        return redirect(own_url("survey.rating", token, opened))
    return page("thanks", token, opened)


@blueprint.get("/about/<token>")
def about(token: str) -> AnyResponse:
    return page("about", token, open_link(token))


def save(
    token: str, opened: Opened, definition: Definition, questions: tuple[Question, ...], *, completes: bool
) -> dict[str, str] | None:
    """Take in what the form holds; None when it is kept, else the words for each question to put right.

    An answer that came a moment earlier from another tab or device is as good: nothing is lost and nothing doubled.
    """
    language = language_of(opened)
    if not seal_holds(SEAL, token, request.form.get("seal", "")):
        return {questions[0].key: WORDS[language]["expired_form"]}
    read = read_answers(questions, request.form, language)
    if read.errors:
        return read.errors
    try:
        with transaction():
            take_in(sheet_of(opened, read.given, language, now(), completes), definition)
            ask("rates.roll_up")
    except Conflict:
        return None
    return None


def own_url(endpoint: str, token: str, opened: Opened) -> str:
    """The next page, in the language that was switched to."""
    language = language_of(opened)
    return url_for(endpoint, token=token, lang=language if language != opened.language else None)
