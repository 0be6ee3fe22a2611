"""The form of a pack: its period of whole months."""

from flask_wtf import FlaskForm
from wtforms import SubmitField
from wtforms.validators import ValidationError

from surveys.rates.forms import LIKE, MonthField
from surveys.rates.months import Month


class PackForm(FlaskForm):
    first = MonthField("First month", description=LIKE)
    last = MonthField("Last month", description=f"{LIKE} A pack is of whole months.")
    submit = SubmitField("Make an evidence pack")

    def months(self) -> tuple[Month, Month]:
        """Only of a form that was found valid."""
        return self.first.month(), self.last.month()

    def validate_last(self, field: MonthField) -> None:
        try:
            first, last = self.months()
        except ValidationError:
            return
        if last < first:
            raise ValidationError("Last month must be the first month or later")
