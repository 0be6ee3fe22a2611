"""What is asked, for staff and assessors to read: each published version, word for word."""

from flask import Blueprint, render_template

from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.overview import overviews
from surveys.questionnaires.phrases import condition_in_words
from surveys.questionnaires.queries import find_published, find_questionnaire, published_definition

blueprint = Blueprint("questionnaires", __name__)


@blueprint.get("/questionnaires")
def index() -> str:
    return render_template("questionnaires/index.html", questionnaires=overviews())


@blueprint.get("/questionnaires/<int:version_id>")
def show(version_id: int) -> str:
    version = find_published(version_id)
    definition = published_definition(version.id)
    items = version.definition["questions"]
    return render_template(
        "questionnaires/version.html",
        version=version,
        title=find_questionnaire(version.questionnaire_id).title,
        definition=definition,
        languages=[LANGUAGES[code] for code in definition.languages],
        conditions=[condition_in_words(item, items) for item in items],
    )
