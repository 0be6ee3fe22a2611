"""Alive is not the same as ready for work."""

from flask.testing import FlaskClient

from tests.core.conftest import MakeApp


def test_a_process_says_that_it_is_alive_without_the_database(make_app: MakeApp) -> None:
    app = make_app(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    response = app.test_client().get("/healthz")
    assert (response.status_code, response.get_json()) == (200, {"alive": True})


def test_on_a_migrated_database_it_is_ready(client: FlaskClient) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.get_json()) == (200, {"database": True, "queue": True, "migrations": True})


def test_on_an_empty_database_it_is_not_ready(make_app: MakeApp) -> None:
    response = make_app().test_client().get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {"database": True, "queue": True, "migrations": False}


def test_without_its_database_it_is_not_ready(make_app: MakeApp) -> None:
    app = make_app(database_url="postgresql://nobody@127.0.0.1:1/nothing")
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.get_json() == {"database": False, "queue": True, "migrations": False}
