"""The yardstick of the resident page: a bare Flask page by hand, one Core select of the same row, one template."""

import hmac
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, abort, render_template
from sqlalchemy.engine import Engine

from surveys.answers.models import Response
from surveys.contacts.models import Contact
from surveys.core.db import table_of
from surveys.invitations.models import Invitation

OPTIONS = (
    ("very_satisfied", "Very satisfied"),
    ("fairly_satisfied", "Fairly satisfied"),
    ("neither", "Neither satisfied nor dissatisfied"),
    ("fairly_dissatisfied", "Fairly dissatisfied"),
    ("very_dissatisfied", "Very dissatisfied"),
    ("do_not_know", "I do not know"),
)
INVITATIONS, CONTACTS, RESPONSES = table_of(Invitation), table_of(Contact), table_of(Response)
ROW = (
    sa.select(
        INVITATIONS.c.id,
        INVITATIONS.c.version_id,
        INVITATIONS.c.language,
        INVITATIONS.c.expires_at,
        CONTACTS.c.service_id,
        CONTACTS.c.channel,
        CONTACTS.c.day,
        RESPONSES.c.satisfaction,
        RESPONSES.c.completed_at,
    )
    .select_from(INVITATIONS.join(CONTACTS, CONTACTS.c.id == INVITATIONS.c.contact_id))
    .outerjoin(RESPONSES, RESPONSES.c.invitation_id == INVITATIONS.c.id)
    .where(INVITATIONS.c.token_digest == sa.bindparam("digest"))
)


TEMPLATES = Path(__file__).parent / "templates"


def plain_app(engine: Engine, digest_key: bytes, council: str) -> Flask:
    """A Flask app with this one page, on the pool of the real one."""
    app = Flask("plain", template_folder=str(TEMPLATES), static_folder=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.get("/s/<token>")
    def rating(token: str) -> str:
        digest = hmac.digest(digest_key, token.encode(), sha256)
        with engine.connect() as connection:
            row = connection.execute(ROW, {"digest": digest}).one_or_none()
        if row is None:
            abort(404)
        seal = hmac.digest(digest_key, token.encode(), sha256).hex()[:32]
        return render_template("plain_page.html", token=token, council=council, seal=seal, options=OPTIONS)

    return app
