"""/cases/...: handing cases over to the complaints system, one by one or in a file of many."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request, send_file
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now, today
from surveys.core.db import transaction
from surveys.core.refusals import Conflict
from surveys.followups.cases.moves import Act
from surveys.followups.handling.act_views import acted, by_whom
from surveys.followups.handling.forms import read_typed
from surveys.followups.handling.handing_files import File, Period, count_handed, file_of_case, file_of_period
from surveys.followups.handling.handing_over import hand_over, set_reference
from surveys.followups.handling.shown import granted

blueprint = Blueprint("handing", __name__)

USUAL_DAYS = timedelta(days=30)


@blueprint.post("/cases/<int:number>/hand-over")
def hand(number: int) -> tuple[str, int] | Response:
    """The way is chosen where an act's outcome is, and the number typed where its words are."""
    typed = read_typed(Act.HAND_OVER, request.form)
    return acted(
        number,
        typed,
        "Handed over to the complaints system.",
        lambda: hand_over(number, granted(), typed.outcome, typed.words, typed.form, *by_whom()),
    )


@blueprint.post("/cases/<int:number>/reference")
def keep_reference(number: int) -> tuple[str, int] | Response:
    typed = read_typed("reference", request.form)
    return acted(
        number,
        typed,
        "Its number in the complaints system is kept.",
        lambda: set_reference(number, granted(), typed.words, typed.form, *by_whom()),
    )


@blueprint.post("/cases/<int:number>/handed.csv")
def download_one(number: int) -> Response:
    with transaction():
        file = file_of_case(number, granted(), *by_whom())
    return download_of(file, f"case-{number}.csv")


@blueprint.get("/cases/handed-over")
def index() -> str:
    period = asked_period()
    return render_template("followups/handed_over.html", period=period, count=count_handed(granted(), period))


@blueprint.post("/cases/handed-over.csv")
def download() -> tuple[str, int] | Response:
    period = asked_period()
    try:
        with transaction():
            file = file_of_period(granted(), period, "again" in request.form, current_user.id, now())
    except Conflict as refusal:
        count = count_handed(granted(), period)
        return render_template("followups/handed_over.html", period=period, count=count, error=refusal.words), 409
    return download_of(file, f"handed-over-{period.first}-to-{period.last}.csv")


def download_of(file: File, name: str) -> Response:
    return send_file(file.content, mimetype="text/csv", as_attachment=True, download_name=name)


def asked_period() -> Period:
    """The days that the form or the address names, or the last month."""
    last = day_in(request.values.get("to", "")) or today()
    first = day_in(request.values.get("from", "")) or last - USUAL_DAYS
    return Period(min(first, last), max(first, last))


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
