"""Seals of each day's answers and draws."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_response_seals()
    make_draw_leaves()
    make_day_seals()


def make_response_seals() -> None:
    op.create_table(
        "response_seals",
        sa.Column("response_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_response_seals")),
    )
    op.create_index("ix_response_seals_day_leaf", "response_seals", ["day", "leaf"])


def make_draw_leaves() -> None:
    op.create_table(
        "draw_leaves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draw_leaves")),
    )
    op.create_index("ix_draw_leaves_day", "draw_leaves", ["day"])


def make_day_seals() -> None:
    op.create_table(
        "day_seals",
        sa.Column("kind", one_of("kind", "answers", "draws"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_day_seals_count_is_a_count")),
        sa.ForeignKeyConstraint(["entry"], ["audit_entries.id"], name=op.f("fk_day_seals_entry_audit_entries")),
        sa.PrimaryKeyConstraint("kind", "day", name=op.f("pk_day_seals")),
    )


def downgrade() -> None:
    op.drop_table("day_seals")
    op.drop_table("draw_leaves")
    op.drop_table("response_seals")
