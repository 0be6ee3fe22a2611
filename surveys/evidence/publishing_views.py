"""/publications: the quarters and where they stand, each looked through as everybody will see it, then published."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Refused
from surveys.evidence.forms import PublishForm
from surveys.evidence.publications import newest_issues, standings, versions
from surveys.evidence.publishing import draft_of, publish
from surveys.evidence.publishing_hidden import hidden_of
from surveys.evidence.publishing_tables import publication_tables
from surveys.evidence.results_views import quarter_of, shown

blueprint = Blueprint("publications", __name__)


@blueprint.get("/publications")
def index() -> str:
    return render_template("evidence/publications.html", standings=standings(now()), versions=versions())


@blueprint.route("/publications/<code>", methods=["GET", "POST"])
def one(code: str) -> str | tuple[str, int] | AnyResponse:
    """Read long, write once: the draft is made with no transaction open."""
    draft, form = draft_of(quarter_of(code), now()), PublishForm()
    if form.validate_on_submit():
        try:
            with transaction():
                why = (form.why.data or "").strip() or None
                settings = current_app.extensions["settings"]
                publish(draft, form.seen.data or "", why, settings, current_user.id, now())
        except Refused as refusal:
            form.why.errors = [refusal.words]
        else:
            flash(f"{draft.quarter.label} is published.", "success")
            return redirect(url_for("publications.index"), 303)
    form.seen.data = draft.issue.figures.digest
    tables, hidden = publication_tables(draft.issue.figures), hidden_of(draft)
    page = render_template("evidence/publication.html", draft=draft, form=form, tables=tables, hidden=hidden)
    return (page, 422) if request.method == "POST" else page


@blueprint.get("/publications/<code>/<slug>")
def preview(code: str, slug: str) -> str:
    """The page of a service exactly as everybody would see it."""
    draft = draft_of(quarter_of(code), now())
    others = [issue for issue in newest_issues() if issue.quarter < draft.quarter]
    return shown(slug, [draft.issue, *others], preview=url_for("publications.one", code=code))
