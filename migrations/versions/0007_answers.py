"""Responses and answers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_responses()
    index_responses()
    make_answers()


def make_responses() -> None:
    op.create_table(
        "responses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("mode", one_of("mode", "web", "sms", "kiosk", "qr", "officer"), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "satisfaction",
            one_of(
                "satisfaction",
                "very_satisfied",
                "fairly_satisfied",
                "neither",
                "fairly_dissatisfied",
                "very_dissatisfied",
                "do_not_know",
            ),
            nullable=True,
        ),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "completed_at IS NULL OR completed_at >= started_at", name=op.f("ck_responses_ends_after_it_began")
        ),
        sa.CheckConstraint(
            "completed_at IS NULL OR satisfaction IS NOT NULL", name=op.f("ck_responses_complete_means_rated")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_responses_invitation_id_invitations")
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_responses_service_id_services")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["questionnaire_versions.id"], name=op.f("fk_responses_version_id_questionnaire_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_responses")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_responses_invitation_id")),
    )


def index_responses() -> None:
    op.create_index("ix_responses_day", "responses", ["day"], unique=False)
    op.create_index(
        "ix_responses_uncounted",
        "responses",
        ["day"],
        unique=False,
        sqlite_where=sa.text("NOT counted"),
        postgresql_where=sa.text("NOT counted"),
    )


def make_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(code IS NULL) <> (words IS NULL)", name=op.f("ck_answers_code_or_words")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["responses.id"], name=op.f("fk_answers_response_id_responses"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_answers")),
    )


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_table("responses")
