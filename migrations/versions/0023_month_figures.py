"""Figures by month, by answer against rating, and of contacts; and what late answers revised."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.drop_index("ix_responses_day", table_name="responses")
    op.create_index("ix_responses_service_id_channel_day", "responses", ["service_id", "channel", "day"], unique=False)
    make_month_figures()
    make_cross_figures()
    make_contact_figures()
    make_revisions()
    fill_month_figures()
    fill_cross_figures()


def month_of(day: str) -> str:
    """The first day of its month."""
    if op.get_bind().dialect.name == "sqlite":
        return f"date({day}, 'start of month')"
    return f"date_trunc('month', {day})::date"


def fill_month_figures() -> None:
    """From the day figures that are there. Contacts are counted by the first run of their task."""
    op.execute(
        "INSERT INTO month_figures (month, service_id, channel, mode, question, code, count) "
        f"SELECT {month_of('day')}, service_id, channel, mode, question, code, sum(count) FROM day_figures "
        f"GROUP BY {month_of('day')}, service_id, channel, mode, question, code"
    )


def fill_cross_figures() -> None:
    """Of responses that were counted before; the others are still to be rolled up."""
    rated = "r.counted AND r.satisfaction IS NOT NULL AND r.mode NOT IN ('kiosk', 'qr')"
    place = f"SELECT {month_of('r.day')} AS month, r.service_id, r.channel"
    op.execute(
        "INSERT INTO cross_figures (month, service_id, channel, question, code, satisfied, base, do_not_know) "
        "SELECT month, service_id, channel, question, code, "
        "sum(CASE WHEN rating IN ('very_satisfied', 'fairly_satisfied') THEN 1 ELSE 0 END), "
        "sum(CASE WHEN rating <> 'do_not_know' THEN 1 ELSE 0 END), "
        "sum(CASE WHEN rating = 'do_not_know' THEN 1 ELSE 0 END) FROM ("
        f"{place}, a.question, a.code, r.satisfaction AS rating FROM responses r "
        "JOIN answers a ON a.response_id = r.id "
        f"WHERE a.code IS NOT NULL AND a.question <> 'overall' AND {rated} UNION ALL "
        f"{place}, 'equality.' || e.item, e.code, r.satisfaction FROM responses r "
        f"JOIN equality_answers e ON e.response_id = r.id WHERE {rated}"
        ") AS each_answer GROUP BY month, service_id, channel, question, code"
    )


def make_month_figures() -> None:
    op.create_table(
        "month_figures",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("mode", one_of("mode", "web", "sms", "kiosk", "qr", "officer"), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_month_figures_count_is_positive")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_month_figures_service_id_services")),
        sa.PrimaryKeyConstraint(
            "month", "service_id", "channel", "mode", "question", "code", name=op.f("pk_month_figures")
        ),
    )
    columns = ["question", "month", "service_id", "channel", "mode", "code", "count"]
    op.create_index("ix_month_figures_by_question", "month_figures", columns, unique=False)


def make_cross_figures() -> None:
    op.create_table(
        "cross_figures",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("do_not_know", sa.Integer(), nullable=False),
        sa.CheckConstraint("satisfied BETWEEN 0 AND base", name=op.f("ck_cross_figures_share_of_base")),
        sa.CheckConstraint("do_not_know >= 0 AND base + do_not_know > 0", name=op.f("ck_cross_figures_somebody_rated")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_cross_figures_service_id_services")),
        sa.PrimaryKeyConstraint("month", "service_id", "channel", "question", "code", name=op.f("pk_cross_figures")),
    )
    columns = ["question", "month", "service_id", "channel", "code", "satisfied", "base", "do_not_know"]
    op.create_index("ix_cross_figures_by_question", "cross_figures", columns, unique=False)


def make_contact_figures() -> None:
    op.create_table(
        "contact_figures",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("outcome", sa.String(length=30), nullable=False),
        sa.Column(
            "disposition",
            one_of(
                "disposition",
                "complete",
                "partial",
                "refusal",
                "non_contact",
                "unknown",
                "not_eligible",
                "not_sent",
                "waiting",
                "not_asked",
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'selected') = (disposition <> 'not_asked')",
            name=op.f("ck_contact_figures_only_the_selected_are_asked"),
        ),
        sa.CheckConstraint("count > 0", name=op.f("ck_contact_figures_count_is_positive")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_contact_figures_service_id_services")),
        sa.PrimaryKeyConstraint(
            "month", "service_id", "channel", "outcome", "disposition", name=op.f("pk_contact_figures")
        ),
    )


def make_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("satisfied_before", sa.Integer(), nullable=False),
        sa.Column("base_before", sa.Integer(), nullable=False),
        sa.Column("satisfied_after", sa.Integer(), nullable=False),
        sa.Column("base_after", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "satisfied_before <= base_before AND satisfied_after <= base_after",
            name=op.f("ck_revisions_shares_of_bases"),
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_revisions_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
    )
    op.create_index("ix_revisions_month", "revisions", ["month"], unique=False)


def downgrade() -> None:
    op.drop_table("revisions")
    op.drop_table("contact_figures")
    op.drop_table("cross_figures")
    op.drop_table("month_figures")
    op.drop_index("ix_responses_service_id_channel_day", table_name="responses")
    op.create_index("ix_responses_day", "responses", ["day"], unique=False)
