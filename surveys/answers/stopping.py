"""/stop/<token>: a resident says stop. GET shows the button, POST acts; nobody needs to sign in."""

import sqlalchemy as sa
from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from surveys.answers.opening import Opened, open_link
from surveys.answers.views import SEAL, page
from surveys.contacts.models import Stop
from surveys.contacts.suppression import Address, addresses_of, has_stopped, opt_out
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.core.refusals import Refused
from surveys.core.tokens import seal_holds
from surveys.invitations.models import Invitation

blueprint = Blueprint("stop", __name__)


@blueprint.get("/stop/<token>")
def show(token: str) -> Response:
    opened = open_link(token)
    return page("stopped" if has_stopped(addresses_behind(opened)) else "stop", token, opened)


@blueprint.post("/stop/<token>")
def stop(token: str) -> Response:
    opened = open_link(token)
    if request.form.get("List-Unsubscribe") == "One-Click":
        return stop_in_one_click(token, opened)
    if not seal_holds(SEAL, token, request.form.get("seal", "")):
        raise Refused("The page was open for too long. Go back, reload it and press the button again.")
    with transaction():
        opt_out(addresses_behind(opened), now(), Stop.PAGE)
    return redirect(url_for("stop.show", token=token, lang=request.values.get("lang")), 303)


def stop_in_one_click(token: str, opened: Opened) -> Response:
    """What a mail program sends for its own unsubscribe button (RFC 8058): no seal, no question, no redirect."""
    with transaction():
        opt_out(addresses_behind(opened), now(), Stop.UNSUBSCRIBE_HEADER)
    return page("stopped", token, opened)


def addresses_behind(opened: Opened) -> list[Address]:
    contact = sa.select(Invitation.contact_id).where(Invitation.id == opened.invitation_id)
    return addresses_of(db.session.scalars(contact).one())
