"""Who is told of cases: choices, notices, and webhooks with their deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_webhooks()
    make_webhook_deliveries()
    make_alert_choices()
    make_notices()


def make_webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("name <> '' AND url <> ''", name=op.f("ck_webhooks_it_has_a_name_and_an_address")),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_webhooks_made_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
        sa.UniqueConstraint("name", name=op.f("uq_webhooks_name")),
    )


def make_webhook_deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=40), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("state", one_of("state", "waiting", "delivered", "failed"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state <> 'waiting' OR body IS NOT NULL", name=op.f("ck_webhook_deliveries_what_is_to_go_has_a_body")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_webhook_deliveries_case_id_cases")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_webhook_deliveries_user_id_users")),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=op.f("fk_webhook_deliveries_webhook_id_webhooks"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint("message_id", name=op.f("uq_webhook_deliveries_message_id")),
    )
    op.create_index(op.f("ix_webhook_deliveries_case_id"), "webhook_deliveries", ["case_id"])
    op.create_index("ix_webhook_deliveries_state_due_at", "webhook_deliveries", ["state", "due_at"])
    op.create_index(op.f("ix_webhook_deliveries_webhook_id"), "webhook_deliveries", ["webhook_id"])


def make_alert_choices() -> None:
    op.create_table(
        "alert_choices",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "urgent", "new_case", "given", "late"), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_alert_choices_user_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=op.f("fk_alert_choices_webhook_id_webhooks"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_alert_choices")),
    )


def make_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "urgent", "new_case", "given", "late"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("email", one_of("email", "none", "waiting", "told", "failed"), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "email IN ('none', 'waiting') OR tried_at IS NOT NULL", name=op.f("ck_notices_nothing_is_settled_untried")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notices_case_id_cases")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notices_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("user_id", "case_id", "kind", "at", name=op.f("uq_notices_user_id_case_id_kind_at")),
    )
    op.create_index("ix_notices_user_id_id", "notices", ["user_id", "id"])
    op.create_index("ix_notices_user_id_tried_at", "notices", ["user_id", "tried_at"])
    op.create_index(op.f("ix_notices_case_id"), "notices", ["case_id"])
    op.create_index(
        "ix_notices_unseen",
        "notices",
        ["user_id"],
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    )
    op.create_index(
        "ix_notices_waiting",
        "notices",
        ["at"],
        sqlite_where=sa.text("email = 'waiting'"),
        postgresql_where=sa.text("email = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_table("alert_choices")
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
