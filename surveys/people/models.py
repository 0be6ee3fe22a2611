"""Accounts, what they may do for which services and how long, the services themselves, and the audit chain."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.core.db import Model, enum_type
from surveys.people.roles import Role


class Service(Model):
    """One service of the council that residents get in touch about."""

    __tablename__ = "services"
    __table_args__ = (sa.CheckConstraint("slug = lower(slug) AND slug <> ''", name="slug_is_lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    area: Mapped[str] = mapped_column(sa.String(80), default="")
    active: Mapped[bool] = mapped_column(default=True)


class User(Model):
    __tablename__ = "users"
    __table_args__ = (sa.CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    session_number: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime | None]
    grants: Mapped[list["Grant"]] = relationship(
        back_populates="user", cascade="all, delete-orphan", lazy="selectin", order_by="Grant.id"
    )
    # Read of assessors alone, once a request.
    access: Mapped["AssessorAccess | None"] = relationship(
        cascade="all, delete-orphan", foreign_keys="AssessorAccess.user_id", passive_deletes=True
    )

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        """Changes with the password, so that every older session ends."""
        return f"{self.id}.{self.session_number}"


class Grant(Model):
    """A role for one service, or for all of them where no service is named."""

    __tablename__ = "grants"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "role", "service_id"),
        sa.Index(
            "uq_grants_user_id_role_all",
            "user_id",
            "role",
            unique=True,
            sqlite_where=sa.text("service_id IS NULL"),
            postgresql_where=sa.text("service_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(enum_type(Role, "role"))
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    user: Mapped[User] = relationship(back_populates="grants")


class AssessorAccess(Model):
    """Until when an assessor's account opens, and of which months they see figures and packs."""

    __tablename__ = "assessor_access"
    __table_args__ = (sa.CheckConstraint("first_month <= last_month", name="runs_forward"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    ends_on: Mapped[date]
    first_month: Mapped[date]
    last_month: Mapped[date]
    given_at: Mapped[datetime]
    given_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))


class SignInFailure(Model):
    """A failed try, by keyed hash of the account's or the caller's address; swept after an hour."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    tried_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(16), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class AuditEntry(Model):
    """One act, chained to the one before it. Triggers refuse every change and deletion."""

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(sa.String(60))
    action: Mapped[str] = mapped_column(sa.String(60), index=True)
    subject: Mapped[str] = mapped_column(sa.String(120))
    details: Mapped[dict[str, Any]]
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
