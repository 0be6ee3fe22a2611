"""/results: published figures for everybody, without a script and without a cookie; and the files they come from."""

from flask import Blueprint, Response, make_response, render_template, request

from surveys.core.compression import compress
from surveys.core.refusals import NotFound
from surveys.evidence.publications import file_of, newest_issues, revised_since, versions, within_archive
from surveys.evidence.published import Issue
from surveys.evidence.publishing_files import FOLDER, LICENCE_URL
from surveys.evidence.quarters import Quarter
from surveys.evidence.results_page import rate_in, row_of, service_page, services_of
from surveys.evidence.stored import download, find_file

blueprint = Blueprint("results", __name__)
blueprint.after_request(compress)
# A version never changes: a day is only for what must be taken down by law.
KEPT = "public, max-age=86400"
KINDS = {".csv": "text/csv", ".csv-metadata.json": "application/csvm+json"}
PACKAGE = "datapackage.json"


@blueprint.get("/results")
def index() -> Response:
    services = [
        (slug, issue.figures.names[slug], row_of("", rate_in(issue.figures, slug)), issue.quarter)
        for slug, issue in services_of(newest_issues()).items()
    ]
    return kept(render_template("results/index.html", services=services, versions=versions(), licence_url=LICENCE_URL))


@blueprint.get("/results/<slug>")
def of_service(slug: str) -> Response:
    return kept(shown(slug, newest_issues()))


def shown(slug: str, issues: list[Issue], preview: str = "") -> str:
    """The page of a service; preview: where staff go back to from a draft of it."""
    page = service_page(slug, issues)
    if page is None:
        raise NotFound("Nothing is published about this service. Check the address.")
    since, quarter = page.issue.published_at, page.issue.quarter
    return render_template(
        "results/service.html",
        page=page,
        preview=preview,
        revised_since=revised_since(quarter, since) if since else 0,
        versions=[one for one in versions() if one.quarter == quarter and since],
        licence_url=LICENCE_URL,
    )


def kept(body: str) -> Response:
    """Kept by browsers and caches, which ask each time whether it is still the same."""
    response = make_response(body)
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag(weak=True)
    response.make_conditional(request)
    return response


@blueprint.get("/results/data/<quarter>/<int:version>.zip")
def archive(quarter: str, version: int) -> Response:
    response = download(find_file(file_of(quarter_of(quarter), version)))
    response.headers["Cache-Control"] = KEPT
    return response


@blueprint.get("/results/data/<quarter>/<int:version>/<name>")
def one_file(quarter: str, version: int, name: str) -> Response:
    """A table of a version or what describes it: the bytes that are in its archive."""
    stem, dot, ending = name.partition(".")
    kind = "application/json" if name == PACKAGE else KINDS.get(dot + ending, "")
    if not kind:
        raise NotFound("There is no such file in this version. Check the address.")
    path = name if name == PACKAGE else f"{FOLDER}/{stem}{dot}{ending}"
    response = make_response(within_archive(file_of(quarter_of(quarter), version), path))
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Cache-Control"] = KEPT
    return response


def quarter_of(code: str) -> Quarter:
    try:
        return Quarter.read(code)
    except ValueError as fault:
        raise NotFound("There is no such quarter. Check the address.") from fault
