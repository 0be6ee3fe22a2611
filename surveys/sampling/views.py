"""The sampling plan for all to read, its rates for administrators to fix, and why a contact was (not) asked."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.contacts.models import Channel
from surveys.core.clock import today
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.people.accounts import all_services
from surveys.sampling.forms import RatesForm, WhyForm, field_name, read_rates
from surveys.sampling.models import SamplingPlan
from surveys.sampling.plans import all_plans, find_plan, is_open, set_rates
from surveys.sampling.queries import explain
from surveys.sampling.rules import percent
from surveys.sampling.told import revealed, rule_counts, told_of

plans = Blueprint("plans", __name__)
rate_setting = Blueprint("rate_setting", __name__)
why = Blueprint("why", __name__)


@plans.get("/sampling")
def index() -> str:
    plans = all_plans()
    return render_template("sampling/index.html", plans=plans, told=told_of(plans), today=today(), percent=percent)


@plans.get("/sampling/<int:plan_id>")
def show(plan_id: int) -> str:
    plan = find_plan(plan_id)
    return render_template(
        "sampling/plan.html",
        plan=plan,
        rules=rule_counts(plan),
        told=told_of([plan]).get(plan_id),
        key=revealed(plan, today()),
        open=is_open(plan, today()),
        percent=percent,
        names={service.id: service.name for service in all_services()},
    )


@rate_setting.get("/sampling/<int:plan_id>/rates")
def edit(plan_id: int) -> str:
    plan = find_plan(plan_id)
    typed = {f"rate-{r.service_id}-{r.channel.value}": percent(r.rate).rstrip("%") for r in plan.rates}
    typed["default"] = percent(plan.default_rate).rstrip("%")
    return rates_page(plan, typed, [])


@rate_setting.post("/sampling/<int:plan_id>/rates")
def save(plan_id: int) -> tuple[str, int] | Response:
    form = RatesForm()
    default, rates, faults = read_rates(request.form, all_services())
    if form.validate() and default is not None and not faults:
        try:
            with transaction():
                set_rates(find_plan(plan_id), default, rates, today())
        except Refused as refusal:
            faults = [refusal.words]
        else:
            flash("Rates fixed. The audit trail has them.", "success")
            return redirect(url_for("plans.show", plan_id=plan_id), 303)
    return rates_page(find_plan(plan_id), request.form.to_dict(), faults), 422


def rates_page(plan: SamplingPlan, typed: dict[str, str], faults: list[str]) -> str:
    return render_template(
        "sampling/rates.html",
        plan=plan,
        form=RatesForm(),
        services=all_services(),
        channels=list(Channel),
        typed=typed,
        faults=faults,
        field_name=field_name,
        open=is_open(plan, today()),
    )


@why.get("/why")
def ask() -> str | tuple[str, int]:
    form = WhyForm(request.args)
    if not request.args:
        return render_template("sampling/why.html", form=form, found=None, asked=False)
    if not form.validate():
        return render_template("sampling/why.html", form=form, found=None, asked=False), 422
    found = explain(form.source.data.strip(), form.reference.data.strip())
    return render_template("sampling/why.html", form=form, found=found, asked=True)
