"""Count cases once for the page of what they teach, which read every one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

MEASURES = (
    "opened",
    "closed",
    "reopened",
    "acknowledgement_due",
    "acted_in_time",
    "answer_due",
    "answered_in_time",
    "days_to_act",
    "days_to_close",
    "cause",
    "contact_month",
)
CHANNELS = ("phone", "face_to_face", "web", "email", "webchat", "post", "other")


def upgrade() -> None:
    """No case is counted yet; the queue does so within minutes."""
    measure, channel = (
        sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)
        for name, values in (("measure", MEASURES), ("channel", CHANNELS))
    )
    op.create_table(
        "case_figures",
        sa.Column("measure", measure, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("channel", channel, nullable=False),
        sa.Column("code", sa.String(length=63), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_case_figures_count_is_positive")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_case_figures_service_id_services")),
        sa.PrimaryKeyConstraint("measure", "month", "service_id", "channel", "code", name=op.f("pk_case_figures")),
    )
    op.add_column("cases", sa.Column("counted_with", sa.String(length=30), nullable=True))
    columns = ["counted_with", "service_id", "opened_at"]
    op.create_index("ix_cases_counted_with_service_id_opened_at", "cases", columns)


def downgrade() -> None:
    op.drop_index("ix_cases_counted_with_service_id_opened_at", "cases")
    op.drop_column("cases", "counted_with")
    op.drop_table("case_figures")
