"""Targets: how each stands, and for those who may, setting and ending them."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.dashboards.pages.asked import Asked, asked, granted
from surveys.dashboards.pages.panels import Panel
from surveys.dashboards.pages.showing import page_or_file
from surveys.dashboards.targets.judged import judged_targets
from surveys.dashboards.targets.panel import targets_panel
from surveys.people.accounts import all_services
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission
from surveys.rates.contacted import read_population
from surveys.rates.cube import read_cube
from surveys.rates.forms import TargetForm
from surveys.rates.series import words_of
from surveys.rates.targets import SetTarget, end_target, every_target, possible_owners, set_target

USUAL_MONTHS = 12

blueprint = Blueprint("targets", __name__)
setting = Blueprint("target_setting", __name__)


def settable() -> frozenset[int] | None:
    return services_allowed(Permission.SET_TARGETS)


def visible_targets() -> list[SetTarget]:
    """A manager of some services sees theirs, and not what the council as a whole is held against."""
    return [target for target in every_target() if target.series.within(granted())]


def panel_of(page: Asked, targets: list[SetTarget]) -> Panel:
    wanted = [target for target in targets if within(page, target)]
    period = (page.filters.first_month, page.filters.last_month)
    judged = judged_targets(wanted, period, read_cube(page.scope), read_population(page.scope))
    return targets_panel(judged, page.names, page.filters.period)


def within(page: Asked, target: SetTarget) -> bool:
    """A target is judged only by all that it is about: of several channels, by no choice of some of them."""
    services, channels = page.filters.services, page.filters.channels
    return (not services or target.series.service in services) and (not channels or target.series.channel in channels)


@blueprint.get("/rates/targets")
def show() -> str | Response:
    page, targets = asked(USUAL_MONTHS), visible_targets()
    return page_or_file(
        "dashboards/targets.html",
        page,
        [panel_of(page, targets)],
        targets=[(one, words_of(one.series, page.names), may_end(one)) for one in targets],
        form=FlaskForm(),
    )


def may_end(target: SetTarget) -> bool:
    return target.ended_at is None and target.series.within(settable())


@setting.route("/rates/targets/new", methods=["GET", "POST"])
def add() -> str | tuple[str, int] | AnyResponse:
    form = TargetForm()
    form.offer(all_services(), settable())
    form.offer_owners(possible_owners(settable()))
    if form.validate_on_submit():
        try:
            with transaction():
                owner, by = int(form.owner.data), current_user.id
                set_target(form.series(), form.ten_thousandths(), form.from_month.month(), owner, by, now())
        except Refused as refusal:
            form.owner.errors = [refusal.words]
        else:
            flash("Target set. The audit trail has it.", "success")
            return redirect(url_for("targets.show"), 303)
    page = render_template("people/form.html", form=form, title="Set a target", back=url_for("targets.show"))
    return (page, 422) if request.method == "POST" else page


@setting.post("/rates/targets/<int:target_id>/end")
def end(target_id: int) -> AnyResponse:
    with transaction():
        end_target(target_id, settable(), now())
    flash("Target ended. Months before this one are still held against it.", "success")
    return redirect(url_for("targets.show"), 303)
