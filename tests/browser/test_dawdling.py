"""The slow line changes when bytes come, and nothing else."""

import gzip
from collections.abc import Iterable
from itertools import islice
from time import monotonic

import pytest
from flask import Flask, Response
from werkzeug.test import run_wsgi_app

from tests.browser.dawdling import FIRST_PIECE, Dawdling

PAGE = "<!doctype html>" + "<p>Satisfied</p>" * 500
PACKED = gzip.compress(PAGE.encode(), 0)
SECONDS = 0.02


@pytest.fixture
def small() -> Flask:
    """A page, the same packed, and a file that comes in two blocks."""
    app = Flask(__name__)
    app.add_url_rule("/page", view_func=lambda: PAGE, endpoint="page")
    packed = {"Content-Encoding": "gzip"}
    app.add_url_rule("/packed", view_func=lambda: Response(PACKED, headers=packed, mimetype="text/html"), endpoint="z")
    app.add_url_rule("/file", view_func=lambda: Response(iter([b"a,b", b"1,2"]), mimetype="text/csv"), endpoint="file")
    return app


def pieces(served: object, path: str, method: str = "GET") -> tuple[Iterable[bytes], str, dict[str, str]]:
    environ = Flask(__name__).test_request_context(path, method=method).request.environ
    body, status, headers = run_wsgi_app(served, environ)  # type: ignore[arg-type]  # an application either way
    return list(body), status, dict(headers)


@pytest.mark.parametrize(
    ("path", "method"), [("/page", "GET"), ("/packed", "GET"), ("/file", "GET"), ("/page", "HEAD")]
)
def test_no_byte_and_no_header_differs(small: Flask, path: str, method: str) -> None:
    plain, dawdled = pieces(small, path, method), pieces(Dawdling(small, SECONDS), path, method)
    assert b"".join(dawdled[0]) == b"".join(plain[0])
    assert dawdled[1:] == plain[1:]


@pytest.mark.parametrize("path", ["/page", "/packed"])
def test_a_page_stops_after_its_beginning(small: Flask, path: str) -> None:
    began = monotonic()
    blocks, _, _ = pieces(Dawdling(small, SECONDS), path)
    assert [len(block) for block in blocks][:1] == [FIRST_PIECE]
    assert monotonic() - began >= SECONDS


def test_what_is_no_page_comes_as_it_is(small: Flask) -> None:
    assert pieces(Dawdling(small, SECONDS), "/file")[0] == [b"a,b", b"1,2"]


@pytest.mark.parametrize("read", [1, 9])
def test_the_body_is_closed_whether_read_to_its_end_or_not(small: Flask, read: int) -> None:
    closed: list[str] = []
    small.after_request(lambda response: response.call_on_close(lambda: closed.append("once")) and response)
    body, _, _ = run_wsgi_app(Dawdling(small, SECONDS), small.test_request_context("/page").request.environ)
    assert len(list(islice(body, read))) == min(read, 2)
    del body
    assert closed == ["once"]
