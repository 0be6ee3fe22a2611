"""The door to the console: sign in, sign out, change one's own password."""

from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from surveys.core.clock import now
from surveys.core.db import db, transaction
from surveys.people.accounts import set_password
from surveys.people.assessors import ended, ended_words
from surveys.people.audit import record
from surveys.people.forms import PasswordForm, SignInForm
from surveys.people.models import User
from surveys.people.passwords import WeakPassword, forget_failures, note_failure, password_fits, refuse_guessing
from surveys.people.sessions import begin_session, end_session

blueprint = Blueprint("sign_in", __name__)
account = Blueprint("account", __name__)


@blueprint.get("/sign-in")
def show() -> str | Response:
    if current_user.is_authenticated:
        return redirect("/")
    return render_template("people/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
def sign_in() -> tuple[str, int] | Response:
    form = SignInForm()
    if form.validate():
        user = try_sign_in(form.email.data.strip().lower(), form.password.data)
        over = ended(user) if user else None
        if user is not None and over is None:
            begin_session(user, now())
            return redirect(own_address(request.args.get("next", "/")))
        wrong = "Email address or password is not right. Check both and try again."
        form.password.errors = [ended_words(over) if over else wrong]
    return render_template("people/sign_in.html", form=form), 422


def try_sign_in(email: str, password: str) -> User | None:
    """The user whose password this is, or None; a failure is kept and counts towards the brake.

    An assessor whose access is over gets no session: only who knows the password is told so.

    The slow check comes before the transaction: nobody else's answer waits for it.
    """
    caller = request.remote_addr or ""
    refuse_guessing(email, caller)
    known = db.session.execute(
        sa.select(User.id, User.password_hash).where(User.email == email, User.active)
    ).one_or_none()
    fits = password_fits(known.password_hash if known else None, password)
    with transaction():
        if known is None or not fits:
            note_failure(email, caller)
            return None
        forget_failures(email)
        user = db.session.get_one(User, known.id)
        if ended(user):
            record("sign-in refused", f"user:{user.id}", actor=f"user:{user.id}", reason="access ended")
            return user
        user.last_seen_at = now()
        record("signed in", f"user:{user.id}", actor=f"user:{user.id}")
        return user


def own_address(wanted: str) -> str:
    """Only a path of this site may follow a sign-in."""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    plain = not parts.scheme and not parts.netloc and wanted.startswith("/")
    return wanted if plain and not wanted.startswith(("//", "/\\")) and "\\" not in wanted else "/"


@account.post("/sign-out")
def sign_out() -> Response:
    with transaction():
        record("signed out", f"user:{current_user.id}")
    end_session()
    return redirect(url_for("sign_in.show"))


@account.get("/account")
def own() -> str:
    return render_template("people/account.html", form=PasswordForm())


@account.post("/account")
def change_own_password() -> tuple[str, int] | Response:
    form = PasswordForm()
    if form.validate():
        try:
            with transaction():
                changed = change_password(form.current.data, form.new.data)
        except WeakPassword as weak:
            form.new.errors = [weak.words]
        else:
            if changed:
                begin_session(db.session.get_one(User, current_user.id), now())
                flash("Password changed. Your other sessions have ended.", "success")
                return redirect(url_for("account.own"))
            form.current.errors = ["Current password is not right. Check it and try again."]
    return render_template("people/account.html", form=form), 422


def change_password(current: str, new: str) -> bool:
    """Whether it was changed. A wrong current password is kept as a failure and counts towards the brake."""
    user = db.session.get_one(User, current_user.id)
    caller = request.remote_addr or ""
    refuse_guessing(user.email, caller)
    if not password_fits(user.password_hash, current):
        note_failure(user.email, caller)
        return False
    set_password(user, new)
    return True
