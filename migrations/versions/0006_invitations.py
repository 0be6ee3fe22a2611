"""Invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def constraints() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint(
            "state <> 'claimed' OR claimed_at IS NOT NULL", name=op.f("ck_invitations_claimed_has_a_moment")
        ),
        sa.CheckConstraint(
            "(kind = 'reminder') = (reminder_of IS NOT NULL)", name=op.f("ck_invitations_a_reminder_reminds")
        ),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_invitations_sent_has_a_moment")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_invitations_contact_id_contacts")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_versions.id"], name=op.f("fk_invitations_version_id_questionnaire_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.ForeignKeyConstraint(
            ["reminder_of"], ["invitations.id"], name=op.f("fk_invitations_reminder_of_invitations")
        ),
        sa.UniqueConstraint("contact_id", "kind", name=op.f("uq_invitations_contact_id_kind")),
        sa.UniqueConstraint("reminder_of", name=op.f("uq_invitations_reminder_of")),
        sa.UniqueConstraint("correlation", name=op.f("uq_invitations_correlation")),
        sa.UniqueConstraint("provider_ref", name=op.f("uq_invitations_provider_ref")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_invitations_token_digest")),
    ]


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "invitation", "reminder"), nullable=False),
        sa.Column("reminder_of", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("medium", one_of("medium", "sms", "email"), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column(
            "state",
            one_of("state", "due", "claimed", "sent", "delivered", "undelivered", "uncertain", "rejected", "not_sent"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_for_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("provider_ref", sa.String(length=80), nullable=True),
        sa.Column("correlation", sa.String(length=12), nullable=True),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *constraints(),
    )
    op.create_index("ix_invitations_sent_at", "invitations", ["sent_at"], unique=False)
    op.create_index("ix_invitations_state_due_at", "invitations", ["state", "due_at"], unique=False)


def downgrade() -> None:
    op.drop_table("invitations")
