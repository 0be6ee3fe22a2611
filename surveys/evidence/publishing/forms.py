"""The form by which a quarter is published."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length


class PublishForm(FlaskForm):
    """seen: the digest of the figures on the page, so that nothing is published that nobody looked through."""

    seen = HiddenField()
    why = TextAreaField(
        "Why there is a new version",
        description="Everybody reads it beside the figures. For example: answers by post came in late.",
        validators=[Length(max=300, message="Why must be 300 characters or less")],
    )
    agreed = BooleanField(
        "I have looked through the figures, and the council publishes them",
        validators=[DataRequired("Tick that you have looked through the figures")],
    )
    submit = SubmitField("Publish for everybody")
