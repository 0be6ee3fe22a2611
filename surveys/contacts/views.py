"""Contact files: upload, say which column is which, watch the load, take the faults home."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from surveys.contacts.forms import MappingForm, UploadForm
from surveys.contacts.intake import faults_of, map_columns, upload
from surveys.contacts.models import BatchState, ImportBatch
from surveys.core.csv_out import csv_response
from surveys.core.db import db, transaction
from surveys.core.refusals import NotFound, Refused, TooLarge
from surveys.core.settings import Settings

blueprint = Blueprint("contacts", __name__)
SHOWN_FAULTS = 50
SHOWN_BATCHES = 50


@blueprint.get("/contacts")
def index() -> str:
    batches = db.session.scalars(sa.select(ImportBatch).order_by(ImportBatch.id.desc()).limit(SHOWN_BATCHES)).all()
    return render_template("contacts/index.html", batches=batches, form=UploadForm())


@blueprint.post("/contacts")
def receive() -> tuple[str, int] | AnyResponse:
    form = UploadForm()
    if form.validate():
        try:
            batch_id = store(form.file.data, form.source.data or "", form.make_services.data)
        except Refused as refusal:
            form.file.errors = [refusal.words]
        else:
            return redirect(url_for("contacts.show", batch_id=batch_id), 303)
    batches: Sequence[ImportBatch] = []
    return render_template("contacts/index.html", batches=batches, form=form), 422


def store(upload_: FileStorage, source: str, make_services: bool) -> int:
    """Put the upload on disk, then in the database in one transaction."""
    settings: Settings = current_app.extensions["settings"]
    with tempfile.NamedTemporaryFile(prefix="fairly-upload-") as file:
        upload_.save(file)
        if file.tell() > settings.import_max_mb * 1_000_000:
            raise TooLarge(f"The file is larger than {settings.import_max_mb} MB. Export a shorter period.")
        file.flush()
        with transaction():
            return upload(Path(file.name), upload_.filename or "", source, make_services).id


def find(batch_id: int) -> ImportBatch:
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFound("There is no such file.")
    return batch


@blueprint.get("/contacts/files/<int:batch_id>")
def show(batch_id: int) -> str:
    batch = find(batch_id)
    if batch.state is BatchState.MAPPING:
        form = MappingForm()
        form.offer(batch.mapping["header"], batch.mapping["columns"])
        return render_template("contacts/mapping.html", batch=batch, form=form)
    faults = list(faults_of(batch_id, SHOWN_FAULTS)) if batch.rejected else []
    running = batch.state in (BatchState.QUEUED, BatchState.READING)
    return render_template("contacts/batch.html", batch=batch, faults=faults, running=running)


@blueprint.post("/contacts/files/<int:batch_id>")
def choose_columns(batch_id: int) -> tuple[str, int] | AnyResponse:
    batch = find(batch_id)
    form = MappingForm()
    form.offer(batch.mapping["header"], batch.mapping["columns"])
    if form.validate():
        try:
            with transaction():
                map_columns(batch_id, form.chosen())
        except Refused as refusal:
            flash(refusal.words, "danger")
        else:
            return redirect(url_for("contacts.show", batch_id=batch_id), 303)
    return render_template("contacts/mapping.html", batch=find(batch_id), form=form), 422


@blueprint.get("/contacts/files/<int:batch_id>/faults.csv")
def faults(batch_id: int) -> Response:
    batch = find(batch_id)
    name = f"faults-{batch.id}.csv"
    return csv_response(name, ("line", "column", "what to do"), faults_of(batch_id))


@blueprint.get("/contacts/files/<int:batch_id>/progress")
def progress(batch_id: int) -> dict[str, object]:
    """For the page's own script; without a script the page reloads itself."""
    batch = find(batch_id)
    return {"state": batch.state.value, "progress": batch.progress}
