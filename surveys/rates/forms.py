"""Forms of what people set beside the figures: targets, baselines, notes and control totals."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from surveys.contacts.models import Channel
from surveys.people.models import Service
from surveys.rates.baselines import LONGEST_REASON
from surveys.rates.months import Month
from surveys.rates.notes import LONGEST_NOTE
from surveys.rates.series import Series

ALL = "all"
EARLIEST, LATEST = Month(2000, 1), Month(2100, 1)
AS_A_MONTH = {"type": "month"}
LIKE = "Like 2026-03."


class MonthField(StringField):
    """A month as a browser's own field gives it, or as somebody types it."""

    def __init__(self, label: str, **more: object) -> None:
        super().__init__(label, [InputRequired(f"Enter {label.lower()}")], render_kw=AS_A_MONTH, **more)

    def pre_validate(self, form: FlaskForm) -> None:
        if self.data:
            self.month()

    def month(self) -> Month:
        """Raises ValidationError where it is no month that a figure can be about."""
        try:
            month = Month.read((self.data or "").strip())
        except ValueError:
            month = EARLIEST.plus(-1)
        if not EARLIEST <= month <= LATEST:
            raise ValidationError(f"{self.label.text} must be a month like 2026-03")
        return month


class SeriesForm(FlaskForm):
    """What a figure is about: choices are filled by `offer` with what the user was granted."""

    service = SelectField("Service", [InputRequired("Select a service")])
    channel = SelectField(
        "Channel",
        choices=[SelectChoice(ALL, "All channels"), *(SelectChoice(c.value, c.label) for c in Channel)],
        default=ALL,
    )

    def offer(self, services: Sequence[Service], granted: frozenset[int] | None) -> None:
        """granted None: all services, so that all of them together may be chosen too."""
        everything = [SelectChoice(ALL, "All services")] if granted is None else []
        mine = [service for service in services if granted is None or service.id in granted]
        self.service.choices = everything + [SelectChoice(str(service.id), service.name) for service in mine]
        # HTML lets a list say that it is required only where its first option is none.
        self.service.flags.required = False

    def series(self) -> Series:
        service = None if self.service.data == ALL else int(self.service.data)
        return Series(service, None if self.channel.data == ALL else Channel(self.channel.data))


class TargetForm(SeriesForm):
    share = StringField(
        "Target",
        [InputRequired("Enter the target")],
        description="The percentage to be very or fairly satisfied, like 85.",
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    from_month = MonthField(
        "From month", description=f"{LIKE} It takes the place of an older target from this month on."
    )
    owner = SelectField(
        "Owner",
        [InputRequired("Select an owner")],
        description="Who answers for it: somebody who may see these figures.",
    )
    submit = SubmitField("Set target")

    def offer_owners(self, owners: Mapping[int, str]) -> None:
        self.owner.choices = [SelectChoice(str(user_id), name) for user_id, name in owners.items()]
        self.owner.flags.required = False

    def validate_share(self, field: StringField) -> None:
        self.ten_thousandths()

    def ten_thousandths(self) -> int:
        """Raises ValidationError where it is no percentage with two decimals at most."""
        try:
            value = Decimal((self.share.data or "").strip().rstrip("%").strip() or "x") * 100
        except InvalidOperation:
            value = Decimal(0)
        if not value.is_finite() or not 1 <= value <= 10_000 or value != int(value):
            raise ValidationError("Target must be a percentage above 0 and up to 100, like 85 or 87.5")
        return int(value)


class BaselineForm(SeriesForm):
    first_month = MonthField("First month", description=LIKE)
    last_month = MonthField("Last month", description=f"{LIKE} 12 months or more; 24 are better.")
    reason = TextAreaField(
        "Reason",
        [
            InputRequired("Enter a reason"),
            Length(max=LONGEST_REASON, message=f"Reason is longer than {LONGEST_REASON}"),
        ],
        description="Why these months are what is usual, for whoever asks later. No names of residents.",
        render_kw={"rows": 3, "maxlength": LONGEST_REASON},
    )
    submit = SubmitField("Freeze baseline")


class NoteForm(SeriesForm):
    month = MonthField("Month", description=LIKE)
    words = StringField(
        "Note",
        [InputRequired("Enter a note"), Length(max=LONGEST_NOTE, message=f"Note is longer than {LONGEST_NOTE}")],
        description="What happened, like “New phone system”. Everybody who sees the chart reads it.",
        render_kw={"maxlength": LONGEST_NOTE, "autocomplete": "off"},
    )
    submit = SubmitField("Add note")


class TotalsForm(FlaskForm):
    file = FileField(
        "CSV file",
        [FileRequired("Select a CSV file")],
        description="A row for each day, service and channel. Its first line must name day, service, channel, total.",
    )
    source = StringField(
        "Source",
        [
            InputRequired("Enter the name of the system"),
            Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message="Source must be a short name in lower case, like telephony"),
            Length(max=60, message="Source must be 60 characters or less"),
        ],
        default="telephony",
        description="The system that counted them.",
    )
    submit = SubmitField("Load totals")
