"""Security headers on every response, with a nonce where a page carries a script of its own."""

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
ROBOTS = "X-Robots-Tag"
# What does not say that it may be found is not: see core/public.py.
NOT_FOUND = (ROBOTS, "noindex, nofollow")
POLICY = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
# Where the answer itself says nothing else.
USUAL = (NOT_FOUND, ("Cache-Control", "no-store"), ("Content-Security-Policy", POLICY.format(nonce="")))
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def script_nonce() -> str:
    """The nonce of this response's scripts, made when a template first asks for it."""
    if "script_nonce" not in g:
        g.script_nonce = secrets.token_urlsafe(16)
    nonce: str = g.script_nonce
    return nonce


def init_headers(app: Flask, https: bool) -> None:
    app.jinja_env.globals["script_nonce"] = script_nonce
    fixed = [*FIXED.items(), *(HTTPS_ONLY.items() if https else ())]
    app.wsgi_app = adding(app.wsgi_app, fixed)  # type: ignore[assignment, method-assign]  # as Flask wants it done

    @app.after_request
    def allow_scripts(response: Response) -> Response:
        if "script_nonce" in g:
            response.headers["Content-Security-Policy"] = POLICY.format(nonce=f" 'nonce-{g.script_nonce}'")
        return response


def adding(application: "WSGIApplication", fixed: list[tuple[str, str]]) -> "WSGIApplication":
    """The application, with these headers on whatever it answers: as a list, for to set one by one takes its time."""

    def answering(asked: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Callable[[bytes], object]:
            said = {name for name, _ in headers}
            unsaid = [usual for usual in USUAL if usual[0] not in said]
            return start_response(status, [*headers, *fixed, *unsaid], *failed)

        return application(asked, start)

    return answering
