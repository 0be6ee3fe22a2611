"""/evidence/assessors: administrators say until when an assessor's account opens, and of which months."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now, today
from surveys.core.db import transaction
from surveys.evidence.assessors.forms import AccessForm
from surveys.people.assessors import assessors, find_assessor, give_access
from surveys.rates.months import Month

blueprint = Blueprint("assessors", __name__)


@blueprint.get("/evidence/assessors")
def index() -> str:
    return render_template("evidence/assessors.html", assessors=assessors(), today=today(), month=Month.of)


@blueprint.route("/evidence/assessors/<int:number>", methods=["GET", "POST"])
def edit(number: int) -> str | tuple[str, int] | Response:
    assessor, form = find_assessor(number), AccessForm()
    if form.validate_on_submit():
        by = current_user.id
        with transaction():
            give_access(number, form.access(), by, now())
        flash("Access saved. The audit trail has it.", "success")
        return redirect(url_for("assessors.index"), 303)
    if request.method == "GET":
        form.show(assessor.access)
    title = f"Access of {assessor.name}"
    page = render_template("people/form.html", form=form, title=title, back=url_for("assessors.index"))
    return (page, 422) if request.method == "POST" else page
