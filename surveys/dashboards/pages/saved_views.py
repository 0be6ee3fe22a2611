"""The list of one's saved views; saving and deleting them."""

from flask import Blueprint, flash, redirect, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.dashboards.pages.saved import USUAL, delete_view, save_view, saved_views

blueprint = Blueprint("saved", __name__)


@blueprint.get("/rates/views")
def listed() -> str:
    return render_template("dashboards/views.html", views=saved_views(current_user.id))


@blueprint.post("/rates/views")
def save() -> Response:
    form, user = request.form, current_user.id
    usual = bool(form.get("usual"))
    name = USUAL if usual else form.get("name", "")
    with transaction():
        save_view(user, name, form.get("page", ""), form.get("address", ""), now())
    flash("This view now opens when you go to Satisfaction." if usual else "The view is saved.", "success")
    return redirect("/rates/views", 303)


@blueprint.post("/rates/views/<int:number>/delete")
def delete(number: int) -> Response:
    user = current_user.id
    with transaction():
        delete_view(user, number)
    flash("The view is deleted.", "success")
    return redirect("/rates/views", 303)
