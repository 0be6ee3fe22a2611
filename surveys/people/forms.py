"""Forms of the people pages."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, SelectMultipleField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, Regexp

from surveys.people.models import Service, User
from surveys.people.roles import Role


class SignInForm(FlaskForm):
    email = EmailField(
        "Email address",
        [InputRequired("Enter your email address"), Length(max=254, message="Email address is too long")],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password", [InputRequired("Enter your password")], render_kw={"autocomplete": "current-password"}
    )
    submit = SubmitField("Sign in")


class PasswordForm(FlaskForm):
    current = PasswordField(
        "Current password",
        [InputRequired("Enter your current password")],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        "New password",
        [InputRequired("Enter a new password")],
        description="12 characters or more. Three random words work well.",
        render_kw={"autocomplete": "new-password"},
    )
    submit = SubmitField("Change password")


class UserForm(FlaskForm):
    """A user with roles; each choice of `grants` is role:service, where the service may be all."""

    name = StringField("Name", [InputRequired("Enter a name"), Length(max=80, message="Name is too long")])
    email = EmailField("Email address", [InputRequired("Enter an email address")])
    password = PasswordField("Password", render_kw={"autocomplete": "new-password"})
    grants = SelectMultipleField(
        "Roles",
        [InputRequired("Choose at least one role")],
        description="A role for one service shows that service only. Hold Ctrl or Cmd to choose several.",
        render_kw={"size": 12},
    )
    active = BooleanField("Can sign in", default=True)
    submit = SubmitField("Save user")

    def offer(self, services: Sequence[Service], user: User | None) -> None:
        """Fill the choices, and what this user has now."""
        self.grants.choices = [
            (f"{role.value}:{key}", f"{role.label}, {where}")
            for role in Role
            for key, where in [("all", "all services")] + [(str(s.id), s.name) for s in services]
        ]
        if user is not None and not self.is_submitted():
            self.name.data, self.email.data, self.active.data = user.name, user.email, user.active
            self.grants.data = [f"{g.role.value}:{g.service_id or 'all'}" for g in user.grants]

    def wanted_grants(self) -> list[tuple[Role, int | None]]:
        pairs = (choice.split(":") for choice in self.grants.data or [])
        return [(Role(role), None if key == "all" else int(key)) for role, key in pairs]


class ServiceForm(FlaskForm):
    name = StringField("Name", [InputRequired("Enter a name"), Length(max=80, message="Name is too long")])
    slug = StringField(
        "Short name",
        [
            InputRequired("Enter a short name"),
            Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message="Short name must be lower case, like council-tax"),
            Length(max=60, message="Short name must be 60 characters or less"),
        ],
        description="What contact files call it, like council-tax. It cannot be changed later.",
    )
    area = StringField("Area of the council (optional)", [Length(max=80, message="Area is too long")])
    active = BooleanField("In use", default=True, description="Contacts of a service not in use are never asked.")
    submit = SubmitField("Save service")
