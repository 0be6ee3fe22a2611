"""Receipts and replies, and the switch that pauses sending."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "delivery_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=20), nullable=False),
        sa.Column("dedupe_key", sa.String(length=160), nullable=False),
        sa.Column("provider_ref", sa.String(length=120), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("error_code", sa.String(length=20), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_delivery_events_invitation_id_invitations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_events")),
        sa.UniqueConstraint("dedupe_key", name=op.f("uq_delivery_events_dedupe_key")),
    )
    for column in ("invitation_id", "provider_ref", "received_at"):
        op.create_index(f"ix_delivery_events_{column}", "delivery_events", [column], unique=False)
    inbound_replies()
    op.create_table(
        "sending_switch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_sending_switch_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending_switch")),
    )


def inbound_replies() -> None:
    op.create_table(
        "inbound_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_ref", sa.String(length=80), nullable=False),
        sa.Column("from_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("meaning", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_inbound_replies_invitation_id_invitations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbound_replies")),
        sa.UniqueConstraint("provider_ref", name=op.f("uq_inbound_replies_provider_ref")),
    )
    for column in ("from_hash", "received_at"):
        op.create_index(f"ix_inbound_replies_{column}", "inbound_replies", [column], unique=False)


def downgrade() -> None:
    op.drop_table("sending_switch")
    op.drop_table("inbound_replies")
    op.drop_table("delivery_events")
