"""/account/emails: which emails a user gets, and how they are told of cases."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.followups.emails.choices import choice_of, choose
from surveys.followups.emails.readers import TOLD
from surveys.followups.notices.choices import Choice, choices_of, choose_alerts, kinds_for, webhooks_to_choose
from surveys.followups.notices.models import AlertKind

KIND_WORDS = {
    AlertKind.URGENT: ("Urgent cases", "A resident’s words may tell of harm or a threat. At once, day and night."),
    AlertKind.NEW_CASE: ("New cases", "A case was opened for a service of yours. By day."),
    AlertKind.GIVEN: ("Cases given to you", "Somebody made you the owner of a case. By day."),
    AlertKind.LATE: ("Late cases", "A case of yours, or of a service of yours, ran past a deadline. By day."),
}

blueprint = Blueprint("emails", __name__)


@blueprint.get("/account/emails")
def show() -> str:
    return page(choices_of(current_user.id))


@blueprint.post("/account/emails")
def change() -> tuple[str, int] | Response:
    """The alerts are left as they are where the form did not show them."""
    wanted = wanted_alerts() if "alerts" in request.form else {}
    try:
        with transaction():
            choose_alerts(current_user.id, wanted)
            choose(current_user.id, "weekly" in request.form, "signals" in request.form)
    except Refused as refusal:
        return page(choices_of(current_user.id) | wanted, refusal.words), 422
    flash("Your choice is saved.", "success")
    return redirect(url_for("emails.show"), 303)


def wanted_alerts() -> dict[AlertKind, Choice]:
    offered = {str(number): number for number, _ in webhooks_to_choose()}
    return {
        kind: Choice(f"{kind}-email" in request.form, offered.get(request.form.get(f"{kind}-webhook", "")))
        for kind in kinds_for({grant.role for grant in current_user.grants})
    }


def page(alerts: dict[AlertKind, Choice], error: str = "") -> str:
    roles = {grant.role for grant in current_user.grants}
    return render_template(
        "followups/emails.html",
        choice=choice_of(current_user.id),
        told=any(role in TOLD for role in roles),
        kinds={kind: KIND_WORDS[kind] for kind in kinds_for(roles)},
        alerts=alerts,
        webhooks=webhooks_to_choose(),
        error=error,
    )
