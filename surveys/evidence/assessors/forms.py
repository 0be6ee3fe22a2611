"""The form for what an assessor may see, and until when."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import DateField, SubmitField
from wtforms.validators import InputRequired, ValidationError

from surveys.core.clock import today
from surveys.people.assessors import Access
from surveys.rates.forms import LATEST, LIKE, MonthField


class AccessForm(FlaskForm):
    ends_on = DateField(
        "Last day",
        [InputRequired("Enter the last day")],
        description="Like 2026-09-30. From the next day on they cannot sign in. Enter yesterday to end it now.",
        render_kw={"autocomplete": "off"},
    )
    first = MonthField("First month", description=f"{LIKE} They see figures and packs from this month on.")
    last = MonthField("Last month", description=f"{LIKE} They see none that are later.")
    submit = SubmitField("Give access")

    def show(self, access: Access | None) -> None:
        """What they have now."""
        if access is not None:
            self.ends_on.data = access.ends_on
            self.first.data, self.last.data = f"{access.first_month:%Y-%m}", f"{access.last_month:%Y-%m}"

    def access(self) -> Access:
        """Only of a form that was found valid."""
        ends_on: date = self.ends_on.data
        return Access(ends_on, self.first.month().first, self.last.month().first)

    def validate_ends_on(self, field: DateField) -> None:
        if field.data is not None and not today().year - 1 <= field.data.year <= LATEST.year:
            raise ValidationError("Last day must be a day like 2026-09-30")

    def validate_last(self, field: MonthField) -> None:
        try:
            first, last = self.first.month(), self.last.month()
        except ValidationError:
            return
        if last < first:
            raise ValidationError("Last month must be the first month or later")
