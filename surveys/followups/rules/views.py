"""/cases/rules: for administrators, which answers open a case, of what kind, and by when it must be dealt with."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.contacts.models import Channel
from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.followups.cases.words import KIND_WORDS, SATISFACTION_WORDS
from surveys.followups.rules.changes import (
    SameName,
    Stale,
    add_rule,
    change_rule,
    delete_rule,
    find_rule,
    move_rule,
    switch_rule,
    used_rules,
)
from surveys.followups.rules.forms import Typed, Written, as_form, blank, typed_rule
from surveys.followups.rules.questions import names_for_rules
from surveys.followups.rules.values import every_rule
from surveys.followups.rules.words import Names, sentence

blueprint = Blueprint("case_rules", __name__)
ADDRESS = "/cases/rules/<int:number>"
FLAG_WORDS = {
    "safeguarding": "Possible harm or danger to somebody",
    "threat": "A possible threat",
    "complaint": "A possible complaint",
}
STALE = "Somebody changed this rule after you opened this page. What you typed is still here: save again to put it in."
Page = tuple[str, int] | Response


@blueprint.get("/cases/rules")
def index() -> str:
    names, rules = names_for_rules(), every_rule()
    told = [(rule, sentence(rule, names)) for rule in rules]
    nobody = not any(rule.active and rule.asks.contact for rule in rules)
    return render_template("followups/rules.html", told=told, used=used_rules(), nobody=bool(rules) and nobody)


@blueprint.get("/cases/rules/new")
def new() -> str:
    return page(None, Typed(blank(), {}), names_for_rules())


@blueprint.post("/cases/rules/new")
def add() -> Page:
    return saved(None, lambda written: add_rule(written, current_user.id, now()))


@blueprint.get(ADDRESS)
def edit(number: int) -> str:
    rule = find_rule(number)
    return page(number, Typed(as_form(rule), {}), names_for_rules(), rule.edition)


@blueprint.post(ADDRESS)
def save(number: int) -> Page:
    seen = edition()
    return saved(number, lambda written: change_rule(number, seen, written, current_user.id, now()))


def saved(number: int | None, keep: Callable[[Written], object]) -> Page:
    """Keep what was typed, or show it again with what to put right."""
    names = names_for_rules()
    typed = typed_rule(request.form, names)
    if typed.written is None:
        return page(number, typed, names, edition()), 422
    try:
        with transaction():
            keep(typed.written)
    except SameName as same:
        return page(number, Typed(typed.form, {"name": same.words}), names, edition()), 422
    except Stale:
        return page(number, typed, names, find_rule(number or 0).edition, STALE), 409
    flash(
        "Rule saved. It is tried on new answers from now on, and within the hour on those of the last 60 days.",
        "success",
    )
    return redirect(url_for("case_rules.index"), 303)


@blueprint.post(f"{ADDRESS}/move")
def move(number: int) -> Response:
    with transaction():
        move_rule(number, request.form.get("to") == "up", current_user.id, now())
    return redirect(url_for("case_rules.index", _anchor=f"rule-{number}"), 303)


@blueprint.post(f"{ADDRESS}/switch")
def switch(number: int) -> Response:
    on = request.form.get("to") == "on"
    with transaction():
        switch_rule(number, edition(), on, current_user.id, now())
    flash("The rule is on." if on else "The rule is off. Cases that it opened stay as they are.", "success")
    return redirect(url_for("case_rules.index", _anchor=f"rule-{number}"), 303)


@blueprint.post(f"{ADDRESS}/delete")
def delete(number: int) -> Response:
    with transaction():
        delete_rule(number, edition(), now())
    flash("Rule deleted.", "success")
    return redirect(url_for("case_rules.index"), 303)


def edition() -> int:
    """The edition that the person saw; 0 where the form does not say."""
    typed = request.form.get("edition", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def page(number: int | None, typed: Typed, names: Names, seen: int = 0, refusal: str = "") -> str:
    return render_template(
        "followups/rule.html",
        number=number,
        form=typed.form,
        faults=typed.faults,
        refusal=refusal,
        edition=seen,
        names=names,
        kinds=KIND_WORDS,
        ratings=SATISFACTION_WORDS,
        flags=FLAG_WORDS,
        channels={channel.value: channel.label for channel in Channel},
    )
