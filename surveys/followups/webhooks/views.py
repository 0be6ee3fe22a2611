"""/webhooks: the other systems that are told of cases, for administrators."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import NotFound
from surveys.core.row_numbers import row_number
from surveys.core.settings import Settings
from surveys.followups.webhooks import admin
from surveys.followups.webhooks.forms import EVENT_WORDS, Typed, read_typed, typed_of
from surveys.followups.webhooks.signing import secrets_in
from surveys.followups.webhooks.wire import look_up

blueprint = Blueprint("webhooks", __name__)


@blueprint.get("/webhooks")
def index() -> str:
    return render_template("followups/webhooks.html", found=admin.all_webhooks(), events=EVENT_WORDS)


@blueprint.get("/webhooks/new")
def new() -> str:
    return form_page(Typed())


@blueprint.post("/webhooks/new")
def add() -> tuple[str, int]:
    """The page that answers is the only one that ever shows the secret, so it is no redirect."""
    typed = read_typed(request.form, request.form.getlist("events"))
    try:
        checked(typed)
        with transaction():
            webhook = admin.add_webhook(typed.name, typed.url, typed.events, current_user.id, now())
            number, secret = webhook.id, secrets_in(webhook.secret)[0]
    except admin.BadField as refusal:
        return form_page(typed, refusal), 422
    return secret_page(number, secret), 201


def checked(typed: Typed) -> None:
    settings: Settings = current_app.extensions["settings"]
    typed.check()
    resolve = current_app.extensions.get("resolve", look_up)
    admin.check_address(typed.url, not settings.production, resolve)


@blueprint.get("/webhooks/<int:number>")
def show(number: int) -> str:
    deliveries = admin.deliveries_of(number, before())
    webhook = admin.find_webhook(number)
    return render_template(
        "followups/webhook.html",
        webhook=webhook,
        events=EVENT_WORDS,
        has_old_secret=admin.has_old_secret(webhook),
        deliveries=deliveries,
        older=deliveries[-1].id if len(deliveries) == admin.AT_ONCE else None,
    )


def before() -> int | None:
    try:
        return row_number(request.args["before"]) if "before" in request.args else None
    except ValueError as fault:
        raise NotFound("There is no such page.") from fault


@blueprint.get("/webhooks/<int:number>/change")
def edit(number: int) -> str:
    return form_page(typed_of(admin.find_webhook(number)), number=number)


@blueprint.post("/webhooks/<int:number>/change")
def change(number: int) -> tuple[str, int] | Response:
    typed = read_typed(request.form, request.form.getlist("events"))
    try:
        checked(typed)
        with transaction():
            admin.change_webhook(number, typed.name, typed.url, typed.events)
    except admin.BadField as refusal:
        return form_page(typed, refusal, number), 422
    return done(number, "Webhook saved.")


@blueprint.post("/webhooks/<int:number>/test")
def test(number: int) -> Response:
    with transaction():
        admin.send_test(number, now())
    return done(number, "A test message is on its way. Open this page again in a minute to see what came of it.")


@blueprint.post("/webhooks/<int:number>/secret")
def new_secret(number: int) -> tuple[str, int]:
    """As with a new webhook, no other page ever shows it."""
    with transaction():
        secret = admin.rotate_secret(number)
    return secret_page(number, secret), 201


@blueprint.post("/webhooks/<int:number>/old-secret")
def retire(number: int) -> Response:
    with transaction():
        admin.retire_old_secret(number)
    return done(number, "Only the new secret signs from now on.")


@blueprint.post("/webhooks/<int:number>/switch")
def switch(number: int) -> Response:
    on = request.form.get("to") == "on"
    with transaction():
        admin.switch(number, on)
    return done(number, "Switched on." if on else "Switched off. Nothing is sent to it.")


@blueprint.post("/webhooks/<int:number>/delete")
def delete(number: int) -> Response:
    with transaction():
        admin.delete_webhook(number)
    flash("Webhook deleted, with all messages to it.", "success")
    return redirect(url_for("webhooks.index"), 303)


@blueprint.post("/webhooks/<int:number>/deliveries/<int:delivery>/again")
def again(number: int, delivery: int) -> Response:
    with transaction():
        admin.try_again(number, delivery, now())
    return done(number, "The message is sent again.")


def done(number: int, words: str) -> Response:
    flash(words, "success")
    return redirect(url_for("webhooks.show", number=number), 303)


def form_page(typed: Typed, refusal: admin.BadField | None = None, number: int | None = None) -> str:
    return render_template(
        "followups/webhook_form.html",
        typed=typed,
        number=number,
        events=EVENT_WORDS,
        error=refusal.words if refusal else "",
        error_field=refusal.field if refusal else "",
    )


def secret_page(number: int, secret: str) -> str:
    return render_template("followups/webhook_secret.html", number=number, secret=secret)
