"""Files of our own and of installed packages: compressed, and kept long only under their own fingerprint."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveys.core import assets


@pytest.mark.parametrize("name", [*assets.OWN, assets.PLOTLY, assets.PLOTLY_CSS])
def test_an_asset_under_its_fingerprint_may_be_kept_for_a_year(client: FlaskClient, name: str) -> None:
    response = client.get(assets.asset_url(name))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "accept-encoding" in response.vary
    assert response.mimetype == ("text/css" if name.endswith(".css") else "text/javascript")
    assert response.data == assets.packed(name)[0]


def test_an_asset_under_another_fingerprint_is_served_and_not_kept(client: FlaskClient) -> None:
    response = client.get("/assets/0123456789ab/resident.css")
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")


def test_who_takes_gzip_gets_it(client: FlaskClient) -> None:
    response = client.get(assets.asset_url(assets.PLOTLY), headers={"Accept-Encoding": "br, gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    plain = assets.packed(assets.PLOTLY)[0]
    assert gzip.decompress(response.data) == plain
    assert len(response.data) < len(plain) / 2


@pytest.mark.parametrize("encodings", ["", "identity", "br", "gzip;q=0"])
def test_who_does_not_take_gzip_gets_it_plain(client: FlaskClient, encodings: str) -> None:
    response = client.get(assets.asset_url("resident.css"), headers={"Accept-Encoding": encodings})
    assert "Content-Encoding" not in response.headers
    assert response.data == assets.packed("resident.css")[0]


@pytest.mark.parametrize("name", ["nothing.css", "..%2Fsettings.py", "plotly-0.0.min.js", "%2Fetc%2Fpasswd"])
def test_an_unknown_file_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/assets/0123456789ab/{name}").status_code == 404


def test_the_fingerprint_is_of_the_content(app: Flask) -> None:
    addresses = {assets.asset_url(name).split("/")[2] for name in assets.OWN}
    assert len(addresses) == len(assets.OWN)
    assert {len(address) for address in addresses} == {12}
