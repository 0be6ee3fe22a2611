"""Urgent comments for a person to look at, and quotations approved one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_urgent_comments()
    make_urgent_notices()
    make_quotations()


def make_urgent_comments() -> None:
    op.create_table(
        "urgent_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("flag", one_of("flag", "safeguarding", "threat", "complaint"), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("outcome", one_of("outcome", "passed_on", "known", "no_concern"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)",
            name=op.f("ck_urgent_comments_a_person_closes_it_with_an_outcome"),
        ),
        sa.ForeignKeyConstraint(["closed_by"], ["users.id"], name=op.f("fk_urgent_comments_closed_by_users")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_urgent_comments_comment_id_comments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["raised_by"], ["users.id"], name=op.f("fk_urgent_comments_raised_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urgent_comments")),
        sa.UniqueConstraint("comment_id", "flag", name=op.f("uq_urgent_comments_comment_id_flag")),
    )
    op.create_index(
        "ix_urgent_comments_open",
        "urgent_comments",
        ["flag", "raised_at"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_urgent_comments_untold",
        "urgent_comments",
        ["raised_at"],
        unique=False,
        sqlite_where=sa.text("told_at IS NULL AND closed_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL AND closed_at IS NULL"),
    )


def make_urgent_notices() -> None:
    op.create_table(
        "urgent_notices",
        sa.Column("urgent_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", one_of("state", "waiting", "told", "failed"), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state = 'waiting' OR tried_at IS NOT NULL", name=op.f("ck_urgent_notices_nothing_is_settled_untried")
        ),
        sa.ForeignKeyConstraint(
            ["urgent_id"],
            ["urgent_comments.id"],
            name=op.f("fk_urgent_notices_urgent_id_urgent_comments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_urgent_notices_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("urgent_id", "user_id", "raised_at", name=op.f("pk_urgent_notices")),
    )
    op.create_index("ix_urgent_notices_tried_at", "urgent_notices", ["tried_at"], unique=False)
    op.create_index(
        "ix_urgent_notices_waiting",
        "urgent_notices",
        ["urgent_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def make_quotations() -> None:
    op.create_table(
        "quotations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", one_of("state", "proposed", "approved", "withdrawn"), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state <> 'approved' OR decided_by IS NOT NULL", name=op.f("ck_quotations_a_person_approves")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_at IS NULL)", name=op.f("ck_quotations_proposed_until_decided")
        ),
        sa.CheckConstraint("words <> ''", name=op.f("ck_quotations_it_says_something")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_quotations_comment_id_comments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_quotations_decided_by_users")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_quotations_proposed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotations")),
    )
    op.create_index("ix_quotations_comment_id", "quotations", ["comment_id"], unique=False)
    op.create_index("ix_quotations_state", "quotations", ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("quotations")
    op.drop_table("urgent_notices")
    op.drop_table("urgent_comments")
