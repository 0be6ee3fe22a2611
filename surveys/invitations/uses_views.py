"""For administrators: who gets which questionnaire, by service and channel."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.invitations.forms import UseForm
from surveys.questionnaires.overview import use_lines
from surveys.questionnaires.uses import remove_use, set_use

blueprint = Blueprint("questionnaire_uses", __name__)


def page(form: UseForm, refusal: str = "") -> str:
    return render_template("invitations/questionnaire_uses.html", form=form, rules=use_lines(), refusal=refusal)


@blueprint.get("/questionnaires/uses")
def index() -> str:
    form = UseForm()
    form.offer()
    return page(form)


@blueprint.post("/questionnaires/uses")
def add() -> tuple[str, int] | Response:
    form = UseForm()
    form.offer()
    if not form.validate():
        return page(form, "Choose a service, a channel and a questionnaire from the lists."), 422
    try:
        with transaction():
            set_use(form.service.data or None, form.channel.data or None, form.questionnaire.data)
    except Refused as refusal:
        return page(form, refusal.words), 422
    flash("Rule saved. Invitations made from now on follow it.", "success")
    return redirect(url_for("questionnaire_uses.index"), 303)


@blueprint.post("/questionnaires/uses/remove")
def remove() -> Response:
    with transaction():
        remove_use(request.form.get("scope", ""))
    flash("Rule removed.", "success")
    return redirect(url_for("questionnaire_uses.index"), 303)
