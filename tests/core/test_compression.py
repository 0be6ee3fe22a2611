"""Residents' pages are small on the wire; pages with a session are not compressed."""

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core.compression import Blank
from tests.makers.answers import invited_token
from tests.makers.people import make_user, sign_in


@pytest.fixture
def plain(app: Flask) -> FlaskClient:
    """A client that looks at bytes, not at pages."""
    return FlaskClient(app, app.response_class)


@pytest.mark.parametrize("path", ["/s/{}", "/about/{}", "/stop/{}", "/erase/{}", "/erased", "/s/222222222222"])
def test_a_residents_page_is_gzip_for_a_browser_that_takes_it(plain: FlaskClient, tmp_path: Path, path: str) -> None:
    address = path.format(invited_token(tmp_path))
    whole = plain.get(address)
    small = plain.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == whole.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(whole.data)


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_it_is_plain_for_any_other(plain: FlaskClient, tmp_path: Path, accepted: str) -> None:
    page = plain.get(f"/s/{invited_token(tmp_path)}", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in page.headers
    assert "Accept-Encoding" in page.headers["Vary"]
    assert page.data.startswith(b"<!doctype html>")


def test_a_page_behind_a_sign_in_is_never_compressed(plain: FlaskClient) -> None:
    sign_in(plain, make_user())
    page = plain.get("/account", headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers


@pytest.mark.parametrize("own", [{"token": "abc", "seal": "0f"}, {"token": "100% (x)", "seal": "%(token)b"}])
@pytest.mark.parametrize("accepted", ["gzip", "identity"])
def test_a_blank_filled_for_one_reads_as_the_page_written_for_them(
    app: Flask, accepted: str, own: dict[str, str]
) -> None:
    def written(token: str, seal: str) -> str:
        return f"{token}<p>50% off, ünï – {token} {seal}</p>" + "<p>The same for all of 100%(s)</p>" * 50 + seal

    blank = Blank.of(written("first token", "first seal"), {"token": "first token", "seal": "first seal"})
    with app.test_request_context(headers={"Accept-Encoding": accepted}):
        response = blank.response(own)
    body = response.get_data()
    assert (gzip.decompress(body) if accepted == "gzip" else body).decode() == written(**own)
    assert response.headers.get("Content-Encoding") == ("gzip" if accepted == "gzip" else None)
