"""Forms of the contact pages."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, Regexp

from surveys.contacts.columns import COLUMNS, DESCRIPTIONS, NEEDED


class UploadForm(FlaskForm):
    file = FileField(
        "CSV file",
        [FileRequired("Select a CSV file")],
        description="With commas, semicolons or tabs. One row for each contact, the first line naming the columns.",
    )
    source = StringField(
        "Source",
        [
            InputRequired("Enter the name of the system"),
            Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message="Source must be a short name in lower case, like crm"),
        ],
        default="crm",
        description="A short name for the system the file comes from. References are unique within it.",
    )
    make_services = BooleanField("Create services that the file names and we do not know")
    submit = SubmitField("Upload")


class OptOutForm(FlaskForm):
    address = StringField(
        "Phone number or email address",
        [
            InputRequired("Enter a phone number or email address"),
            Length(max=254, message="Phone number or email address is too long"),
        ],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    submit = SubmitField("Continue")


class MappingForm(FlaskForm):
    """One choice for each of our columns; filled with the file's own headers by `offer`."""

    submit = SubmitField("Load the file")

    def offer(self, header: list[str], mapped: dict[str, str]) -> None:
        for column in COLUMNS:
            field = self[column]
            empty = "Choose a column" if column in NEEDED else "Not in this file"
            field.choices = [("", empty)] + [(name, name) for name in header if name]
            if not self.is_submitted():
                field.data = mapped.get(column, "")

    def chosen(self) -> dict[str, str]:
        return {column: self[column].data for column in COLUMNS if self[column].data}


for _column in COLUMNS:
    _label = DESCRIPTIONS[_column] + ("" if _column in NEEDED else " (optional)")
    setattr(MappingForm, _column, SelectField(_label, description=f"Our name for it: {_column}"))
