"""Baselines of control charts: which are frozen, why, and for those who may, freezing them again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.dashboards.pages.asked import granted, granted_services
from surveys.dashboards.targets.views import settable
from surveys.people.accounts import all_services
from surveys.rates.baselines import every_baseline, freeze, newest_of
from surveys.rates.forms import BaselineForm
from surveys.rates.series import words_of
from surveys.rates.wordings import read_rating_wordings

blueprint = Blueprint("baselines", __name__)
setting = Blueprint("baseline_setting", __name__)


@blueprint.get("/rates/baselines")
def show() -> str:
    found = [one for one in every_baseline() if one.series.within(granted())]
    names = {service.id: service.name for service in granted_services()}
    newest = {one.id for one in newest_of(found).values()}
    lines = [(one, words_of(one.series, names), one.id in newest) for one in found]
    return render_template("dashboards/baselines.html", lines=lines)


@setting.route("/rates/baselines/new", methods=["GET", "POST"])
def add() -> str | tuple[str, int] | AnyResponse:
    form = BaselineForm()
    form.offer(all_services(), settable())
    if form.validate_on_submit():
        try:
            series, months = form.series(), (form.first_month.month(), form.last_month.month())
            breaks = read_rating_wordings().of_series(series).breaks
            with transaction():
                freeze(series, months, form.reason.data, breaks, current_user.id, now())
        except Refused as refusal:
            form.last_month.errors = [refusal.words]
        else:
            flash("Baseline frozen. The audit trail has it.", "success")
            return redirect(url_for("baselines.show"), 303)
    page = render_template("people/form.html", form=form, title="Freeze a baseline", back=url_for("baselines.show"))
    return (page, 422) if request.method == "POST" else page
