"""Several things at the same moment on threads and connections of their own, and what must hold after any of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.answers.models import Answer, Response
from surveys.core.db import db, transaction
from surveys.core.tokens import seal
from surveys.rates.checking import check
from surveys.rates.roll_up import roll_up
from tests.makers.answers import draw_and_send
from tests.makers.contacts import load_rows, row

T = TypeVar("T")
LONGEST = 120


def at_once(app: Flask, *works: Callable[[FlaskClient], T]) -> list[T]:
    """Begin all of these at the same moment, each with a browser of its own; what each came to, in their order."""
    start = Barrier(len(works))

    def run(work: Callable[[FlaskClient], T]) -> T:
        client = app.test_client()
        start.wait(LONGEST)
        return work(client)

    with ThreadPoolExecutor(len(works)) as pool:
        results = [future.result(LONGEST) for future in [pool.submit(run, work) for work in works]]
    db.session.rollback()
    return results


def inside(app: Flask, operation: Callable[[], object]) -> Callable[[FlaskClient], object]:
    """An operation of a worker or a command: no browser, one transaction."""

    def work(_client: FlaskClient) -> object:
        with app.app_context(), transaction():
            return operation()

    return work


def invited(folder: Path, count: int, **given: str) -> list[str]:
    """The tokens of so many links that were sent."""
    load_rows(folder, [row(f"R{number}", **given) for number in range(count)])
    return draw_and_send()


def post(path: str, token: str, **given: str) -> Callable[[FlaskClient], TestResponse]:
    """Press the button of a page: path is what follows the token."""
    form = {"seal": seal("survey forms", token), **given}
    return lambda client: client.post(f"/s/{token}{path}", data=form)


def kept() -> dict[str, str | None]:
    """The answers of the only response, by question."""
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1
    return {a.question: a.code or a.words for a in db.session.scalars(sa.select(Answer))}


def the_response() -> Response:
    db.session.rollback()
    return db.session.scalars(sa.select(Response)).one()


def assert_sound(responses: int) -> None:
    """So many responses, one an invitation, each with its rating among its answers, and figures equal to a recount."""
    db.session.rollback()
    with transaction():
        roll_up()
    rating = sa.and_(Answer.response_id == Response.id, Answer.question == "overall")
    pairs = db.session.execute(
        sa.select(Response.invitation_id, Response.satisfaction, Answer.code).outerjoin(Answer, rating)
    ).all()
    assert len(pairs) == responses
    assert len({pair.invitation_id for pair in pairs}) == responses
    assert [pair for pair in pairs if pair.satisfaction != pair.code] == []
    found = check()
    assert (found.waiting, found.drifts) == (0, [])
    db.session.rollback()
