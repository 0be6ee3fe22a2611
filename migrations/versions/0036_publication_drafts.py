"""The next version of a quarter's open data, worked out by a worker before somebody looks it through."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

STATES = ("queued", "running", "done", "failed")


def upgrade() -> None:
    op.create_table(
        "publication_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("tables", sa.JSON(), nullable=True),
        sa.Column("hidden", sa.JSON(), nullable=True),
        sa.Column("counts_sha256", sa.String(length=64), nullable=True),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=30),
            nullable=False,
        ),
        sa.Column("refusal", sa.String(length=300), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'done' OR (tables IS NOT NULL AND hidden IS NOT NULL AND counts_sha256 IS NOT NULL)",
            name=op.f("ck_publication_drafts_done_has_figures"),
        ),
        sa.CheckConstraint(
            "(state = 'failed') = (refusal IS NOT NULL)", name=op.f("ck_publication_drafts_failed_says_why")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_publication_drafts_asked_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_drafts")),
        sa.UniqueConstraint("quarter", name=op.f("uq_publication_drafts_quarter")),
    )
    op.create_index("ix_publication_drafts_state", "publication_drafts", ["state"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_publication_drafts_state", table_name="publication_drafts")
    op.drop_table("publication_drafts")
