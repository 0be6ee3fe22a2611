"""Packs, exports, publications, what is said of standards, and whom assessors are."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_made_files()
    make_file_pieces()
    make_evidence_packs()
    make_exports()
    make_publications()
    make_element_notes()
    make_assessor_access()
    make_commitments_told()


def make_made_files() -> None:
    op.create_table(
        "made_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("mimetype", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_made_files_it_has_a_name")),
        sa.CheckConstraint("(made_at IS NULL) = (sha256 IS NULL)", name=op.f("ck_made_files_whole_has_a_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_made_files")),
    )


def make_file_pieces() -> None:
    op.create_table(
        "file_pieces",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["made_files.id"], name=op.f("fk_file_pieces_file_id_made_files"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_file_pieces")),
    )


def make_evidence_packs() -> None:
    op.create_table(
        "evidence_packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("cutoff", sa.Integer(), nullable=False),
        sa.Column("cutoff_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", one_of("state", "queued", "running", "done", "failed"), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=60), nullable=False),
        sa.Column("refusal", sa.String(length=300), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("manifest_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state <> 'done' OR (file_id IS NOT NULL AND manifest_sha256 IS NOT NULL)",
            name=op.f("ck_evidence_packs_done_has_a_file"),
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_evidence_packs_progress_is_a_percentage")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_evidence_packs_runs_forward")),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_evidence_packs_asked_by_users")),
        sa.ForeignKeyConstraint(["file_id"], ["made_files.id"], name=op.f("fk_evidence_packs_file_id_made_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_packs")),
    )
    op.create_index(op.f("ix_evidence_packs_state"), "evidence_packs", ["state"])


def make_exports() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "contacts", "answers"), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("state", one_of("state", "queued", "running", "done", "failed"), nullable=False),
        sa.Column("refusal", sa.String(length=300), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["users.id"], name=op.f("fk_exports_asked_by_users")),
        sa.ForeignKeyConstraint(["file_id"], ["made_files.id"], name=op.f("fk_exports_file_id_made_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_state"), "exports", ["state"])


def make_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(version = 1) = (why IS NULL)", name=op.f("ck_publications_a_new_version_has_a_reason")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_publications_versions_count_from_one")),
        sa.ForeignKeyConstraint(["file_id"], ["made_files.id"], name=op.f("fk_publications_file_id_made_files")),
        sa.ForeignKeyConstraint(["published_by"], ["users.id"], name=op.f("fk_publications_published_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
        sa.UniqueConstraint("quarter", "version", name=op.f("uq_publications_quarter_version")),
    )


def make_element_notes() -> None:
    op.create_table(
        "element_notes",
        sa.Column("standard", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("paraphrase", sa.String(length=500), nullable=True),
        sa.Column("reference", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("offered", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.CheckConstraint("standard <> '' AND code <> ''", name=op.f("ck_element_notes_it_is_of_a_standard")),
        sa.ForeignKeyConstraint(["changed_by"], ["users.id"], name=op.f("fk_element_notes_changed_by_users")),
        sa.PrimaryKeyConstraint("standard", "code", name=op.f("pk_element_notes")),
    )


def make_assessor_access() -> None:
    op.create_table(
        "assessor_access",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("last_month", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("first_month <= last_month", name=op.f("ck_assessor_access_runs_forward")),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_assessor_access_given_by_users")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_assessor_access_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_assessor_access")),
    )


def make_commitments_told() -> None:
    op.create_table(
        "commitments_told",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["sampling_plans.id"],
            name=op.f("fk_commitments_told_plan_id_sampling_plans"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_commitments_told_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("plan_id", "user_id", name=op.f("pk_commitments_told")),
    )


def downgrade() -> None:
    op.drop_table("commitments_told")
    op.drop_table("assessor_access")
    op.drop_table("element_notes")
    op.drop_table("publications")
    op.drop_table("exports")
    op.drop_table("evidence_packs")
    op.drop_table("file_pieces")
    op.drop_table("made_files")
