"""For administrators: the words of every message, a preview of what a phone would show, and the default back."""

from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveys.core.db import transaction
from surveys.core.segments import Segments, segments
from surveys.core.settings import Settings
from surveys.invitations.forms import WordingForm
from surveys.invitations.wording import (
    Place,
    default_text,
    place_of,
    places_of,
    restore_default,
    save_text,
    setting_of,
    stored_texts,
    text_at,
    titles,
)
from surveys.invitations.wording_rules import Text, faults_of, filled
from surveys.messaging.models import Medium
from surveys.questionnaires.languages import LANGUAGES

blueprint = Blueprint("wording", __name__)
ADDRESS = "/invitations/wording/<questionnaire>/<kind>/<medium>/<language>"


@dataclass(frozen=True)
class Preview:
    """A message as a resident would get it. A text message has a size, and a price in pence."""

    subject: str
    lines: list[str]
    size: Segments | None
    pence: Decimal


@dataclass(frozen=True)
class Row:
    """One line of the list: which message, its words as sent, and what the rules now say against them."""

    place: Place
    preview: Preview
    changed: bool
    faults: int


def settings_now() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def preview_of(text: Text, settings: Settings) -> Preview:
    setting = setting_of(settings)
    body = filled(text.body, setting.council, setting.link)
    size = segments(body) if text.medium is Medium.SMS else None
    pence = settings.sms_part_price_pence * (size.parts if size else 0)
    return Preview(filled(text.subject, setting.council, setting.link), body.splitlines(), size, pence)


def title_of(place: Place) -> str:
    medium = "text message" if place.medium is Medium.SMS else "email"
    return f"{place.kind.value.capitalize()} by {medium}, {LANGUAGES[place.language].name}"


@blueprint.get("/invitations/wording")
def index() -> str:
    groups = [(title, [row_at(place) for place in places_of(slug)]) for slug, title in titles().items()]
    return render_template("invitations/wording.html", groups=groups, title_of=title_of)


def row_at(place: Place) -> Row:
    text, settings = text_at(place), settings_now()
    faults = faults_of(text, setting_of(settings))
    return Row(place, preview_of(text, settings), place in stored_texts(), len(faults))


@blueprint.get(ADDRESS)
def show(questionnaire: str, kind: str, medium: str, language: str) -> str:
    place = place_of(questionnaire, kind, medium, language)
    text = text_at(place)
    form = WordingForm()
    form.begin(place, text)
    form.tell(faults_of(text, setting_of(settings_now())))
    return page(place, form, text)


@blueprint.post(ADDRESS)
def save(questionnaire: str, kind: str, medium: str, language: str) -> tuple[str, int] | str | Response:
    """Save, or show a preview where that button was pressed; what was typed stays on the page either way."""
    place = place_of(questionnaire, kind, medium, language)
    form = WordingForm()
    form.begin(place, text_at(place))
    text = form.text(place)
    sound = form.validate()
    faults = faults_of(text, setting_of(settings_now()))
    form.tell(faults)
    if "preview" in request.form:
        return page(place, form, text)
    if faults or not sound:
        return page(place, form, text), 422
    with transaction():
        save_text(place, text)
    flash("Wording saved. Messages sent from now on have it.", "success")
    return redirect(url_for("wording.index"), 303)


@blueprint.post(f"{ADDRESS}/default")
def restore(questionnaire: str, kind: str, medium: str, language: str) -> Response:
    place = place_of(questionnaire, kind, medium, language)
    with transaction():
        restore_default(place)
    flash("The default words are back.", "success")
    return redirect(url_for("wording.index"), 303)


def page(place: Place, form: WordingForm, text: Text) -> str:
    return render_template(
        "invitations/wording_edit.html",
        place=place,
        title=title_of(place),
        questionnaire=titles()[place.questionnaire],
        form=form,
        preview=preview_of(text, settings_now()),
        language=LANGUAGES[place.language],
        changed=place in stored_texts(),
        default=default_text(place),
    )
