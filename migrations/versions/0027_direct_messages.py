"""Messages that a person of the council writes to one resident."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_direct_messages()


def make_direct_messages() -> None:
    op.create_table(
        "direct_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("medium", one_of("medium", "sms", "email"), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("once", sa.LargeBinary(length=32), nullable=False),
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
        sa.CheckConstraint(
            "state <> 'claimed' OR claimed_at IS NOT NULL", name=op.f("ck_direct_messages_claimed_has_a_moment")
        ),
        sa.CheckConstraint("state <> 'sent' OR sent_at IS NOT NULL", name=op.f("ck_direct_messages_sent_has_a_moment")),
        sa.CheckConstraint(
            "words IS NOT NULL OR state NOT IN ('due', 'claimed')",
            name=op.f("ck_direct_messages_what_is_still_to_go_says_something"),
        ),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_direct_messages_contact_id_contacts")),
        sa.ForeignKeyConstraint(["written_by"], ["users.id"], name=op.f("fk_direct_messages_written_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_direct_messages")),
        sa.UniqueConstraint("correlation", name=op.f("uq_direct_messages_correlation")),
        sa.UniqueConstraint("once", name=op.f("uq_direct_messages_once")),
        sa.UniqueConstraint("provider_ref", name=op.f("uq_direct_messages_provider_ref")),
    )
    op.create_index(op.f("ix_direct_messages_contact_id"), "direct_messages", ["contact_id"])
    op.create_index("ix_direct_messages_state_due_at", "direct_messages", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("direct_messages")
