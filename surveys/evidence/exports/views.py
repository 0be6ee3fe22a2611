"""/exports: what somebody asked for, asking for more, watching it being made, and taking it away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from surveys.contacts.models import Channel
from surveys.core.clock import now, today
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.evidence.exports.asking import (
    KEPT,
    UNDER_WAY,
    Grants,
    ask_for_export,
    exports_of,
    facts_of,
    file_of,
    find_export,
    subject_of,
)
from surveys.evidence.exports.forms import FORMS, KINDS, Typed, blank, typed_export
from surveys.evidence.exports.models import Export
from surveys.evidence.exports.rows import Asked
from surveys.evidence.files.stored import download
from surveys.people.accounts import all_services
from surveys.people.audit import record
from surveys.people.guards import services_allowed
from surveys.people.roles import Permission

blueprint = Blueprint("exports", __name__)


def granted() -> Grants:
    return Grants(services_allowed(Permission.EXPORT), services_allowed(Permission.READ_COMMENTS))


def offered() -> dict[int, str]:
    """The services that may be chosen, by number."""
    rows = granted().rows
    return {service.id: service.name for service in all_services() if rows is None or service.id in rows}


def found(number: int) -> Export:
    return find_export(number, current_user.id, granted())


@blueprint.get("/exports")
def index() -> str:
    exports = exports_of(current_user.id)
    facts = facts_of([export.id for export in exports])
    asked = {export.id: Asked.read(export.asked) for export in exports}
    return render_template("evidence/exports.html", exports=exports, facts=facts, asked=asked, kept=KEPT.days)


@blueprint.get("/exports/new")
def new() -> str:
    return form_page(Typed(blank(today()), {}))


@blueprint.post("/exports/new")
def add() -> tuple[str, int] | AnyResponse:
    typed = typed_export(request.form, offered())
    if typed.wanted is None:
        return form_page(typed), 422
    kind, form, asked = typed.wanted.kind, typed.wanted.form, typed.wanted.asked
    try:
        with transaction():
            number = ask_for_export(kind, form, asked, granted(), current_user.id, now()).id
    except Refused as refusal:
        return form_page(typed, refusal.words), 422
    flash("The file is being made. You can leave this page.", "success")
    return redirect(url_for("exports.show", number=number), 303)


def form_page(typed: Typed, refusal: str = "") -> str:
    return render_template(
        "evidence/export_new.html",
        form=typed.form,
        faults=typed.faults,
        refusal=refusal,
        kinds=KINDS,
        forms=FORMS,
        services=offered(),
        channels={channel.value: channel.label for channel in Channel},
        comments=granted().comments != frozenset(),
    )


@blueprint.get("/exports/<int:number>")
def show(number: int) -> str:
    export = found(number)
    services = {service.id: service.name for service in all_services()}
    return render_template(
        "evidence/export.html",
        export=export,
        asked=Asked.read(export.asked),
        services=services,
        facts=facts_of([number]).get(number),
        running=export.state in UNDER_WAY,
        kept=KEPT,
    )


@blueprint.get("/exports/<int:number>/progress")
def progress(number: int) -> dict[str, object]:
    """For the page's script, which asks now and then."""
    return {"words": "Being made", "running": found(number).state in UNDER_WAY}


@blueprint.post("/exports/<int:number>/download")
def take(number: int) -> AnyResponse:
    """A POST, since each download is written into the audit trail."""
    with transaction():
        export = found(number)
        record("export downloaded", subject_of(export), sha256=file_of(export).sha256)
    return download(file_of(found(number)))
