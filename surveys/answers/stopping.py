"""/stop/<token>: a resident says stop. GET shows the button, POST acts; nobody needs to sign in."""

from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from surveys.answers.opening import Opened, open_link
from surveys.answers.views import SEAL, page
from surveys.contacts.models import Contact, ContactPoint, PointKind
from surveys.core.clock import now
from surveys.core.db import db, insert_into, transaction
from surveys.core.refusals import Refused
from surveys.core.tokens import seal_holds
from surveys.invitations.models import Invitation

blueprint = Blueprint("stop", __name__)


@blueprint.get("/stop/<token>")
def show(token: str) -> Response:
    opened = open_link(token)
    return page("stopped" if has_stopped(opened) else "stop", token, opened)


@blueprint.post("/stop/<token>")
def stop(token: str) -> Response:
    opened = open_link(token)
    if not seal_holds(SEAL, token, request.form.get("seal", "")):
        raise Refused("The page was open for too long. Go back, reload it and press the button again.")
    with transaction():
        opt_out(opened, now())
    return redirect(url_for("stop.show", token=token, lang=request.values.get("lang")), 303)


def addresses_of(opened: Opened) -> list[tuple[PointKind, bytes]]:
    row = db.session.execute(
        sa.select(Contact.phone_hash, Contact.email_hash)
        .join(Invitation, Invitation.contact_id == Contact.id)
        .where(Invitation.id == opened.invitation_id)
    ).one()
    both = ((PointKind.PHONE, row.phone_hash), (PointKind.EMAIL, row.email_hash))
    return [(kind, address) for kind, address in both if address is not None]


def opt_out(opened: Opened, moment: datetime) -> None:
    """Keep the stop under the hash of every address of the contact; the first moment stands."""
    for kind, address in addresses_of(opened):
        first = sa.func.coalesce(ContactPoint.opted_out_at, moment, type_=ContactPoint.opted_out_at.type)
        db.session.execute(
            insert_into(ContactPoint)
            .values(address_hash=address, kind=kind, opted_out_at=moment)
            .on_conflict_do_update(index_elements=["address_hash"], set_={"opted_out_at": first})
        )


def has_stopped(opened: Opened) -> bool:
    hashes = [address for _, address in addresses_of(opened)]
    return bool(
        db.session.scalar(
            sa.select(sa.exists().where(ContactPoint.address_hash.in_(hashes), ContactPoint.opted_out_at.is_not(None)))
        )
    )
