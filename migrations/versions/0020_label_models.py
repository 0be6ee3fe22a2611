"""Models that label comments, their code frames, and the corrections they learn from."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    op.create_table(
        "code_frames",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["users.id"], name=op.f("fk_code_frames_made_by_users")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_code_frames")),
    )
    make_models()
    make_corrections()
    refuse_changes()


def make_models() -> None:
    op.create_table(
        "label_models",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standing", one_of("standing", "challenger", "champion", "former", "refused"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stood_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code_frame", sa.Integer(), nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("arrays", sa.LargeBinary(), nullable=True),
        sa.Column("manifest", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "standing <> 'champion' OR arrays IS NOT NULL", name=op.f("ck_label_models_a_champion_is_whole")
        ),
        sa.ForeignKeyConstraint(
            ["code_frame"], ["code_frames.number"], name=op.f("fk_label_models_code_frame_code_frames")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_models")),
    )
    op.create_index(
        "uq_label_models_champion",
        "label_models",
        ["standing"],
        unique=True,
        sqlite_where=sa.text("standing = 'champion'"),
        postgresql_where=sa.text("standing = 'champion'"),
    )


def make_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("comment_read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shown_as", one_of("shown_as", "uncertain", "rare", "random", "second", "chosen"), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("topics_before", sa.JSON(), nullable=True),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("sentiment_before", sa.String(length=20), nullable=True),
        sa.Column("sentiment", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["label_models.id"], name=op.f("fk_corrections_model_id_label_models")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["users.id"], name=op.f("fk_corrections_reviewer_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_comment_id", "corrections", ["comment_id"], unique=False)
    op.create_index("ix_corrections_reviewer_id_comment_id", "corrections", ["reviewer_id", "comment_id"], unique=False)


def refuse_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER corrections_refuse_{act.lower()} BEFORE {act} ON corrections "
                "BEGIN SELECT RAISE(ABORT, 'corrections cannot be changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_correction_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'corrections cannot be changed' USING ERRCODE = 'check_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER corrections_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON corrections "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_correction_change()"
    )


def downgrade() -> None:
    op.drop_table("corrections")
    op.drop_table("label_models")
    op.drop_table("code_frames")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_correction_change()")
