"""Figures by month, by answer against rating, and of contacts; and what late answers revised."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_month_figures()
    make_cross_figures()
    make_contact_figures()
    make_revisions()


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
    op.create_index("ix_month_figures_question_month", "month_figures", ["question", "month"], unique=False)


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
        sa.Column("rating", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_cross_figures_count_is_positive")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_cross_figures_service_id_services")),
        sa.PrimaryKeyConstraint(
            "month", "service_id", "channel", "question", "code", "rating", name=op.f("pk_cross_figures")
        ),
    )
    op.create_index("ix_cross_figures_question_month", "cross_figures", ["question", "month"], unique=False)


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
