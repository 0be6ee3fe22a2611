"""Search engines may list what is published for everybody, under one address in each language; and nothing else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, Rule

from surveys.core.headers import NOT_FOUND, ROBOTS
from tests.evidence.quarterly import SUMMER, make_figures, publish_now, some_ratings
from tests.house.test_doors import dummy
from tests.makers.people import make_user, sign_in
from tests.pages import soup

# The endpoints that may be listed, each with an address under which there is something.
LISTED = {
    "results.index": "/results",
    "results.of_service": "/results/parking",
    "results.archive": f"/results/data/{SUMMER.code}/1.zip",
    "results.one_file": f"/results/data/{SUMMER.code}/1/months.csv",
    "you_said.everything": "/you-said-we-did",
    "you_said.of_service": "/you-said-we-did/parking",
}
PAGES = [path for path in LISTED.values() if "/data/" not in path]


@pytest.fixture(autouse=True)
def published(app: Flask) -> None:
    make_figures(some_ratings(1))
    publish_now()


def some(converter: BaseConverter) -> int | str:
    return min(converter.items) if isinstance(converter, AnyConverter) else dummy(converter)


def others(app: Flask) -> Iterator[str]:
    """An address of every other endpoint that can be read."""
    urls = app.url_map.bind("localhost")
    rules: list[Rule] = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())]
    for rule in rules:
        if rule.endpoint not in LISTED:
            values = {name: some(converter) for name, converter in rule._converters.items()}
            yield urls.build(rule.endpoint, values | dict(rule.defaults or {}))


@pytest.mark.parametrize("path", LISTED.values())
def test_what_is_published_may_be_listed_but_not_copied(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers.getlist(ROBOTS)) == (200, ["noarchive"])


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_other_page_is_kept_out_of_search_whoever_asks(app: Flask, client: FlaskClient, signed_in: bool) -> None:
    if signed_in:
        sign_in(client, make_user())
    found = {path: client.head(path).headers.getlist(ROBOTS) for path in others(app)}
    assert {path: told for path, told in found.items() if told != [NOT_FOUND[1]]} == {}
    assert len(found) > 50


@pytest.mark.parametrize("path", ["/results/nothing", f"/results/data/{SUMMER.code}/9.zip", "/you-said-we-did/nothing"])
def test_what_is_not_there_is_not_listed(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers[ROBOTS] == NOT_FOUND[1]


def test_a_made_up_council_is_never_listed(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", app.extensions["settings"].model_copy(update={"demo": True}))
    assert {client.get(path).headers[ROBOTS] for path in LISTED.values()} == {NOT_FOUND[1]}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_tells_its_address_whatever_host_it_was_asked_under(app: Flask, client: FlaskClient, path: str) -> None:
    page = soup(client.get(path, headers={"Host": "other.example"}))
    canonical, about = page.select_one("link[rel=canonical]"), page.select_one("meta[name=description]")
    assert canonical
    assert canonical["href"] == app.extensions["settings"].survey_url(path)
    assert about
    assert 40 < len(str(about["content"])) < 300
