"""page: CPU of the first page a resident sees, against a bare page with the same content on the same pool."""

from collections.abc import Iterator
from itertools import cycle, islice
from statistics import median
from time import process_time
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from bench.databases import Database
from bench.made_contacts import write_file
from bench.measures import Measure
from bench.plain_page import plain_app
from surveys.contacts.intake import load_batch, open_batch
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.tokens import key_for, token_for
from surveys.invitations.invite import Media, invite
from surveys.invitations.models import Invitation
from surveys.invitations.outbox import send_due
from surveys.invitations.survey_post import TOKEN_PURPOSE
from surveys.messaging.senders import senders
from surveys.sampling.draw import Reach, draw

MOST_RATIO = 1.5
CONTACTS = 200
BLOCKS = 25
CALLS = 100
MOST_DIFFERENCE = 0.1


def run(database: Database) -> Iterator[Measure]:
    """Blocks of calls take turns, warm; the medians of CPU seconds a call are compared."""
    with database.migrated():
        tokens = invited_tokens(database)
    app = database.application()
    with app.app_context():
        engine = db.engine
        bare = plain_app(engine, key_for("token digests"), app.extensions["settings"].council_name)
    try:
        # In English: the bare page knows no other language.
        known = [token for token in tokens if 'lang="en" dir' in body(app, token)]
        check_alike(body(app, known[0]), body(bare, known[0]))
        ours, plain = measure(app, bare, known, database.times(BLOCKS))
    finally:
        engine.dispose()
    yield Measure(f"page.{database.kind}.ratio_to_plain_page", ours / plain, "times", MOST_RATIO)
    yield Measure(f"page.{database.kind}.cpu", ours * 1000, "ms")
    yield Measure(f"page.{database.kind}.plain_page_cpu", plain * 1000, "ms")


def invited_tokens(database: Database, contacts: int = CONTACTS) -> list[str]:
    """Contacts loaded, drawn, invited and sent to by the stages themselves; the tokens of their links."""
    path = write_file(database.folder / "contacts.csv", contacts, now(), days=2)
    with transaction():
        batch_id = open_batch(path, path.name, "crm", make_services=True).id
    load_batch(batch_id, path=path)
    with transaction():
        draw(now(), Reach(texts=True, emails=True))
    with transaction():
        invite(now(), Media(texts=True, emails=True))
    send_due(senders())
    sent = db.session.scalars(sa.select(Invitation.id).where(Invitation.state == "sent").order_by(Invitation.id))
    return [token_for(TOKEN_PURPOSE, number) for number in sent]


def environ(token: str) -> dict[str, Any]:
    return EnvironBuilder(path=f"/s/{token}", base_url="http://127.0.0.1:8000").get_environ()


def body(app: Flask, token: str) -> str:
    parts, status, _headers = run_wsgi_app(app.wsgi_app, environ(token))
    if not status.startswith("200"):
        raise SystemExit(f"the page answered {status}")
    return b"".join(parts).decode()


def check_alike(ours: str, plain: str) -> None:
    """A bare page with other fields, or of another length, would be no yardstick; a changed word does no harm."""
    fields_differ = ours.count("<input") != plain.count("<input")
    if fields_differ or abs(len(ours) - len(plain)) > len(ours) * MOST_DIFFERENCE:
        raise SystemExit("bench/templates/plain_page.html is not like the rating page any more: write it after it")


def measure(app: Flask, bare: Flask, tokens: list[str], blocks: int) -> tuple[float, float]:
    """Median CPU seconds a call of each."""
    environs = [environ(token) for token in tokens]
    ours, plain = [], []
    for number in range(blocks + 1):
        took = block(app, environs), block(bare, environs)
        # The first blocks fill the caches.
        if number:
            ours.append(took[0])
            plain.append(took[1])
    return median(ours), median(plain)


def block(app: Flask, environs: list[dict[str, Any]]) -> float:
    """CPU seconds a call, past the web server: the WSGI function alone, its answer read to the end."""
    asked = [dict(environ) for environ in islice(cycle(environs), CALLS)]
    began = process_time()
    for one in asked:
        answer = app.wsgi_app(one, start_response)
        b"".join(answer)
        answer.close()  # type: ignore[attr-defined]  # werkzeug's answers have it; it ends the request
    return (process_time() - began) / CALLS


def start_response(_status: str, _headers: list[tuple[str, str]], _error: Any = None) -> Any:
    return bytes
