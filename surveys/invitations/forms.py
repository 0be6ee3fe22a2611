"""Forms of the invitations pages."""

import unicodedata

from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField, TextAreaField

from surveys.invitations.wording import Place
from surveys.invitations.wording_rules import Fault, Text
from surveys.messaging.models import Medium


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
