"""Import batches, contacts and contact points."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_contact_points()
    make_import_batches()
    make_source_mappings()
    make_contacts()
    make_import_chunks()
    make_import_faults()


def make_contact_points() -> None:
    op.create_table(
        "contact_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", one_of("kind", "phone", "email"), nullable=False),
        sa.Column("opted_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "opted_out_by",
            one_of(
                "opted_out_by", "page", "reply", "provider", "spam_report", "bounce", "unsubscribe_header", "officer"
            ),
            nullable=True,
        ),
        sa.Column("last_invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unusable_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_points")),
        sa.UniqueConstraint("address_hash", name=op.f("uq_contact_points_address_hash")),
    )


def make_import_batches() -> None:
    op.create_table(
        "import_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", one_of("state", "mapping", "queued", "reading", "loaded", "refused"), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("make_services", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state <> 'loaded' OR rows = accepted + rejected + known",
            name=op.f("ck_import_batches_every_row_is_accounted_for"),
        ),
        sa.CheckConstraint(
            "rows >= 0 AND accepted >= 0 AND rejected >= 0 AND known >= 0", name=op.f("ck_import_batches_counts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batches")),
    )
    op.create_index(op.f("ix_import_batches_drawn_at"), "import_batches", ["drawn_at"], unique=False)
    op.create_index(op.f("ix_import_batches_sha256"), "import_batches", ["sha256"], unique=False)
    op.create_index(op.f("ix_import_batches_state"), "import_batches", ["state"], unique=False)


def make_source_mappings() -> None:
    op.create_table(
        "source_mappings",
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_source_mappings")),
    )


def make_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("external_ref", sa.String(length=80), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            one_of("channel", "phone", "face_to_face", "web", "email", "webchat", "post", "other"),
            nullable=False,
        ),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("phone_kind", one_of("phone_kind", "mobile", "landline", "foreign", "other"), nullable=True),
        sa.Column("phone_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("email_hash", sa.LargeBinary(length=16), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("area", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name=op.f("fk_contacts_batch_id_import_batches")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_contacts_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("source", "external_ref", name=op.f("uq_contacts_source_external_ref")),
    )
    op.create_index(op.f("ix_contacts_batch_id"), "contacts", ["batch_id"], unique=False)
    op.create_index("ix_contacts_day_service_id_channel", "contacts", ["day", "service_id", "channel"], unique=False)


def make_import_chunks() -> None:
    op.create_table(
        "import_chunks",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_import_chunks_batch_id_import_batches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch_id", "number", name=op.f("pk_import_chunks")),
    )


def make_import_faults() -> None:
    op.create_table(
        "import_faults",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(length=60), nullable=False),
        sa.Column("message", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batches.id"],
            name=op.f("fk_import_faults_batch_id_import_batches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_faults")),
    )
    op.create_index(op.f("ix_import_faults_batch_id"), "import_faults", ["batch_id"], unique=False)


def downgrade() -> None:
    op.drop_table("import_faults")
    op.drop_table("import_chunks")
    op.drop_table("contacts")
    op.drop_table("source_mappings")
    op.drop_table("import_batches")
    op.drop_table("contact_points")
