"""Figures once more as pages read them: ratings and contacts a row a place, crosses added up, totals by service."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

CHANNELS = ("phone", "face_to_face", "web", "email", "webchat", "post", "other")
OUTCOMES = (
    "selected",
    "not_drawn",
    "opted_out",
    "asked_recently",
    "unreachable",
    "landline",
    "too_old",
    "excluded_by_rule",
    "duplicate",
)
DISPOSITIONS = (
    "complete",
    "partial",
    "refusal",
    "non_contact",
    "unknown",
    "not_eligible",
    "not_sent",
    "waiting",
)


def upgrade() -> None:
    make_rating_figures()
    make_cross_totals()
    make_contact_totals()
    columns = ["service_id", "channel", "day", "total", "loaded"]
    op.create_index("ix_control_totals_by_service", "control_totals", columns, unique=False)
    fill_rating_figures()
    fill_cross_totals()
    fill_contact_totals()


def place(table: str) -> list[sa.schema.SchemaItem]:
    """The columns and constraints of what is counted by month, service and channel."""
    channel = sa.Enum(*CHANNELS, name="channel", native_enum=False, create_constraint=True, length=30)
    return [
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("channel", channel, nullable=False),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f(f"fk_{table}_service_id_services")),
        sa.PrimaryKeyConstraint("month", "service_id", "channel", name=op.f(f"pk_{table}")),
    ]


def counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def rate(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *counts("satisfied", "base", "do_not_know"),
        sa.CheckConstraint("satisfied BETWEEN 0 AND base", name=op.f(f"ck_{table}_share_of_base")),
        sa.CheckConstraint("do_not_know >= 0 AND base + do_not_know > 0", name=op.f(f"ck_{table}_somebody_rated")),
    ]


def make_rating_figures() -> None:
    op.create_table("rating_figures", *place("rating_figures"), *rate("rating_figures"))


def make_cross_totals() -> None:
    op.create_table(
        "cross_totals",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        *rate("cross_totals"),
        sa.PrimaryKeyConstraint("month", "series", "question", "code", name=op.f("pk_cross_totals")),
    )
    columns = ["question", "series", "month", "code", "satisfied", "base", "do_not_know"]
    op.create_index("ix_cross_totals_by_question", "cross_totals", columns, unique=False)


def make_contact_totals() -> None:
    columns = counts(*OUTCOMES, "waiting_for_draw", *DISPOSITIONS)
    op.create_table("contact_totals", *place("contact_totals"), *columns)


def fill_rating_figures() -> None:
    op.execute(
        "INSERT INTO rating_figures (month, service_id, channel, satisfied, base, do_not_know) "
        "SELECT month, service_id, channel, "
        "sum(CASE WHEN code IN ('very_satisfied', 'fairly_satisfied') THEN count ELSE 0 END), "
        "sum(CASE WHEN code <> 'do_not_know' THEN count ELSE 0 END), "
        "sum(CASE WHEN code = 'do_not_know' THEN count ELSE 0 END) FROM month_figures "
        "WHERE question = 'overall' AND mode NOT IN ('kiosk', 'qr') GROUP BY month, service_id, channel"
    )


def fill_cross_totals() -> None:
    """Of everything, of each service, and of each channel."""
    for series, by in (
        ("'all/all'", ""),
        ("CAST(service_id AS VARCHAR(20)) || '/all'", "service_id, "),
        ("'all/' || channel", "channel, "),
    ):
        op.execute(
            "INSERT INTO cross_totals (month, series, question, code, satisfied, base, do_not_know) "
            f"SELECT month, {series}, question, code, sum(satisfied), sum(base), sum(do_not_know) "
            f"FROM cross_figures GROUP BY month, {by}question, code"
        )


def fill_contact_totals() -> None:
    kinds = [(name, f"outcome = '{name}'") for name in OUTCOMES]
    kinds += [("waiting_for_draw", "outcome = 'waiting'")]
    kinds += [(name, f"disposition = '{name}'") for name in DISPOSITIONS]
    names = ", ".join(name for name, _ in kinds)
    sums = ", ".join(f"sum(CASE WHEN {which} THEN count ELSE 0 END)" for _, which in kinds)
    op.execute(
        f"INSERT INTO contact_totals (month, service_id, channel, {names}) "
        f"SELECT month, service_id, channel, {sums} FROM contact_figures GROUP BY month, service_id, channel"
    )


def downgrade() -> None:
    op.drop_index("ix_control_totals_by_service", table_name="control_totals")
    op.drop_table("contact_totals")
    op.drop_table("cross_totals")
    op.drop_table("rating_figures")
