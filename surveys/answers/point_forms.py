"""Forms about kiosks and posters."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from surveys.answers.models import PointKind
from surveys.contacts.models import Channel
from surveys.people.models import Service

KIND_NAMES = {
    PointKind.KIOSK: "Kiosk: a screen that stays there",
    PointKind.POSTER: "Poster: a QR code for people’s own phones",
}


class PointForm(FlaskForm):
    """A new kiosk or poster."""

    kind = RadioField(
        "Kind",
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
        validators=[InputRequired("Select a kiosk or a poster")],
    )
    place = StringField(
        "Place",
        [InputRequired("Enter the place"), Length(max=80, message="Place must be 80 characters or less")],
        description="As residents call it, like Town Hall reception. They read it on the screen or the poster.",
        render_kw={"autocomplete": "off"},
    )
    service_id = SelectField(
        "Service",
        [InputRequired("Select a service. If there is none, add one first.")],
        coerce=int,
    )
    channel = SelectField(
        "Channel",
        choices=[SelectChoice(channel.value, channel.label) for channel in Channel],
        default=Channel.FACE_TO_FACE.value,
    )
    submit = SubmitField("Add")

    def offer(self, services: Sequence[Service]) -> None:
        self.service_id.choices = [SelectChoice(str(s.id), s.name) for s in services if s.active]
        # HTML lets a list say that it is required only where its first option is none.
        self.service_id.flags.required = False
