"""/publications: quarters and where they stand, each worked out, looked through as everybody will see it, published."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import NotFound, Refused
from surveys.evidence.files.models import WorkState
from surveys.evidence.publishing.drafts import UNDER_WAY, ask_for_draft, draft_in, draft_states, publish_draft, row_of
from surveys.evidence.publishing.forms import PublishForm
from surveys.evidence.publishing.public_views import quarter_of, shown
from surveys.evidence.publishing.publications import newest_issues, standings, versions
from surveys.evidence.publishing.publish import check_ready, has_moved
from surveys.evidence.publishing.quarters import Quarter
from surveys.evidence.publishing.tables import publication_tables

blueprint = Blueprint("publications", __name__)


@blueprint.get("/publications")
def index() -> str:
    quarters = {"standings": standings(now()), "drafts": draft_states()}
    return render_template("evidence/publications.html", versions=versions(), **quarters)


@blueprint.get("/publications/<code>")
def one(code: str) -> str:
    return page_of(quarter_of(code), PublishForm())


@blueprint.post("/publications/<code>")
def keep(code: str) -> tuple[str, int] | AnyResponse:
    quarter, form = quarter_of(code), PublishForm()
    if form.validate_on_submit():
        try:
            with transaction():
                why = (form.why.data or "").strip() or None
                settings = current_app.extensions["settings"]
                publish_draft(quarter, form.seen.data or "", why, settings, current_user.id, now())
        except Refused as refusal:
            form.why.errors = [refusal.words]
        else:
            flash(f"{quarter.label} is published.", "success")
            return redirect(url_for("publications.index"), 303)
    return page_of(quarter, form), 422


def page_of(quarter: Quarter, form: PublishForm) -> str:
    """How far the next version is; or, once it is worked out, all that is in it."""
    check_ready(quarter, now())
    row = row_of(quarter)
    if row is None or row.state is not WorkState.DONE:
        running = row is not None and row.state in UNDER_WAY
        return render_template("evidence/draft.html", quarter=quarter, row=row, running=running, form=form)
    draft = draft_in(row)
    form.seen.data = draft.issue.figures.digest
    tables, moved = publication_tables(draft.issue.figures), has_moved(draft)
    return render_template("evidence/publication.html", draft=draft, row=row, form=form, tables=tables, moved=moved)


@blueprint.post("/publications/draft/<code>")
def work_out(code: str) -> AnyResponse:
    with transaction():
        ask_for_draft(quarter_of(code), current_user.id, now())
    return redirect(url_for("publications.one", code=code), 303)


@blueprint.get("/publications/progress/<code>")
def progress(code: str) -> dict[str, object]:
    """For the page's script, which asks now and then."""
    row = row_of(quarter_of(code))
    return {"words": "Being worked out", "running": row is not None and row.state in UNDER_WAY}


@blueprint.get("/publications/<code>/<slug>")
def preview(code: str, slug: str) -> str:
    """The page of a service exactly as everybody would see it."""
    quarter = quarter_of(code)
    row = row_of(quarter)
    if row is None or row.state is not WorkState.DONE:
        raise NotFound("The figures of this quarter are not worked out yet.")
    others = [issue for issue in newest_issues() if issue.quarter < quarter]
    return shown(slug, [draft_in(row).issue, *others], preview=url_for("publications.one", code=code))
