"""Sampling plans and draws."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_sampling_plans()
    make_plan_rates()
    make_draws()


def make_sampling_plans() -> None:
    op.create_table(
        "sampling_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_on", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("default_rate", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.CheckConstraint("default_rate BETWEEN 0 AND 10000", name=op.f("ck_sampling_plans_default_rate_is_a_share")),
        sa.CheckConstraint(
            "late OR committed_on < starts_on", name=op.f("ck_sampling_plans_committed_before_its_period")
        ),
        sa.CheckConstraint("length(key) = 32", name=op.f("ck_sampling_plans_key_has_32_bytes")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_sampling_plans_period_runs_forward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampling_plans")),
        sa.UniqueConstraint("commitment", name=op.f("uq_sampling_plans_commitment")),
        sa.UniqueConstraint("ends_on", name=op.f("uq_sampling_plans_ends_on")),
        sa.UniqueConstraint("starts_on", name=op.f("uq_sampling_plans_starts_on")),
    )


def make_plan_rates() -> None:
    op.create_table(
        "plan_rates",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("rate", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.LargeBinary(length=33), nullable=False),
        sa.CheckConstraint("rate BETWEEN 0 AND 10000", name=op.f("ck_plan_rates_rate_is_a_share")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["sampling_plans.id"], name=op.f("fk_plan_rates_plan_id_sampling_plans"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_plan_rates_service_id_services")),
        sa.PrimaryKeyConstraint("plan_id", "service_id", "channel", name=op.f("pk_plan_rates")),
    )


def make_draws() -> None:
    op.create_table(
        "draws",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.LargeBinary(length=32), nullable=True),
        sa.Column("rate", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            one_of(
                "outcome",
                "selected",
                "not_drawn",
                "opted_out",
                "asked_recently",
                "unreachable",
                "landline",
                "too_old",
                "excluded_by_rule",
                "duplicate",
            ),
            nullable=False,
        ),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(plan_id IS NOT NULL AND number IS NOT NULL AND rate IS NOT NULL) OR outcome = 'too_old'",
            name=op.f("ck_draws_drawn_by_a_plan"),
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_draws_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["sampling_plans.id"], name=op.f("fk_draws_plan_id_sampling_plans")),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_draws")),
    )
    op.create_index("ix_draws_outcome_drawn_at", "draws", ["outcome", "drawn_at"], unique=False)


def downgrade() -> None:
    op.drop_table("draws")
    op.drop_table("plan_rates")
    op.drop_table("sampling_plans")
