"""Answering by text: how far each conversation has come, and which question a reply came in answer to."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    with op.batch_alter_table("inbound_replies") as table:
        table.add_column(sa.Column("question", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("answered", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "text_conversations",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_ended", sa.Boolean(), nullable=False),
        sa.CheckConstraint("asked BETWEEN 1 AND 3", name=op.f("ck_text_conversations_three_questions_at_most")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_text_conversations_invitation_id_invitations")
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_text_conversations")),
    )


def downgrade() -> None:
    op.drop_table("text_conversations")
    with op.batch_alter_table("inbound_replies") as table:
        table.drop_column("answered")
        table.drop_column("question")
