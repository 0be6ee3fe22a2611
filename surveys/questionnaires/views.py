"""What is asked, for staff and assessors to read: each published version, word for word."""

from flask import Blueprint, render_template

from surveys.questionnaires.languages import LANGUAGES
from surveys.questionnaires.queries import find_published, published_definition, published_versions

blueprint = Blueprint("questionnaires", __name__)


@blueprint.get("/questionnaires")
def index() -> str:
    return render_template("questionnaires/index.html", versions=published_versions())


@blueprint.get("/questionnaires/<int:version_id>")
def show(version_id: int) -> str:
    version = find_published(version_id)
    definition = published_definition(version.id)
    return render_template(
        "questionnaires/version.html", version=version, definition=definition, languages=LANGUAGES.values()
    )
