"""/results: published figures for everybody, without a script and without a cookie; and the files they come from."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from surveys.core.compression import compress
from surveys.core.public import addresses, chosen_language, may_be_found, page_for_all
from surveys.core.refusals import NotFound
from surveys.evidence.files.stored import download, find_file
from surveys.evidence.publishing.files import FOLDER, LICENCE_URL
from surveys.evidence.publishing.page import rate_in, row_of, service_page, services_of
from surveys.evidence.publishing.publications import file_of, newest_issues, revised_since, versions, within_archive
from surveys.evidence.publishing.published import Issue
from surveys.evidence.publishing.quarters import Quarter
from surveys.evidence.publishing.wording import ALL_WORDS, LANGUAGES, day_in, quarter_in
from surveys.followups.you_said.wording import language_of_words
from surveys.questionnaires.languages import DEFAULT
from surveys.questionnaires.languages import LANGUAGES as NAMED

blueprint = Blueprint("results", __name__)
blueprint.after_request(compress)
# A version never changes: a day is only for what must be taken down by law.
KEPT = "public, max-age=86400"
KINDS = {".csv": "text/csv", ".csv-metadata.json": "application/csvm+json"}
PACKAGE = "datapackage.json"


@blueprint.get("/results")
def index() -> Response:
    language = chosen_language(LANGUAGES, DEFAULT)
    services = [
        (slug, issue.figures.names[slug], row_of("", rate_in(issue.figures, slug), language), issue.quarter)
        for slug, issue in services_of(newest_issues()).items()
    ]
    page = render_template("results/index.html", services=services, versions=versions(), **worded(language))
    return page_for_all(page)


@blueprint.get("/results/<slug>")
def of_service(slug: str) -> Response:
    return page_for_all(shown(slug, newest_issues()))


def shown(slug: str, issues: list[Issue], preview: str = "") -> str:
    """The page of a service; preview: where staff go back to from a draft of it."""
    language = chosen_language(LANGUAGES, DEFAULT)
    page = service_page(slug, issues, language)
    if page is None:
        raise NotFound("Nothing is published about this service. Check the address.")
    since, quarter = page.issue.published_at, page.issue.quarter
    return render_template(
        "results/service.html",
        page=page,
        preview=preview,
        revised_since=revised_since(quarter, since) if since else 0,
        versions=[one for one in versions() if one.quarter == quarter and since],
        **worded(language),
    )


def worded(language: str) -> dict[str, Any]:
    """What the templates need to speak a language, and to lead to pages in it."""
    return {
        "w": ALL_WORDS[language],
        "lang": language,
        "direction": NAMED[language].direction,
        "languages": [NAMED[code] for code in LANGUAGES],
        "lang_query": f"?lang={language}" if request.args.get("lang") else "",
        "at": addresses(language, LANGUAGES, DEFAULT),
        "quarter_in": partial(quarter_in, language),
        "day_in": partial(day_in, language),
        "language_of": language_of_words,
        "licence_url": LICENCE_URL,
    }


@blueprint.get("/results/data/<quarter>/<int:version>.zip")
def archive(quarter: str, version: int) -> Response:
    response = may_be_found(download(find_file(file_of(quarter_of(quarter), version))))
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
    response = may_be_found(make_response(within_archive(file_of(quarter_of(quarter), version), path)))
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Cache-Control"] = KEPT
    return response


def quarter_of(code: str) -> Quarter:
    try:
        return Quarter.read(code)
    except ValueError as fault:
        raise NotFound("There is no such quarter. Check the address.") from fault
