"""The officer's form."""

from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length


class LookForm(FlaskForm):
    """Which contact: by its exact reference."""

    source = StringField("Source", [InputRequired("Enter the source"), Length(max=40)], default="crm")
    reference = StringField(
        "Reference",
        [InputRequired("Enter a reference"), Length(max=80)],
        description="The contact’s reference in that system, or from the paper form.",
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    submit = SubmitField("Continue")
