"""Day figures."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "day_figures",
        sa.Column("day", sa.Date(), nullable=False),
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
        sa.CheckConstraint("count > 0", name=op.f("ck_day_figures_count_is_positive")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_day_figures_service_id_services")),
        sa.PrimaryKeyConstraint(
            "day", "service_id", "channel", "mode", "question", "code", name=op.f("pk_day_figures")
        ),
    )


def downgrade() -> None:
    op.drop_table("day_figures")
