"""Wording of messages that administrators change."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "message_wordings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "invitation", "reminder"), nullable=False),
        sa.Column("medium", one_of("medium", "sms", "email"), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("subject", sa.String(length=150), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_message_wordings_it_says_something")),
        sa.CheckConstraint(
            "(medium = 'email') = (subject <> '')", name=op.f("ck_message_wordings_emails_have_a_subject")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_wordings")),
        sa.UniqueConstraint("kind", "medium", "language", name=op.f("uq_message_wordings_kind_medium_language")),
    )


def downgrade() -> None:
    op.drop_table("message_wordings")
