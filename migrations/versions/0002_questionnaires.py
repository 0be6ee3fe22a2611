"""Questionnaires and their frozen versions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaires")),
        sa.UniqueConstraint("slug", name=op.f("uq_questionnaires_slug")),
    )
    op.create_table(
        "questionnaire_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("number > 0", name=op.f("ck_questionnaire_versions_number_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaires.id"],
            name=op.f("fk_questionnaire_versions_questionnaire_id_questionnaires"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questionnaire_versions")),
        sa.UniqueConstraint(
            "questionnaire_id", "number", name=op.f("uq_questionnaire_versions_questionnaire_id_number")
        ),
    )
    freeze_published()


def freeze_published() -> None:
    """A published version never changes and never goes: answers point to it."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER questionnaire_versions_refuse_{act.lower()} BEFORE {act} ON questionnaire_versions "
                "WHEN OLD.published_at IS NOT NULL "
                "BEGIN SELECT RAISE(ABORT, 'a published version cannot be changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_published_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'a published version cannot be changed' USING ERRCODE = 'check_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER questionnaire_versions_refuse_change BEFORE UPDATE OR DELETE ON questionnaire_versions "
        "FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_published_change()"
    )


def downgrade() -> None:
    op.drop_table("questionnaire_versions")
    op.drop_table("questionnaires")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_published_change()")
