"""/stop/<token>: a resident says stop. GET shows the button, POST acts; nobody needs to sign in."""

import sqlalchemy as sa
from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from surveys.answers.opening import Opened, open_link
from surveys.answers.pages import furnish, is_ours, language_of, own_url, page
from surveys.answers.wording import WORDS
from surveys.contacts.models import Stop
from surveys.contacts.suppression import Address, addresses_of, has_stopped
from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.invitations.models import Invitation
from surveys.invitations.stops import stop as say_stop

blueprint = Blueprint("stop", __name__)
furnish(blueprint)


@blueprint.get("/stop/<token>")
def show(token: str) -> Response:
    opened = open_link(token)
    return stopped(token, opened) if has_stopped(addresses_behind(opened)) else page("stop", token, opened)


@blueprint.post("/stop/<token>")
def stop(token: str) -> Response:
    opened = open_link(token)
    if request.form.get("List-Unsubscribe") == "One-Click":
        return stop_in_one_click(token, opened)
    if not is_ours(token):
        return page("stop", token, opened, 422, problem=WORDS[language_of(opened)]["expired_page"])
    with transaction():
        say_stop(addresses_behind(opened), now(), Stop.PAGE)
    return redirect(own_url("stop.show", token, opened), 303)


def stop_in_one_click(token: str, opened: Opened) -> Response:
    """What a mail program sends for its own unsubscribe button (RFC 8058): no seal, no question, no redirect."""
    with transaction():
        say_stop(addresses_behind(opened), now(), Stop.UNSUBSCRIBE_HEADER)
    return stopped(token, opened)


def stopped(token: str, opened: Opened) -> Response:
    """Whoever wants no more surveys may still answer this one."""
    return page("stopped", token, opened, still_open=not opened.completed and not opened.expired(now()))


def addresses_behind(opened: Opened) -> list[Address]:
    contact = sa.select(Invitation.contact_id).where(Invitation.id == opened.invitation_id)
    return addresses_of(db.session.scalars(contact).one())
