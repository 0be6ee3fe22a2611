"""Who is asked: a plan for a period, fixed before it, and one draw for every contact."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from surveys.contacts.models import Channel
from surveys.core.db import Model, enum_type


class Outcome(StrEnum):
    """Why a contact is asked, or is not."""

    SELECTED = "selected"
    NOT_DRAWN = "not_drawn"
    OPTED_OUT = "opted_out"
    ASKED_RECENTLY = "asked_recently"
    UNREACHABLE = "unreachable"
    LANDLINE = "landline"
    TOO_OLD = "too_old"
    EXCLUDED_BY_RULE = "excluded_by_rule"
    DUPLICATE = "duplicate"


class SamplingPlan(Model):
    """The rules of a period. The key is secret until it is over; its SHA-256 is in the audit trail before it.

    late marks a plan that could not be committed before its period: the first of an installation, or one made
    after the service had been off. Rates are in ten-thousandths.
    """

    __tablename__ = "sampling_plans"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="period_runs_forward"),
        sa.CheckConstraint("late OR committed_on < starts_on", name="committed_before_its_period"),
        sa.CheckConstraint("default_rate BETWEEN 0 AND 10000", name="default_rate_is_a_share"),
        sa.CheckConstraint("length(key) = 32", name="key_has_32_bytes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date] = mapped_column(unique=True)
    ends_on: Mapped[date] = mapped_column(unique=True)
    commitment: Mapped[str] = mapped_column(sa.String(64), unique=True)
    key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    committed_at: Mapped[datetime]
    committed_on: Mapped[date]
    late: Mapped[bool]
    default_rate: Mapped[int]
    rules: Mapped[dict[str, Any]]
    rates: Mapped[list["PlanRate"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class PlanRate(Model):
    """The rate of one service by one channel, where it differs from the plan's default."""

    __tablename__ = "plan_rates"
    __table_args__ = (sa.CheckConstraint("rate BETWEEN 0 AND 10000", name="rate_is_a_share"),)

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("sampling_plans.id", ondelete="CASCADE"), primary_key=True)
    service_id: Mapped[int] = mapped_column(sa.ForeignKey("services.id"), primary_key=True)
    channel: Mapped[Channel] = mapped_column(enum_type(Channel, "channel"), primary_key=True)
    rate: Mapped[int]
    threshold: Mapped[bytes] = mapped_column(sa.LargeBinary(33))


class Draw(Model):
    """What the draw said of one contact. number is the 32 bytes of its keyed hash, rate what it was held against."""

    __tablename__ = "draws"
    __table_args__ = (
        sa.CheckConstraint(
            "(plan_id IS NOT NULL AND number IS NOT NULL AND rate IS NOT NULL) OR outcome = 'too_old'",
            name="drawn_by_a_plan",
        ),
        sa.Index("ix_draws_outcome_drawn_at", "outcome", "drawn_at"),
    )

    contact_id: Mapped[int] = mapped_column(sa.ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True)
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("sampling_plans.id"))
    number: Mapped[bytes | None] = mapped_column(sa.LargeBinary(32))
    rate: Mapped[int | None]
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome, "outcome"))
    drawn_at: Mapped[datetime]


class CommitmentTold(Model):
    """That the commitment of one sampling plan, with the head of the audit chain, went to one assessor.

    tried_at is committed before the email goes, so that no two workers send it.
    """

    __tablename__ = "commitments_told"

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("sampling_plans.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    tried_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
