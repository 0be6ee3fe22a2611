"""Forms about a questionnaire as a whole; a question's own form is read by question_typed."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from surveys.questionnaires.definition_faults import FIRST_LANGUAGES
from surveys.questionnaires.equality import EQUALITY, TEXTS
from surveys.questionnaires.languages import DEFAULT, LANGUAGES
from surveys.questionnaires.overview import Overview
from surveys.questionnaires.question_typed import clean

TITLE_RULES = (DataRequired("Enter a title"), Length(max=120, message="The title must be 120 characters or less"))


def cleaned(typed: str | None) -> str:
    return clean(typed or "")


class NewForm(FlaskForm):
    title = StringField("Title", TITLE_RULES, filters=[cleaned], description="For staff. Residents do not see it.")
    source = SelectField("Start from", coerce=int)

    def offer(self, there: Iterable[Overview]) -> None:
        copies = [SelectChoice(str(one.id), f"A copy of {one.title}") for one in there if one.in_force]
        self.source.choices = [SelectChoice("0", "The default questions"), *copies]


class SettingsForm(FlaskForm):
    """What holds for the whole questionnaire. The title is not part of a version, and changes at once."""

    edition = HiddenField()
    title = StringField("Title", TITLE_RULES, filters=[cleaned], description="For staff. It changes at once.")
    languages = SelectMultipleField(
        "Languages beside English",
        choices=[SelectChoice(code, one.english) for code, one in LANGUAGES.items() if code != DEFAULT],
    )
    most_of_pool = StringField(
        "How many questions of the pool each resident gets",
        filters=[cleaned],
        description="Chosen by chance, the same for one resident every time. Leave empty to ask them all.",
    )
    by_reply = BooleanField("Residents may answer by a text back")
    equality = SelectMultipleField(
        "Equality questions, asked after the end",
        choices=[SelectChoice(name, TEXTS[DEFAULT][name]) for name in EQUALITY],
    )

    def show(self, title: str, definition: dict[str, Any], edition: int) -> None:
        self.process(
            data={
                "edition": edition,
                "title": title,
                "languages": list(definition.get("languages", FIRST_LANGUAGES)),
                "most_of_pool": str(definition.get("most_of_pool") or ""),
                "by_reply": bool(definition.get("by_reply")),
                "equality": list(definition.get("equality", ())),
            }
        )

    def validate_most_of_pool(self, field: StringField) -> None:
        if field.data and not (field.data.isascii() and field.data.isdigit() and 0 < int(field.data[:4]) < 100):
            raise ValidationError("Enter a whole number, or leave it empty")

    def changed(self, definition: dict[str, Any]) -> dict[str, Any]:
        """The definition with what was typed here, in the order of our lists."""
        chosen = {DEFAULT, *(self.languages.data or ())}
        return definition | {
            "languages": [code for code in LANGUAGES if code in chosen],
            "most_of_pool": int(self.most_of_pool.data) if self.most_of_pool.data else None,
            "by_reply": bool(self.by_reply.data),
            "equality": [name for name in EQUALITY if name in (self.equality.data or ())],
        }
