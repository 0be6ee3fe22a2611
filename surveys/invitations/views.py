"""For staff: where the invitations stand; for administrators: pause, resume, and decide what is uncertain."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.invitations.direct_post import DIRECT
from surveys.invitations.models import InvitationState
from surveys.invitations.queries import latest, reached, standings, uncertain_messages
from surveys.invitations.reconcile import decide, decide_all_not_found, undecided
from surveys.invitations.switch import pause, pause_now, resume

blueprint = Blueprint("invitations", __name__)
sending = Blueprint("sending", __name__)


@blueprint.get("/invitations")
def index() -> str:
    wanted = request.args.get("state", "")
    state = InvitationState(wanted) if wanted in set(InvitationState) else None
    return render_template(
        "invitations/index.html",
        standings=standings(),
        reached=reached(),
        rows=latest(state),
        chosen=state,
        pause=pause_now(),
        undecided=undecided(),
        form=FlaskForm(),
    )


@sending.post("/sending/pause")
def stop_sending() -> Response:
    with transaction():
        pause(now())
    flash("Sending is paused. Nothing goes until somebody resumes it.", "warning")
    return redirect(url_for("invitations.index"), 303)


@sending.post("/sending/resume")
def go_on_sending() -> Response:
    with transaction():
        resume()
    flash("Sending goes on within a minute.", "success")
    return redirect(url_for("invitations.index"), 303)


@sending.get("/invitations/uncertain")
def uncertain() -> str:
    return render_template(
        "invitations/uncertain.html",
        rows=latest(InvitationState.UNCERTAIN),
        messages=uncertain_messages(),
        undecided=undecided(),
        form=FlaskForm(),
    )


@sending.post("/invitations/<int:number>/decide")
def settle_one(number: int) -> Response:
    with transaction():
        decide(number, request.form.get("was") == "sent", now())
    return redirect(url_for("sending.uncertain"), 303)


@sending.post("/invitations/messages/<int:number>/decide")
def settle_message(number: int) -> Response:
    with transaction():
        decide(number, request.form.get("was") == "sent", now(), DIRECT)
    return redirect(url_for("sending.uncertain"), 303)


@sending.post("/invitations/uncertain")
def settle_not_found() -> Response:
    with transaction():
        count = decide_all_not_found(now())
    flash(f"{count:,} messages that their provider does not have are settled as not sent.", "success")
    return redirect(url_for("sending.uncertain"), 303)
