"""Loading the totals that telephony or another system counted; a file goes in whole, or its faults come back."""

import tempfile
from pathlib import Path

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Refused, TooLarge
from surveys.core.settings import Settings
from surveys.rates.forms import TotalsForm
from surveys.rates.totals import Fault, FaultyTotals, LoadedTotals, load_totals

blueprint = Blueprint("totals", __name__)


@blueprint.get("/rates/totals")
def show() -> str:
    return page_of(TotalsForm(), [])


@blueprint.post("/rates/totals")
def load() -> tuple[str, int] | AnyResponse:
    form, faults = TotalsForm(), list[Fault]()
    if form.validate():
        try:
            loaded = store(form.file.data, form.source.data)
        except Refused as refusal:
            form.file.errors = [refusal.words]
            faults = refusal.faults if isinstance(refusal, FaultyTotals) else []
        else:
            flash(
                f"{loaded.rows:,} totals loaded; {loaded.replaced:,} of them took the place of older ones.", "success"
            )
            return redirect(url_for("coverage.show"), 303)
    return page_of(form, faults), 422


def page_of(form: TotalsForm, faults: list[Fault]) -> str:
    rows = [(fault.line, fault.column, fault.words) for fault in faults]
    return render_template("dashboards/totals.html", form=form, faults=rows)


def store(upload: FileStorage, source: str) -> LoadedTotals:
    settings: Settings = current_app.extensions["settings"]
    with tempfile.NamedTemporaryFile(prefix="fairly-totals-") as file:
        upload.save(file)
        if file.tell() > settings.import_max_mb * 1_000_000:
            raise TooLarge(f"The file is larger than {settings.import_max_mb} MB. Export a shorter period.")
        file.flush()
        with transaction():
            return load_totals(Path(file.name), source, current_user.id, now())
