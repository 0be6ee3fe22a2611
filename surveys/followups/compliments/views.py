"""/compliments: praise that nobody passed on yet, passing it on to a team, and the note that the team reads."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from nlp.code_frame import DISSATISFACTION, NO_CONTENT
from surveys.comments.labels.code_frames import frame_in_force
from surveys.comments.quotations.quotable import published
from surveys.comments.texts.models import LabelKind
from surveys.comments.texts.pieces import pieces_of
from surveys.comments.texts.queries import Place
from surveys.comments.texts.wording import RATING_WORDS, label_words
from surveys.core.clock import now, today
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.core.row_numbers import row_number
from surveys.followups.compliments.passing_on import LONGEST_TEAM, newest_passed_on, note_numbered, pass_on, read_praise
from surveys.people.accounts import all_services
from surveys.people.guards import allowed, services_allowed
from surveys.people.roles import Permission

NO_PRAISE = (DISSATISFACTION, NO_CONTENT)

compliments = Blueprint("compliments", __name__)
passing_on = Blueprint("passing_on", __name__)


@compliments.get("/compliments")
def show() -> str:
    frame, granted = frame_in_force(), services_allowed(Permission.READ_COMMENTS)
    themes = {label.name: label.label for label in frame.labels if label.name not in NO_PRAISE}
    theme = request.args.get("theme", "")
    services = {one.id: one.name for one in all_services() if granted is None or one.id in granted}
    chosen = one_of(request.args.get("service", ""), services)
    page = read_praise(frozenset({chosen}) if chosen else granted, theme if theme in themes else None, today(), after())
    return render_template(
        "followups/compliments.html",
        page=page,
        passed_on=newest_passed_on(granted),
        themes=themes,
        theme=theme,
        services=services,
        chosen=chosen,
        may_pass_on=may_pass_on,
        pieces=pieces_of,
        ratings=RATING_WORDS,
        name_of=lambda topic: label_words(frame, LabelKind.TOPIC, topic),
        longest=LONGEST_TEAM,
    )


@compliments.get("/compliments/<int:number>")
def note(number: int) -> str:
    found = note_numbered(number, services_allowed(Permission.READ_COMMENTS))
    return render_template("followups/compliment.html", note=found, words=published(found.text) if found.text else "")


@passing_on.post("/compliments/comments/<int:number>")
def save(number: int) -> Redirection:
    services = services_allowed(Permission.MANAGE_IMPROVEMENTS)
    try:
        with transaction():
            made = pass_on(number, request.form.get("team", ""), services, current_user.id, now())
    except Refused as refusal:
        flash(refusal.words, "danger")
        return redirect(url_for("compliments.show"), 303)
    flash("Kept as passed on. Print this note, or read it out where the team meets.", "success")
    return redirect(url_for("compliments.note", number=made), 303)


def may_pass_on(service_id: int) -> bool:
    services = services_allowed(Permission.MANAGE_IMPROVEMENTS)
    return allowed(Permission.MANAGE_IMPROVEMENTS) and (services is None or service_id in services)


def one_of(typed: str, services: dict[int, str]) -> int | None:
    """The service that was chosen, where it is one of these."""
    return next((number for number in services if str(number) == typed), None)


def after() -> Place | None:
    """Where the page begins, as "2026-03-31.1204"; None for the first page and for what makes no sense."""
    day, _, number = request.args.get("after", "").partition(".")
    try:
        return Place(date.fromisoformat(day), row_number(number))
    except ValueError:
        return None
