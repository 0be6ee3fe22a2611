"""/account/emails: which emails a user gets."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.db import transaction
from surveys.followups.choices import choice_of, choose
from surveys.followups.readers import TOLD

blueprint = Blueprint("emails", __name__)


@blueprint.get("/account/emails")
def show() -> str:
    told = any(grant.role in TOLD for grant in current_user.grants)
    return render_template("followups/emails.html", choice=choice_of(current_user.id), told=told)


@blueprint.post("/account/emails")
def change() -> Response:
    with transaction():
        choose(current_user.id, "weekly" in request.form, "signals" in request.form)
    flash("Your choice of emails is saved.", "success")
    return redirect(url_for("emails.show"))
