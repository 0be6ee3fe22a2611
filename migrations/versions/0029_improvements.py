"""Improvements, what they came from, and praise that was passed on."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_improvements()
    make_improvement_quotations()
    make_improvement_cases()
    make_compliments()


def columns_of_improvements() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=True,
        ),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("came_from", one_of("came_from", "theme", "signal", "cases", "other"), nullable=False),
        sa.Column("theme", sa.String(length=63), nullable=True),
        sa.Column("signal_id", sa.Integer(), nullable=True),
        sa.Column("share_count", sa.Integer(), nullable=True),
        sa.Column("share_base", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", one_of("state", "planned", "doing", "done", "dropped"), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("publishing", one_of("publishing", "draft", "proposed", "published"), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
    ]


def make_improvements() -> None:
    op.create_table(
        "improvements",
        *columns_of_improvements(),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_improvements_done_has_a_day")),
        sa.CheckConstraint(
            "publishing <> 'published' OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_improvements_a_person_approves"),
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_improvements_it_has_a_title")),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by", name=op.f("ck_improvements_nobody_approves_their_own")
        ),
        sa.CheckConstraint(
            "share_count IS NULL OR share_count <= share_base", name=op.f("ck_improvements_a_share_is_a_part")
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_improvements_approved_by_users")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_improvements_made_by_users")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_improvements_owner_id_users")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_improvements_proposed_by_users")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_improvements_service_id_services")),
        sa.ForeignKeyConstraint(
            ["signal_id"], ["signals_told.id"], name=op.f("fk_improvements_signal_id_signals_told")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvements")),
    )
    op.create_index("ix_improvements_service_id_state", "improvements", ["service_id", "state"])


def make_improvement_quotations() -> None:
    op.create_table(
        "improvement_quotations",
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvements.id"],
            name=op.f("fk_improvement_quotations_improvement_id_improvements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotations.id"],
            name=op.f("fk_improvement_quotations_quotation_id_quotations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("improvement_id", "quotation_id", name=op.f("pk_improvement_quotations")),
    )


def make_improvement_cases() -> None:
    op.create_table(
        "improvement_cases",
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_improvement_cases_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvements.id"],
            name=op.f("fk_improvement_cases_improvement_id_improvements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("improvement_id", "case_id", name=op.f("pk_improvement_cases")),
    )
    op.create_index(op.f("ix_improvement_cases_case_id"), "improvement_cases", ["case_id"])


def make_compliments() -> None:
    op.create_table(
        "compliments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("passed_on_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_on_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("team <> ''", name=op.f("ck_compliments_it_went_to_somebody")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_compliments_comment_id_comments"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["passed_on_by"], ["users.id"], name=op.f("fk_compliments_passed_on_by_users")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_compliments_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compliments")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_compliments_comment_id")),
    )
    op.create_index(op.f("ix_compliments_service_id"), "compliments", ["service_id"])


def downgrade() -> None:
    op.drop_table("compliments")
    op.drop_table("improvement_cases")
    op.drop_table("improvement_quotations")
    op.drop_table("improvements")
