"""For administrators: a draft as residents would see it, on a screen as narrow as a phone's. Nothing can be sent."""

from copy import deepcopy
from typing import Any

from flask import Blueprint, current_app, render_template, request

from surveys.answers.wording import WORDS
from surveys.core.settings import Settings
from surveys.questionnaires.definition import Definition, read_definition
from surveys.questionnaires.definition_faults import faults_in, missing_words
from surveys.questionnaires.drafts import find_draft
from surveys.questionnaires.kinds import Question
from surveys.questionnaires.languages import DEFAULT, LANGUAGES
from surveys.questionnaires.phrases import condition_in_words
from surveys.questionnaires.queries import find_questionnaire

blueprint = Blueprint("questionnaire_preview", __name__)


@blueprint.get("/questionnaires/<int:questionnaire_id>/draft/preview")
def preview(questionnaire_id: int) -> str:
    """One page of the draft in one language. Words that are wanting there are shown in English."""
    settings: Settings = current_app.extensions["settings"]
    draft = find_draft(questionnaire_id)
    raw = filled_in(draft.definition)
    faults = faults_in(raw)
    if faults:
        return render_template("answers/no_preview.html", questionnaire_id=questionnaire_id, faults=faults)
    definition = read_definition(raw)
    language, pages = definition.language(request.args.get("lang", DEFAULT)), pages_to_show(definition)
    number = min(request.args.get("page", 0, type=int) % 1000, len(pages) - 1)
    questions, items = pages[number], {item["key"]: item for item in raw["questions"]}
    return render_template(
        "answers/preview.html",
        questionnaire=find_questionnaire(questionnaire_id),
        questions=questions,
        notes=[(q.key, notes_of(items[q.key], raw["questions"])) for q in questions if q.key in items],
        number=number,
        pages=len(pages),
        lang=language,
        language=LANGUAGES[language],
        direction=LANGUAGES[language].direction,
        languages=[LANGUAGES[code] for code in definition.languages],
        w=WORDS[language],
        council=settings.council_name,
    )


def pages_to_show(definition: Definition) -> list[tuple[Question, ...]]:
    equality = [definition.equality] if definition.equality else []
    return [page for page in (*definition.pages, *equality) if page]


def notes_of(item: dict[str, Any], items: list[dict[str, Any]]) -> str:
    """Why a resident may not see the question."""
    pool = " It is of the pool: not everyone gets it." if item.get("pool") else ""
    return f"{condition_in_words(item, items)}.{pool}"


def filled_in(raw: dict[str, Any]) -> dict[str, Any]:
    """The draft with English where another language has no words yet, so that it can be looked at before it is done."""
    shown = deepcopy(raw)
    for item in shown["questions"]:
        worded = [item.get(name) for name in ("text", "hint", "error", "low", "high")]
        for words in (*worded, *(option["text"] for option in item.get("options", ()))):
            if words and not missing_words("", words, (DEFAULT,)):
                words.update({code: words[DEFAULT] for code in LANGUAGES if not words.get(code)})
    return shown
