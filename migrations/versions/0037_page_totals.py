"""What pages add up day by day and cell by cell, added up once: answers by service and channel, points by month."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

MODES = ("web", "sms", "kiosk", "qr", "officer")


def upgrade() -> None:
    make_code_totals()
    make_point_totals()
    fill_code_totals()
    fill_point_totals()


def counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def make_code_totals() -> None:
    mode = sa.Enum(*MODES, name="mode", native_enum=False, create_constraint=True, length=30)
    op.create_table(
        "code_totals",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("mode", mode, nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        *counts("count"),
        sa.CheckConstraint("count > 0", name=op.f("ck_code_totals_count_is_positive")),
        sa.PrimaryKeyConstraint("month", "series", "mode", "question", "code", name=op.f("pk_code_totals")),
    )
    columns = ["question", "series", "month", "mode", "code", "count"]
    op.create_index("ix_code_totals_by_question", "code_totals", columns, unique=False)


def make_point_totals() -> None:
    op.create_table(
        "point_totals",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        *counts("satisfied", "base", "do_not_know", "doubted"),
        sa.CheckConstraint("satisfied BETWEEN 0 AND base", name=op.f("ck_point_totals_share_of_base")),
        sa.CheckConstraint("do_not_know >= 0 AND base + do_not_know > 0", name=op.f("ck_point_totals_somebody_rated")),
        sa.CheckConstraint("doubted BETWEEN 0 AND base + do_not_know", name=op.f("ck_point_totals_doubted_of_all")),
        sa.ForeignKeyConstraint(
            ["point_id"], ["collection_points.id"], name=op.f("fk_point_totals_point_id_collection_points")
        ),
        sa.PrimaryKeyConstraint("month", "point_id", name=op.f("pk_point_totals")),
    )


def fill_code_totals() -> None:
    """Of everything, of each service, and of each channel."""
    for series, by in (
        ("'all/all'", ""),
        ("CAST(service_id AS VARCHAR(20)) || '/all'", "service_id, "),
        ("'all/' || channel", "channel, "),
    ):
        op.execute(
            "INSERT INTO code_totals (month, series, mode, question, code, count) "
            f"SELECT month, {series}, mode, question, code, sum(count) FROM month_figures "
            f"WHERE mode NOT IN ('kiosk', 'qr') GROUP BY month, {by}mode, question, code"
        )


def fill_point_totals() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    month = "date(day, 'start of month')" if sqlite else "CAST(date_trunc('month', day) AS date)"
    op.execute(
        "INSERT INTO point_totals (month, point_id, satisfied, base, do_not_know, doubted) "
        f"SELECT {month}, point_id, "
        "sum(CASE WHEN code IN ('very_satisfied', 'fairly_satisfied') THEN count ELSE 0 END), "
        "sum(CASE WHEN code <> 'do_not_know' THEN count ELSE 0 END), "
        "sum(CASE WHEN code = 'do_not_know' THEN count ELSE 0 END), "
        f"sum(CASE WHEN doubted THEN count ELSE 0 END) FROM point_figures GROUP BY {month}, point_id"
    )


def downgrade() -> None:
    op.drop_table("point_totals")
    op.drop_index("ix_code_totals_by_question", table_name="code_totals")
    op.drop_table("code_totals")
