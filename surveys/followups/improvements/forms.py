"""The form of an improvement."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import (
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from surveys.comments.quotations.lists import Quoted
from surveys.followups.improvements.models import ImprovementState
from surveys.followups.improvements.planning import LONGEST_TITLE, LONGEST_WORDS, Typed
from surveys.followups.improvements.words import STATE_WORDS
from surveys.rates.forms import SeriesForm
from surveys.rates.recounts import RATING

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


class DayField(StringField):
    """A day as a browser's own field gives it, or as somebody types it."""

    def __init__(self, label: str, validators: Sequence[object], **more: object) -> None:
        super().__init__(label, validators, render_kw={"type": "date"}, **more)

    def pre_validate(self, form: FlaskForm) -> None:
        if self.given:
            self.day()

    @property
    def given(self) -> bool:
        return bool((self.data or "").strip())

    def day(self) -> date:
        """Raises ValidationError where it is no day that an improvement can be about."""
        try:
            day = date.fromisoformat((self.data or "").strip())
        except ValueError:
            day = LATEST
        if not EARLIEST <= day < LATEST:
            raise ValidationError(f"{self.label.text} must be a date like 2026-03-31")
        return day


class ImprovementForm(SeriesForm):
    title = StringField(
        "Title",
        [
            DataRequired("Enter a title"),
            Length(max=LONGEST_TITLE, message=f"Title is longer than {LONGEST_TITLE} characters"),
        ],
        description="What it is about, in a few words, like “Shorter waits on the phone”.",
        render_kw={"maxlength": LONGEST_TITLE, "autocomplete": "off"},
    )
    said = TextAreaField(
        "What people said",
        [
            DataRequired("Enter what people said"),
            Length(max=LONGEST_WORDS, message=f"What people said is longer than {LONGEST_WORDS} characters"),
        ],
        description="In your words, for the public page. No names, numbers or addresses.",
        render_kw={"rows": 4, "maxlength": LONGEST_WORDS},
    )
    quotations = SelectMultipleField("Quotations to show with it", coerce=int, validate_choice=False)
    did = TextAreaField(
        "What is done about it",
        [
            DataRequired("Enter what is done about it"),
            Length(max=LONGEST_WORDS, message=f"What is done about it is longer than {LONGEST_WORDS} characters"),
        ],
        description="What changes for people, and since when.",
        render_kw={"rows": 4, "maxlength": LONGEST_WORDS},
    )
    question = SelectField(
        "Measured by",
        [InputRequired("Select what it is measured by")],
        description="The question whose answers should get better. It is compared before and after by itself.",
    )
    owner = SelectField("Owner", [InputRequired("Select an owner")], description="Who sees to it that it is done.")
    due_on = DayField("Due", [DataRequired("Enter the day by which it should be done")], description="Like 2026-03-31.")
    state = SelectField("State", choices=[SelectChoice(state.value, words) for state, words in STATE_WORDS.items()])
    done_on = DayField(
        "Done on",
        [Optional()],
        description="Only where it is done. Months after this day are compared with months before it.",
    )
    edition = IntegerField(default=0)
    submit = SubmitField("Save")

    def offer_more(self, questions: Mapping[str, str], owners: Mapping[int, str], quotations: Sequence[Quoted]) -> None:
        """questions and owners by what is kept of them, as people read them."""
        self.question.choices = [SelectChoice(key, words) for key, words in questions.items()]
        self.owner.choices = [SelectChoice(str(user_id), name) for user_id, name in owners.items()]
        self.quotations.choices = [SelectChoice(one.id, one.words) for one in quotations]
        for field in (self.question, self.owner):
            field.flags.required = False
        if self.question.data is None:
            self.question.data = RATING

    def typed(self) -> Typed:
        """Once it was validated."""
        return Typed(
            title=" ".join(self.title.data.split()),
            said=lines_kept(self.said.data),
            did=lines_kept(self.did.data),
            series=self.series(),
            question=self.question.data,
            owner_id=int(self.owner.data),
            due_on=self.due_on.day(),
            state=ImprovementState(self.state.data),
            done_on=self.done_on.day() if self.done_on.given else None,
            quotations=frozenset(self.quotations.data or ()),
        )


def lines_kept(words: str) -> str:
    """Spaces made single, and line breaks kept."""
    lines = (" ".join(line.split()) for line in words.strip().splitlines())
    return "\n".join(lines)
