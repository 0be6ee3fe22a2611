"""Drafts of questionnaires, and who gets which questionnaire."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    # In place: rebuilding the table would lose the triggers that freeze what is published.
    op.add_column(
        "questionnaire_versions", sa.Column("edition", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )
    op.create_index(
        "uq_questionnaire_versions_one_draft",
        "questionnaire_versions",
        ["questionnaire_id"],
        unique=True,
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "questionnaire_uses",
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_questionnaire_uses_questionnaire_id_questionnaires"),
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["services.id"], name=op.f("fk_questionnaire_uses_service_id_services")
        ),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_questionnaire_uses")),
    )


def downgrade() -> None:
    op.drop_table("questionnaire_uses")
    op.drop_index("uq_questionnaire_versions_one_draft", table_name="questionnaire_versions")
    op.execute("DELETE FROM questionnaire_versions WHERE published_at IS NULL")
    op.drop_column("questionnaire_versions", "edition")
