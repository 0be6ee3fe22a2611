"""Planning improvements, changing them, and publishing them: one person proposes, another approves."""

from collections.abc import Callable, Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now, today
from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound, Refused
from surveys.core.row_numbers import row_number
from surveys.followups.improvements.forms import ImprovementForm
from surveys.followups.improvements.models import CameFrom, Improvement
from surveys.followups.improvements.planning import ChangedMeanwhile, NotFitting, Typed, change, plan, quotations_for
from surveys.followups.improvements.publishing import approve, propose, withdraw
from surveys.followups.improvements.questions import measured_questions
from surveys.followups.improvements.reading import improvement_numbered, ticked
from surveys.followups.improvements.sources import Named, Source, ToldSignal, recent_signals, source_of
from surveys.people.accounts import all_services
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission
from surveys.rates.forms import ALL
from surveys.rates.series import Series
from surveys.rates.targets import possible_owners

blueprint = Blueprint("improvement_setting", __name__)
approving = Blueprint("improvement_approving", __name__)

Granted = frozenset[int] | None
Publish = Callable[[int, Granted, int, int, datetime], None]


def manageable() -> Granted:
    return services_allowed(Permission.MANAGE_IMPROVEMENTS)


@blueprint.route("/improvements/new", methods=["GET", "POST"])
def add() -> str | tuple[str, int] | Response:
    source = asked_source()
    first = {"title": source.title, "owner": str(current_user.id)} | series_chosen(source.series)
    form = offered(ImprovementForm(data=first), source.series, source.theme)
    made: list[int] = []

    def keep(typed: Typed) -> None:
        made.append(plan(typed, source, manageable(), current_user.id, now()))

    if form.validate_on_submit() and saved(form, keep):
        flash("Improvement planned.", "success")
        return redirect(url_for("improvements.show", number=made[0]), 303)
    back = url_for("improvements.index")
    return page(form, "Plan an improvement", back, source=source, signals=signals_to_start_from(source))


def signals_to_start_from(source: Source) -> Sequence[ToldSignal]:
    """Where the form began with nothing."""
    if source.came_from is not CameFrom.OTHER or request.method == "POST":
        return ()
    return recent_signals(manageable(), {service.id: service.name for service in all_services()}, today())


def asked_source() -> Source:
    """What the address names: cases, a theme and perhaps a service, or a signal."""
    try:
        cases = [row_number(one) for one in request.args.getlist("case")]
        service, signal = (
            row_number(one) if (one := request.args.get(name)) else None for name in ("service", "signal")
        )
    except ValueError as fault:
        raise NotFound("There is no such page.") from fault
    named = Named(cases, request.args.get("theme", ""), service, signal)
    return source_of(named, manageable(), today())


def series_chosen(series: Series) -> dict[str, str]:
    return {
        "service": str(series.service) if series.service is not None else ALL,
        "channel": series.channel.value if series.channel else ALL,
    }


def offered(form: ImprovementForm, series: Series, theme: str | None) -> ImprovementForm:
    """With the choices of whoever is signed in."""
    form.offer(all_services(), manageable())
    form.offer_more(
        {key: one.label for key, one in measured_questions().items()},
        possible_owners(manageable()),
        quotations_for(series, theme, manageable()),
    )
    return form


def saved(form: ImprovementForm, keep: Callable[[Typed], None]) -> bool:
    """Whether it was kept; else the form says what does not fit."""
    try:
        with transaction():
            keep(form.typed())
    except NotFitting as refusal:
        form[refusal.field].errors = [refusal.words]
        return False
    return True


def page(form: ImprovementForm, title: str, back: str, status: int = 422, **more: object) -> str | tuple[str, int]:
    shown = render_template("followups/improvement_form.html", form=form, title=title, back=back, **more)
    return (shown, status) if request.method == "POST" else shown


@blueprint.route("/improvements/<int:number>/edit", methods=["GET", "POST"])
def edit(number: int) -> str | tuple[str, int] | Response:
    one = improvement_numbered(number, manageable()).one
    form = offered(ImprovementForm(data=as_typed(one)), Series(one.service_id, one.channel), one.theme)
    title, back = "Change an improvement", url_for("improvements.show", number=number)
    edition = one.edition
    try:
        if form.validate_on_submit() and saved(form, changing(number, form.edition.data or 0)):
            flash("Saved. What was published before needs approval again.", "success")
            return redirect(back, 303)
    except ChangedMeanwhile:
        db.session.expire_all()
        now_stands = improvement_numbered(number, manageable())
        return page(form, title, back, 409, meanwhile=now_stands, edition=now_stands.one.edition)
    return page(form, title, back, edition=form.edition.data if form.is_submitted() else edition)


def changing(number: int, edition: int) -> Callable[[Typed], None]:
    return lambda typed: change(number, manageable(), edition, typed, now())


def as_typed(one: Improvement) -> dict[str, object]:
    series = series_chosen(Series(one.service_id, one.channel))
    kept = {"title": one.title, "said": one.said, "did": one.did, "question": one.question, "owner": str(one.owner_id)}
    days = {
        "due_on": one.due_on.isoformat(),
        "state": one.state.value,
        "done_on": one.done_on.isoformat() if one.done_on else "",
    }
    return {**series, **kept, **days, "quotations": sorted(ticked(one.id))}


@blueprint.post("/improvements/<int:number>/propose")
def put_forward(number: int) -> Response:
    return published(number, propose, manageable(), "Proposed. It is published once somebody else has approved it.")


@blueprint.post("/improvements/<int:number>/withdraw")
def take_back(number: int) -> Response:
    return withdrawn(number, manageable())


@approving.post("/improvements/<int:number>/approve")
def let(number: int) -> Response:
    done = "Approved. Everybody can read it now."
    return published(number, approve, services_allowed(Permission.APPROVE_IMPROVEMENTS), done)


@approving.post("/improvements/<int:number>/refuse")
def refuse(number: int) -> Response:
    return withdrawn(number, services_allowed(Permission.APPROVE_IMPROVEMENTS))


def published(number: int, act: Publish, granted: Granted, done: str) -> Response:
    try:
        edition = row_number(request.form.get("edition", ""))
        with transaction():
            act(number, granted, edition, current_user.id, now())
    except ValueError:
        flash("Open the improvement again, and read it as it is now.", "danger")
    except NotFound:
        raise
    except Refused as refusal:
        flash(refusal.words, "danger")
    else:
        flash(done, "success")
    return redirect(url_for("improvements.show", number=number), 303)


def withdrawn(number: int, granted: Granted) -> Response:
    try:
        with transaction():
            withdraw(number, granted, now())
    except NotFound:
        raise
    except Refused as refusal:
        flash(refusal.words, "danger")
    else:
        flash("It is a draft now, and the public cannot read it.", "success")
    return redirect(url_for("improvements.show", number=number), 303)
