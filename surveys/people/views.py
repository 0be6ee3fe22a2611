"""The administrator's pages about people: users, services, and the audit trail."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.people import accounts
from surveys.people.audit import breaks
from surveys.people.audit_reading import read_page, read_wanted
from surveys.people.forms import ServiceForm, UserForm
from surveys.people.passwords import WeakPassword
from surveys.people.roles import Role

users = Blueprint("users", __name__)
services = Blueprint("services", __name__)
audit = Blueprint("audit", __name__)


@users.get("/users")
def index() -> str:
    names = {service.id: service.name for service in accounts.all_services()}
    return render_template("people/users.html", users=accounts.all_users(), service_names=names)


@users.route("/users/new", methods=["GET", "POST"])
def new() -> str | tuple[str, int] | Response:
    form = UserForm()
    form.offer(accounts.all_services(), None)
    if form.validate_on_submit():
        try:
            with transaction():
                accounts.add_user(form.email.data, form.name.data, form.password.data or "", form.wanted_grants())
        except Refused as refusal:
            field = form.password if isinstance(refusal, WeakPassword) else form.email
            field.errors = [refusal.words]
        else:
            flash("User added. Give them the password yourself; they can change it once signed in.", "success")
            if any(role is Role.ASSESSOR for role, _ in form.wanted_grants()):
                flash("They see nothing until you give them a last day and months, under Assessors.", "warning")
            return redirect(url_for("users.index"))
    page = render_template("people/form.html", form=form, title="Add a user", back=url_for("users.index"))
    return (page, 422) if request.method == "POST" else page


@users.route("/users/<int:user_id>", methods=["GET", "POST"])
def edit(user_id: int) -> str | tuple[str, int] | Response:
    user = accounts.find_user(user_id)
    form = UserForm()
    form.offer(accounts.all_services(), user)
    form.email.render_kw = {"readonly": True}
    form.password.description = "Leave empty to keep the present one."
    if form.validate_on_submit():
        try:
            with transaction():
                user = accounts.find_user(user_id)
                accounts.change_user(user, form.name.data, form.active.data, form.wanted_grants())
                if form.password.data:
                    accounts.set_password(user, form.password.data)
        except Refused as refusal:
            field = form.password if isinstance(refusal, WeakPassword) else form.grants
            field.errors = [refusal.words]
        else:
            flash("User saved.", "success")
            return redirect(url_for("users.index"))
    page = render_template("people/form.html", form=form, title="Change a user", back=url_for("users.index"))
    return (page, 422) if request.method == "POST" else page


@services.get("/services")
def list_services() -> str:
    return render_template("people/services.html", services=accounts.all_services())


@services.route("/services/new", methods=["GET", "POST"])
def add() -> str | tuple[str, int] | Response:
    form = ServiceForm()
    if form.validate_on_submit():
        try:
            with transaction():
                accounts.add_service(form.slug.data, form.name.data, form.area.data or "")
        except Refused as refusal:
            form.slug.errors = [refusal.words]
        else:
            flash("Service added.", "success")
            return redirect(url_for("services.list_services"))
    back = url_for("services.list_services")
    page = render_template("people/form.html", form=form, title="Add a service", back=back)
    return (page, 422) if request.method == "POST" else page


@services.route("/services/<int:service_id>", methods=["GET", "POST"])
def change(service_id: int) -> str | tuple[str, int] | Response:
    service = accounts.find_service(service_id)
    form = ServiceForm(obj=service)
    form.slug.render_kw = {"readonly": True}
    if form.validate_on_submit():
        with transaction():
            service = accounts.find_service(service_id)
            accounts.change_service(service, form.name.data, form.area.data or "", form.active.data)
        flash("Service saved.", "success")
        return redirect(url_for("services.list_services"))
    back = url_for("services.list_services")
    page = render_template("people/form.html", form=form, title="Change a service", back=back)
    return (page, 422) if request.method == "POST" else page


@audit.get("/audit")
def trail() -> str:
    wanted = read_wanted(request.args)
    return render_template("people/audit.html", page=read_page(wanted), wanted=wanted)


@audit.get("/audit/check")
def check() -> str:
    return render_template("people/audit_check.html", breaks=list(breaks())[:100])
