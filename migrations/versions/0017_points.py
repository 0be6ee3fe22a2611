"""Kiosks and posters: addresses that can be replaced, marks of busy networks, and figures by place."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    with op.batch_alter_table("collection_points") as table:
        table.add_column(sa.Column("address_number", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.create_table(
        "network_marks",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=2), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"], ["collection_points.id"], name=op.f("fk_network_marks_point_id_collection_points")
        ),
        sa.PrimaryKeyConstraint("point_id", "mark", "slot", name=op.f("pk_network_marks")),
    )
    op.create_table(
        "point_figures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_point_figures_count_is_positive")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["collection_points.id"], name=op.f("fk_point_figures_point_id_collection_points")
        ),
        sa.PrimaryKeyConstraint("day", "point_id", "doubted", "code", name=op.f("pk_point_figures")),
    )
    op.drop_index("ix_responses_point_id", table_name="responses")
    at_points = sa.text("point_id IS NOT NULL")
    op.create_index(
        "ix_responses_point_id_started_at",
        "responses",
        ["point_id", "started_at"],
        sqlite_where=at_points,
        postgresql_where=at_points,
    )


def downgrade() -> None:
    op.drop_index("ix_responses_point_id_started_at", table_name="responses")
    op.create_index("ix_responses_point_id", "responses", ["point_id"], unique=False)
    op.drop_table("point_figures")
    op.drop_table("network_marks")
    with op.batch_alter_table("collection_points") as table:
        table.drop_column("address_number")
