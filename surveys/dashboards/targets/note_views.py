"""Notes on months of charts: all of them in a list, and for those who may, writing and removing them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.dashboards.pages.asked import granted, granted_services
from surveys.dashboards.targets.views import settable
from surveys.people.accounts import all_services
from surveys.rates.forms import NoteForm
from surveys.rates.notes import Note, every_note, remove_note, write_note
from surveys.rates.series import words_of

blueprint = Blueprint("notes", __name__)
setting = Blueprint("note_setting", __name__)


@blueprint.get("/rates/notes")
def show() -> str:
    """Notes on all services are for everybody: they stand on the chart of each service too."""
    names = {service.id: service.name for service in granted_services()}
    lines = [(note, words_of(note.series, names), note.series.within(settable())) for note in visible_notes()]
    return render_template("dashboards/notes.html", lines=lines[::-1], form=FlaskForm())


def visible_notes() -> list[Note]:
    return [note for note in every_note() if note.series.service is None or note.series.within(granted())]


@setting.route("/rates/notes/new", methods=["GET", "POST"])
def add() -> str | tuple[str, int] | AnyResponse:
    form = NoteForm()
    form.offer(all_services(), settable())
    if form.validate_on_submit():
        try:
            with transaction():
                write_note(form.series(), form.month.month(), form.words.data, current_user.id, now())
        except Refused as refusal:
            form.month.errors = [refusal.words]
        else:
            flash("Note added. It stands on the charts of this service and channel.", "success")
            return redirect(url_for("notes.show"), 303)
    page = render_template("people/form.html", form=form, title="Add a note", back=url_for("notes.show"))
    return (page, 422) if request.method == "POST" else page


@setting.post("/rates/notes/<int:note_id>/remove")
def remove(note_id: int) -> AnyResponse:
    with transaction():
        remove_note(note_id, settable(), now())
    flash("Note removed.", "success")
    return redirect(url_for("notes.show"), 303)
