"""Who is told what by email, and what they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_email_choices()
    make_digests_sent()
    make_signals_told()


def make_email_choices() -> None:
    op.create_table(
        "email_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("signals", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_email_choices_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_email_choices")),
    )


def make_digests_sent() -> None:
    op.create_table(
        "digests_sent",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_digests_sent_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "week", name=op.f("pk_digests_sent")),
    )


def make_signals_told() -> None:
    op.create_table(
        "signals_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(length=40), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=True,
        ),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("rule <> ''", name=op.f("ck_signals_told_names_a_rule")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_signals_told_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals_told")),
        sa.UniqueConstraint("of", "month", "rule", name=op.f("uq_signals_told_of_month_rule")),
    )


def downgrade() -> None:
    op.drop_table("signals_told")
    op.drop_table("digests_sent")
    op.drop_table("email_choices")
