"""Targets, baselines, notes, control totals and saved views."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_targets()
    make_baselines()
    make_point_notes()
    make_control_totals()
    make_saved_views()


def make_targets() -> None:
    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=True,
        ),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("share BETWEEN 1 AND 10000", name=op.f("ck_targets_share_is_a_share")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_targets_owner_id_users")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_targets_service_id_services")),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name=op.f("fk_targets_set_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
    )


def make_baselines() -> None:
    op.create_table(
        "baselines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=True,
        ),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_baselines_has_a_reason")),
        sa.CheckConstraint("first_month <= last_month", name=op.f("ck_baselines_runs_forward")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_baselines_service_id_services")),
        sa.ForeignKeyConstraint(["set_by"], ["users.id"], name=op.f("fk_baselines_set_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baselines")),
    )


def make_point_notes() -> None:
    op.create_table(
        "point_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=True,
        ),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("words <> ''", name=op.f("ck_point_notes_says_something")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_point_notes_service_id_services")),
        sa.ForeignKeyConstraint(["written_by"], ["users.id"], name=op.f("fk_point_notes_written_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_notes")),
    )


def make_control_totals() -> None:
    op.create_table(
        "control_totals",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("loaded", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("total >= 0", name=op.f("ck_control_totals_total_is_a_count")),
        sa.ForeignKeyConstraint(["loaded_by"], ["users.id"], name=op.f("fk_control_totals_loaded_by_users")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_control_totals_service_id_services")),
        sa.PrimaryKeyConstraint("day", "service_id", "channel", name=op.f("pk_control_totals")),
    )


def make_saved_views() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("page", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=1000), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_saved_views_has_a_name")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_saved_views_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_views_user_id_name")),
    )


def downgrade() -> None:
    op.drop_table("saved_views")
    op.drop_table("control_totals")
    op.drop_table("point_notes")
    op.drop_table("baselines")
    op.drop_table("targets")
