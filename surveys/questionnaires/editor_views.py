"""For administrators: new questionnaires, and the draft of each with its faults, differences and publication."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.core.db import lock, transaction
from surveys.core.refusals import Refused
from surveys.questionnaires.arranging import moved, without
from surveys.questionnaires.difference import difference, driver_in_words, title_of
from surveys.questionnaires.drafts import (
    Stale,
    begin_draft,
    change_draft,
    discard_draft,
    draft_of,
    find_draft,
    make_questionnaire,
    publish_draft,
    rename,
)
from surveys.questionnaires.forms import NewForm, SettingsForm
from surveys.questionnaires.kinds import KINDS
from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.overview import overviews
from surveys.questionnaires.phrases import condition_in_words
from surveys.questionnaires.publishable import faults_before_publishing
from surveys.questionnaires.queries import find_questionnaire, publish_default_if_none, version_in_force_of

blueprint = Blueprint("questionnaire_editor", __name__)
DRAFT = "/questionnaires/<int:questionnaire_id>/draft"
STEPS = {"up": -1, "down": 1}
Changed = tuple[str, int] | Response


@dataclass(frozen=True)
class Line:
    """One question of the draft's page."""

    key: str
    title: str
    kind: str
    condition: str
    pool: bool
    driver: str
    optional: bool
    faults: tuple[str, ...]


def edition_typed() -> int:
    """The edition that the page had; 0, which no draft has, where it had none."""
    return request.form.get("edition", 0, type=int)


def to_draft(questionnaire_id: int, key: str | None = None) -> Response:
    return redirect(url_for("questionnaire_editor.draft", questionnaire_id=questionnaire_id, _anchor=key), 303)


def lines_of(draft: QuestionnaireVersion) -> list[Line]:
    items = draft.definition["questions"]
    faults = faults_before_publishing(draft.definition)
    return [
        Line(
            key=item["key"],
            title=title_of(item),
            kind=KINDS[item["kind"]].label,
            condition=condition_in_words(item, items),
            pool=bool(item.get("pool")),
            driver=driver_in_words(item) if item.get("driver") else "",
            optional=bool(item.get("optional")),
            faults=tuple(fault.words for fault in faults if fault.question == number),
        )
        for number, item in enumerate(items, 1)
    ]


@blueprint.post("/questionnaires/default")
def publish_default() -> Response:
    """A new installation's questionnaire, before its first invitations would publish it."""
    with transaction():
        lock("invitations")
        publish_default_if_none()
    return redirect(url_for("questionnaires.index"), 303)


@blueprint.route("/questionnaires/new", methods=["GET", "POST"])
def new() -> str | Changed:
    form = NewForm()
    form.offer(overviews())
    if form.validate_on_submit():
        try:
            with transaction():
                made = make_questionnaire(form.title.data or "", form.source.data).id
        except Refused as refusal:
            form.title.errors = [refusal.words]
        else:
            return to_draft(made)
    page = render_template("questionnaires/new.html", form=form)
    return (page, 422) if request.method == "POST" else page


@blueprint.post(DRAFT)
def begin(questionnaire_id: int) -> Response:
    with transaction():
        begin_draft(questionnaire_id)
    return to_draft(questionnaire_id)


@blueprint.get(DRAFT)
def draft(questionnaire_id: int) -> str:
    return draft_page(questionnaire_id)


def draft_page(questionnaire_id: int, refusal: str = "") -> str:
    found = find_draft(questionnaire_id)
    faults = faults_before_publishing(found.definition)
    return render_template(
        "questionnaires/draft.html",
        questionnaire=find_questionnaire(questionnaire_id),
        draft=found,
        lines=lines_of(found),
        faults=faults,
        languages=[LANGUAGES[code].english for code in found.definition.get("languages", ()) if code in LANGUAGES],
        refusal=refusal,
    )


def act_on_draft(questionnaire_id: int, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Changed:
    """One button of the draft's page; where somebody was there before, the page as it stands now says so."""
    try:
        with transaction():
            change_draft(questionnaire_id, edition_typed(), change)
    except Stale as stale:
        return draft_page(questionnaire_id, stale.words), 409
    return to_draft(questionnaire_id, request.form.get("key"))


@blueprint.post(f"{DRAFT}/move")
def move(questionnaire_id: int) -> Changed:
    key, steps = request.form.get("key", ""), STEPS.get(request.form.get("to", ""), 0)
    return act_on_draft(questionnaire_id, lambda definition: moved(definition, key, steps))


@blueprint.post(f"{DRAFT}/remove")
def remove(questionnaire_id: int) -> Changed:
    key = request.form.get("key", "")
    return act_on_draft(questionnaire_id, lambda definition: without(definition, key))


@blueprint.route(f"{DRAFT}/settings", methods=["GET", "POST"])
def settings(questionnaire_id: int) -> str | Changed:
    found, questionnaire = find_draft(questionnaire_id), find_questionnaire(questionnaire_id)
    form, refusal, status = SettingsForm(), "", 422
    if not form.is_submitted():
        form.show(questionnaire.title, found.definition, found.edition)
    elif form.validate():
        try:
            with transaction():
                change_draft(questionnaire_id, edition_typed(), form.changed)
                rename(questionnaire_id, form.title.data or "")
        except Stale as stale:
            refusal, status = stale.words, 409
            form.edition.data = find_draft(questionnaire_id).edition
        else:
            flash("Settings saved in the draft.", "success")
            return to_draft(questionnaire_id)
    page = render_template(
        "questionnaires/settings.html", questionnaire_id=questionnaire_id, form=form, refusal=refusal
    )
    return (page, status) if form.is_submitted() else page


@blueprint.get(f"{DRAFT}/changes")
def changes(questionnaire_id: int) -> str:
    """The draft against the version in force, and the button that publishes it."""
    found, in_force = find_draft(questionnaire_id), version_in_force_of(questionnaire_id)
    return render_template(
        "questionnaires/changes.html",
        questionnaire=find_questionnaire(questionnaire_id),
        draft=found,
        in_force=in_force,
        difference=difference(in_force.definition if in_force else {"questions": []}, found.definition),
        faults=faults_before_publishing(found.definition),
        languages=LANGUAGES,
    )


@blueprint.post(f"{DRAFT}/publish")
def publish(questionnaire_id: int) -> Changed:
    try:
        with transaction():
            number = publish_draft(questionnaire_id, edition_typed())
    except Stale as stale:
        return draft_page(questionnaire_id, stale.words), 409
    except Refused as refusal:
        if draft_of(questionnaire_id) is None:
            raise
        return draft_page(questionnaire_id, refusal.words), 422
    flash(f"Version {number} is in force. Invitations made from now on ask it.", "success")
    return redirect(url_for("questionnaires.index"), 303)


@blueprint.post(f"{DRAFT}/discard")
def discard(questionnaire_id: int) -> Changed:
    try:
        with transaction():
            discard_draft(questionnaire_id, edition_typed())
    except Stale as stale:
        return draft_page(questionnaire_id, stale.words), 409
    flash("Draft discarded.", "success")
    return redirect(url_for("questionnaires.index"), 303)
