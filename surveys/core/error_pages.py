"""The one module that turns refusals into HTTP: a page for people, JSON for programs, never a stack trace."""

import traceback
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from surveys.core import refusals
from surveys.core.db import db
from surveys.core.logs import log

STATUS = {
    refusals.NotFound: 404,
    refusals.NotAllowed: 403,
    refusals.SignInNeeded: 401,
    refusals.Conflict: 409,
    refusals.TooMany: 429,
    refusals.TooLarge: 413,
    refusals.Gone: 410,
    refusals.Refused: 422,
}
TITLES = {
    400: "There is a problem with what was sent",
    401: "Sign in",
    403: "You cannot do this",
    404: "Page not found",
    405: "This page does not take that",
    409: "This cannot be done now",
    410: "This has ended",
    413: "That is too large",
    422: "That cannot be done",
    429: "Too many tries",
    500: "There is a problem with the service",
    503: "The service is not available",
}
WORDS = {
    400: "Go back, check what you entered and try again.",
    404: "If you typed the web address, check it is correct. If you pasted it, check you copied all of it.",
    405: "Go back and use the buttons on the page.",
    413: "Send a smaller file.",
    500: "Try again later. We did not save what you were doing. Earlier answers are kept.",
    503: "Try again in a few minutes. Answers you already gave are kept.",
}


def wants_json() -> bool:
    return request.path.startswith(("/api/", "/hooks/")) or request.accept_mimetypes.best == "application/json"


def answer(status: int, words: str) -> Response:
    title = TITLES.get(status, HTTPStatus(status).phrase)
    if wants_json():
        return make_response({"error": title, "what_to_do": words}, status)
    page = "core/console_error.html" if staff_asked() else "core/error.html"
    return make_response(render_template(page, title=title, words=words), status)


def staff_asked() -> bool:
    """Whether somebody signed in asked for a page of the console, or for none that there is."""
    public: frozenset[str] = current_app.extensions["public doors"]
    return request.blueprint not in public and bool(current_user.is_authenticated)


def init_error_pages(app: Flask, public: Iterable[str]) -> None:
    """public: the blueprints that anybody may open; their refusals look as residents' pages do."""
    app.extensions["public doors"] = frozenset(public)

    @app.errorhandler(refusals.Refused)
    def refused(refusal: refusals.Refused) -> Response:
        status = next(STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS)
        if status == 401 and request.method == "GET" and not wants_json():
            return make_response(redirect(url_for("sign_in.show", next=request.full_path.rstrip("?"))))
        return answer(status, refusal.words)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> Response:
        return answer(400, "The page was open for too long. Go back, reload it and try again.")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:
            return make_response(error.get_response())
        response = answer(status, WORDS.get(status, WORDS[400]))
        if isinstance(error, MethodNotAllowed) and error.valid_methods:
            response.allow.update(error.valid_methods)
        return response

    init_failures(app)


def init_failures(app: Flask) -> None:
    """What is nobody's refusal: a database that is away, values it cannot hold, our own mistakes."""

    @app.errorhandler(OperationalError)
    @app.errorhandler(PoolExhausted)
    def database_down(error: SQLAlchemyError) -> Response:
        tell("the database did not answer", getattr(error, "orig", None) or error)
        return alone(503)

    @app.errorhandler(DataError)
    def not_storable(error: DataError) -> Response:
        tell("the database cannot hold what was sent", error.orig or error)
        return alone(400)

    @app.errorhandler(SQLAlchemyError)
    @app.errorhandler(500)
    def broken(error: Exception) -> Response:
        tell("a page failed", getattr(error, "original_exception", None) or error)
        return alone(500)

    # Flask's own report of a failure carries its text and the address asked for; tell() gives place and kind.
    app.logger.addFilter(lambda line: not line.exc_info)


def tell(phrase: str, error: BaseException) -> None:
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{Path(place[0].filename).name}:{place[0].lineno}" if place else ""
    log.error(phrase, endpoint=request.endpoint, error=type(error).__name__, place=where)


def alone(status: int) -> Response:
    """The page of a failure, written without the database: the session let go of, nobody looked up."""
    db.session.rollback()
    g._login_user = AnonymousUserMixin()
    return answer(status, WORDS[status])
