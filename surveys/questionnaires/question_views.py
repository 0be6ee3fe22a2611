"""For administrators: one question of a draft, added, taken from the library or edited, without any script."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.core.db import transaction
from surveys.core.refusals import NotFound
from surveys.questionnaires.arranging import before, find_item, put
from surveys.questionnaires.definition_faults import FIRST_LANGUAGES, RATING_KEY
from surveys.questionnaires.drafts import Stale, change_draft, draft_of, find_draft
from surveys.questionnaires.drivers import DRIVERS
from surveys.questionnaires.kinds import ASKS, EDITABLE_KINDS, KINDS
from surveys.questionnaires.languages import DEFAULT, LANGUAGES
from surveys.questionnaires.library import QUESTIONS, READY, STARTS, taken
from surveys.questionnaires.phrases import answers_of
from surveys.questionnaires.publishable import faults_before_publishing
from surveys.questionnaires.queries import find_questionnaire, published_keys, version_in_force_of
from surveys.questionnaires.question_typed import (
    Typed,
    act_on_options,
    blank,
    clean,
    typed_question,
    without_blanks,
)

blueprint = Blueprint("questionnaire_questions", __name__)
ADDRESS = "/questionnaires/<int:questionnaire_id>/draft/question"
GONE = "This draft was published or discarded after you opened this page. Nothing of yours was saved."
Item = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Which question of which draft: was is its key as stored, empty for a new one. edition 0: there is no draft."""

    questionnaire_id: int
    definition: dict[str, Any]
    edition: int
    was: str

    @property
    def languages(self) -> list[str]:
        chosen = self.definition.get("languages", FIRST_LANGUAGES)
        return [code for code in LANGUAGES if code in chosen or code == DEFAULT]

    @property
    def key_is_fixed(self) -> bool:
        """Figures hang on the key of what was published."""
        return self.was == RATING_KEY or bool(self.was and self.was in published_keys(self.questionnaire_id))


def place_at(questionnaire_id: int, was: str) -> Place:
    """The place in the draft; where it is gone meanwhile, in the version in force, so that what was typed shows."""
    draft = draft_of(questionnaire_id)
    if draft is not None:
        return Place(questionnaire_id, draft.definition, draft.edition, was)
    version = version_in_force_of(find_questionnaire(questionnaire_id).id)
    return Place(questionnaire_id, version.definition if version else {"questions": []}, 0, was)


def new_item(kind: str, ready: str) -> Item:
    """A blank question of this kind, or a ready one."""
    if kind in STARTS and not ready:
        return deepcopy(STARTS[kind])
    item = taken(ready) if ready else blank(kind) if kind in EDITABLE_KINDS else None
    if item is None:
        raise NotFound("There is no such kind of question.")
    return item


def as_stored(item: Item) -> Typed:
    condition = item.get("show_if")
    ticked = (f"{condition['question']}:{code}" for code in condition["any_of"]) if condition else ()
    return Typed(item, frozenset(ticked))


def page(place: Place, typed: Typed, refusal: str = "", edition: int | None = None) -> str:
    return render_template(
        "questionnaires/question.html",
        place=place,
        item=typed.item,
        ticked=typed.ticked,
        faults=typed.faults,
        told=told_about(place) if request.method == "GET" else (),
        refusal=refusal,
        edition=place.edition if edition is None else edition,
        ready=request.values.get("ready", ""),
        kind=KINDS[typed.item["kind"]],
        languages=[LANGUAGES[code] for code in place.languages],
        earlier=[(one, answers_of(one)) for one in before(place.definition, place.was) if answers_of(one)],
        drivers=DRIVERS,
        asks=ASKS,
        rating_key=RATING_KEY,
    )


def told_about(place: Place) -> list[str]:
    """What must be put right at this question before the draft is published."""
    number = len(before(place.definition, place.was)) + 1
    return [fault.words for fault in faults_before_publishing(place.definition) if fault.question == number]


@blueprint.get(f"{ADDRESS}/new")
def choose(questionnaire_id: int) -> str:
    """The kinds, and the library of ready questions."""
    draft = find_draft(questionnaire_id)
    return render_template(
        "questionnaires/choose.html",
        questionnaire=find_questionnaire(questionnaire_id),
        kinds=[KINDS[name] for name in EDITABLE_KINDS],
        library=[(DRIVERS[driver], [READY[key] for key in keys]) for driver, keys in QUESTIONS.items()],
        there={item["key"] for item in draft.definition["questions"]},
        all_kinds=KINDS,
    )


@blueprint.get(ADDRESS)
def show(questionnaire_id: int) -> str:
    draft, key = find_draft(questionnaire_id), request.args.get("key", "")
    if not key:
        item = new_item(request.args.get("kind", ""), request.args.get("ready", ""))
        return page(Place(questionnaire_id, draft.definition, draft.edition, ""), as_stored(item))
    found = find_item(draft.definition, key)
    if found is None:
        raise NotFound("There is no such question in the draft. Somebody may have removed it.")
    return page(Place(questionnaire_id, draft.definition, draft.edition, key), as_stored(found))


@blueprint.post(ADDRESS)
def save(questionnaire_id: int) -> str | tuple[str, int] | Response:
    """Save the question, or act on the rows of its answers; what was typed stays on the page until it is saved."""
    place = place_at(questionnaire_id, clean(request.form.get("was", "")))
    stored = find_item(place.definition, place.was)
    found = stored or new_item(request.form.get("kind", ""), request.form.get("ready", ""))
    typed = typed_question(request.form, found, place.languages)
    act, edition = request.form.get("act", "save"), request.form.get("edition", 0, type=int)
    if act != "save":
        return page(place, Typed(act_on_options(typed.item, act), typed.ticked), edition=edition)
    item = without_blanks(typed.item)
    if faults := typed.faults | faults_of_key(place, item["key"]):
        return page(place, Typed(item, typed.ticked, faults), edition=edition), 422
    if place.edition == 0:
        return page(place, Typed(item, typed.ticked), GONE), 409
    try:
        with transaction():
            change_draft(questionnaire_id, edition, lambda definition: put(definition, place.was, item))
    except Stale as stale:
        return page(place_at(questionnaire_id, place.was), Typed(item, typed.ticked), stale.words), 409
    flash("Question saved in the draft.", "success")
    return redirect(url_for("questionnaire_editor.draft", questionnaire_id=questionnaire_id, _anchor=item["key"]), 303)


def faults_of_key(place: Place, key: str) -> dict[str, str]:
    if key != place.was and place.key_is_fixed:
        return {"key": f"The key must stay {place.was}: figures of published versions hang on it"}
    if key != place.was and find_item(place.definition, key):
        return {"key": "Another question has this key. Choose another key"}
    return {}
