"""/opt-outs: an officer stops surveys for somebody who asks for it on the phone or at the counter."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.contacts.addresses import read_email, read_phone
from surveys.contacts.forms import OptOutForm
from surveys.contacts.models import PointKind, Stop
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.tokens import address_hash, address_key
from surveys.invitations.stops import stop as say_stop

blueprint = Blueprint("opt_outs", __name__)


@blueprint.get("/opt-outs")
def show() -> str:
    return render_template("invitations/opt_outs.html", form=OptOutForm(), confirms=None)


@blueprint.post("/opt-outs")
def stop() -> tuple[str, int] | str | Response:
    """The first POST shows what was understood; the second, from that page, acts."""
    form = OptOutForm()
    found = read_address(form.address.data or "") if form.validate() else None
    if found is None:
        form.address.errors = form.address.errors or ["Enter a phone number or email address in full"]
        return render_template("invitations/opt_outs.html", form=form, confirms=None), 422
    kind, address = found
    if "confirmed" not in request.form:
        return render_template("invitations/opt_outs.html", form=form, confirms=address)
    with transaction():
        new = say_stop([(kind, address_hash(address, address_key()))], now(), Stop.OFFICER)
    flash("Surveys stopped." if new else "Surveys were stopped for this address before.", "success")
    return redirect(url_for("opt_outs.show"), 303)


def read_address(typed: str) -> tuple[PointKind, str] | None:
    """The phone number or mailbox in its normal form; None where it is neither."""
    if "@" in typed:
        email = read_email(typed)
        return (PointKind.EMAIL, email) if email else None
    phone = read_phone(typed)
    return (PointKind.PHONE, phone[0]) if phone else None
