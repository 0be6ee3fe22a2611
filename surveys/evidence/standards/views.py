"""/evidence/standards: for administrators, what is offered for each element of a standard, and in which words."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from surveys.core.clock import now
from surveys.core.db import transaction
from surveys.core.refusals import Conflict, Refused
from surveys.evidence.standards.changes import Stale, add, delete, save
from surveys.evidence.standards.elements import STRENGTHS
from surveys.evidence.standards.files import FaultyFile, file_of, load_file, ours_of
from surveys.evidence.standards.forms import Form, Typed, Written, as_form, typed_element
from surveys.evidence.standards.offers import TABLES, offerable
from surveys.evidence.standards.reading import built_in, find_standard, read_standards

blueprint = Blueprint("standards", __name__)
ADDRESS = "/evidence/standards/<standard>"
STALE = (
    "Somebody changed this element after you opened this page. What you typed is still here: save again to put it in."
)
Page = tuple[str, int] | AnyResponse


@blueprint.get("/evidence/standards")
def index() -> str:
    return render_template("evidence/standards.html", standards=read_standards(), faults=[], refusal="")


@blueprint.get(ADDRESS)
def show(standard: str) -> str:
    return render_template("evidence/standard.html", standard=find_standard(standard), strengths=STRENGTHS)


@blueprint.get(f"{ADDRESS}/file")
def file(standard: str) -> Response:
    content = file_of(find_standard(standard))
    response = Response(content, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{standard.replace(" ", "-")}.json"'
    return response


@blueprint.post("/evidence/load-standard")
def load() -> Page:
    try:
        text = chosen_file()
        with transaction():
            standard, changed = load_file(text, current_user.id, now())
    except Refused as refusal:
        faults = refusal.faults if isinstance(refusal, FaultyFile) else []
        page = render_template(
            "evidence/standards.html", standards=read_standards(), faults=faults, refusal=refusal.words
        )
        return page, 422
    flash(f"The file is in force: {changed} elements changed.", "success")
    return redirect(url_for("standards.show", standard=standard), 303)


def chosen_file() -> str:
    """Raises Refused where there is none, or where it is no text."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Refused("Choose a JSON file.")
    try:
        text: str = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused("This is no text file in UTF-8. Save it as UTF-8 and choose it again.") from wrong
    return text


@blueprint.get("/evidence/add-element")
def new() -> str:
    asked = Form({"standard": request.args.get("standard", ""), "strength": "supports"})
    return page_of(None, None, Typed(asked, {}))


@blueprint.post("/evidence/add-element")
def add_new() -> Page:
    return saved(None, None, lambda written: add(written, current_user.id, now()))


@blueprint.get(f"{ADDRESS}/<code>")
def edit(standard: str, code: str) -> str:
    element = find_standard(standard).element(code)
    return page_of(standard, code, Typed(as_form(element), {}), element.edition)


@blueprint.post(f"{ADDRESS}/<code>")
def keep(standard: str, code: str) -> Page:
    find_standard(standard).element(code)
    seen = edition()
    return saved(standard, code, lambda written: save(written, seen, current_user.id, now()))


@blueprint.post(f"{ADDRESS}/<code>/delete")
def take_back(standard: str, code: str) -> AnyResponse:
    with transaction():
        delete(standard, code, edition(), now())
    flash("What you said of this element was taken back.", "success")
    left = any(one.code == standard for one in read_standards())
    return redirect(url_for("standards.show", standard=standard) if left else url_for("standards.index"), 303)


def saved(standard: str | None, code: str | None, keep: Callable[[Written], None]) -> Page:
    """Keep what was typed, or show it again with what to put right."""
    form = request.form.copy()
    if standard is not None and code is not None:
        form["standard"], form["code"] = standard, code
    typed = typed_element(form, ours_of(standard or "", code or ""))
    if typed.written is None:
        return page_of(standard, code, typed, edition()), 422
    try:
        with transaction():
            keep(typed.written)
    except Stale:
        newest = find_standard(standard or "").element(code or "").edition
        return page_of(standard, code, typed, newest, STALE), 409
    except Conflict as same:
        return page_of(standard, code, Typed(form, {"code": same.words}), edition()), 422
    flash("Saved. The next pack that is made has it.", "success")
    return redirect(url_for("standards.show", standard=typed.written.standard), 303)


def edition() -> int:
    """The edition that the person saw; 0 where the form does not say."""
    typed = request.form.get("edition", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def page_of(standard: str | None, code: str | None, typed: Typed, seen: int = 0, refusal: str = "") -> str:
    return render_template(
        "evidence/element.html",
        standard=standard,
        code=code,
        name=built_in()[standard].name if standard and standard in built_in() else standard,
        ours=ours_of(standard or "", code or ""),
        form=typed.form,
        faults=typed.faults,
        refusal=refusal,
        edition=seen,
        strengths={strength.value: words for strength, words in STRENGTHS.items()},
        offerable=offerable(),
        tables=tuple(TABLES),
    )
