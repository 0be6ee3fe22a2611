"""Evidence packs: what there is, asking for one, watching it being made, and taking it away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.evidence.files.models import WorkState
from surveys.evidence.files.stored import download, find_file
from surveys.evidence.packs.asking import ask_for_pack
from surveys.evidence.packs.forms import PackForm
from surveys.evidence.packs.granted import granted_pack, granted_packs
from surveys.evidence.seals.signing import fingerprint, public_key
from surveys.people.audit import record

blueprint = Blueprint("evidence", __name__)
making = Blueprint("evidence_making", __name__)
UNDER_WAY = (WorkState.QUEUED, WorkState.RUNNING)


@blueprint.get("/evidence")
def index() -> str:
    return render_template("evidence/index.html", packs=granted_packs(), key=fingerprint(public_key()))


@making.route("/evidence/new", methods=["GET", "POST"])
def add() -> str | tuple[str, int] | AnyResponse:
    form = PackForm()
    if form.validate_on_submit():
        try:
            with transaction():
                number = ask_for_pack(*form.months(), current_user.id, now()).id
        except Refused as refusal:
            form.last.errors = [refusal.words]
        else:
            flash("The pack is being made. You can leave this page.", "success")
            return redirect(url_for("evidence.show", number=number), 303)
    page = render_template("people/form.html", form=form, title="Make an evidence pack", back=url_for("evidence.index"))
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/evidence/<int:number>")
def show(number: int) -> str:
    pack = granted_pack(number)
    made = find_file(pack.file_id) if pack.state is WorkState.DONE else None
    return render_template("evidence/pack.html", pack=pack, made=made, running=pack.state in UNDER_WAY)


@blueprint.get("/evidence/<int:number>/progress")
def progress(number: int) -> dict[str, object]:
    """For the page's script, which asks now and then."""
    pack = granted_pack(number)
    words = pack.step or "Waiting for a worker"
    return {"progress": pack.progress, "words": words, "running": pack.state in UNDER_WAY}


@blueprint.post("/evidence/<int:number>/download")
def take(number: int) -> AnyResponse:
    """A POST, since each download is written into the audit trail."""
    made = find_file(granted_pack(number).file_id)
    with transaction():
        record("evidence pack downloaded", f"pack:{number}", sha256=made.sha256)
    return download(find_file(granted_pack(number).file_id))
