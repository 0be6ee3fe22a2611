"""Forms of the invitations pages."""

import unicodedata

from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, SubmitField, TextAreaField

from surveys.contacts.models import Channel
from surveys.invitations.wording import Place
from surveys.invitations.wording_rules import Fault, Text
from surveys.messaging.models import Medium
from surveys.people.accounts import all_services
from surveys.questionnaires.overview import overviews


def typed_lines(typed: str | None) -> str:
    """What a browser sends, with plain line ends, and each accent in one character with its letter."""
    lines = (typed or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return unicodedata.normalize("NFC", lines)


class WordingForm(FlaskForm):
    """The words of one message; wording_rules checks them."""

    subject = StringField("Subject", filters=[typed_lines])
    body = TextAreaField("Message", filters=[typed_lines], render_kw={"rows": 8})
    preview = SubmitField("Preview")
    save = SubmitField("Save")

    def begin(self, place: Place, text: Text) -> None:
        """Fill in the words in use, unless others were typed; a text message has no subject."""
        if place.medium is Medium.SMS:
            del self.subject
        if not self.is_submitted():
            self.process(data={"subject": text.subject, "body": text.body})

    def text(self, place: Place) -> Text:
        subject = self.subject.data if "subject" in self else ""
        return Text(place.medium, place.language, subject or "", self.body.data or "")

    def tell(self, faults: list[Fault]) -> None:
        for fault in faults:
            self[fault.field].errors = [*self[fault.field].errors, fault.words]


class UseForm(FlaskForm):
    """A rule about who gets which questionnaire."""

    service = SelectField("Service", coerce=int)
    channel = SelectField(
        "Channel", choices=[SelectChoice("", "Every channel"), *(SelectChoice(c.value, c.label) for c in Channel)]
    )
    questionnaire = SelectField("Questionnaire", coerce=int)

    def offer(self) -> None:
        self.service.choices = [
            SelectChoice("0", "Every service"),
            *(SelectChoice(str(one.id), one.name) for one in all_services()),
        ]
        self.questionnaire.choices = [SelectChoice(str(one.id), one.title) for one in overviews() if one.in_force]
