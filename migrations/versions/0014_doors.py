"""The doors beside the link: kiosks and posters, officers, the rotated pool, and equality answers kept apart."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

CHECKS = {
    "a_point_for_the_undrawn": "(mode IN ('kiosk', 'qr')) = (point_id IS NOT NULL)",
    "a_point_s_answer_counts_once": "(point_id IS NULL) = (once IS NULL)",
    "the_undrawn_have_no_invitation": "point_id IS NULL OR invitation_id IS NULL",
    "officers_sign": "(mode = 'officer') = (entered_by IS NOT NULL)",
    "officers_say_how": "(entered_by IS NULL) = (heard IS NULL)",
}
KEYS = {
    "point_id": ("collection_points", "fk_responses_point_id_collection_points"),
    "entered_by": ("users", "fk_responses_entered_by_users"),
}


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    make_points()
    with op.batch_alter_table("responses") as table:
        table.add_column(sa.Column("allotted", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("point_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("once", sa.LargeBinary(length=32), nullable=True))
        table.add_column(sa.Column("doubt", sa.String(length=30), nullable=True))
        table.add_column(sa.Column("entered_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("heard", one_of("heard", "phone", "face_to_face", "paper"), nullable=True))
        for column, (other, name) in KEYS.items():
            table.create_foreign_key(op.f(name), other, [column], ["id"])
        table.create_unique_constraint(op.f("uq_responses_once"), ["once"])
        for name, condition in CHECKS.items():
            table.create_check_constraint(op.f(f"ck_responses_{name}"), condition)
    op.create_index("ix_responses_point_id", "responses", ["point_id"], unique=False)
    op.create_table(
        "equality_answers",
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"],
            ["responses.id"],
            name=op.f("fk_equality_answers_response_id_responses"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "item", name=op.f("pk_equality_answers")),
    )


def make_points() -> None:
    channels = ("phone", "face_to_face", "web", "email", "webchat", "post", "other")
    op.create_table(
        "collection_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "kiosk", "poster"), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("channel", one_of("channel", *channels), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("place <> ''", name=op.f("ck_collection_points_it_is_somewhere")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_collection_points_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection_points")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_collection_points_token_digest")),
    )


def downgrade() -> None:
    """Answers that only these doors could give go with them."""
    op.drop_table("equality_answers")
    op.execute(
        "DELETE FROM answers WHERE response_id IN (SELECT id FROM responses WHERE mode IN ('kiosk', 'qr', 'officer'))"
    )
    op.execute("DELETE FROM responses WHERE mode IN ('kiosk', 'qr', 'officer')")
    op.drop_index("ix_responses_point_id", table_name="responses")
    with op.batch_alter_table("responses") as table:
        for name in CHECKS:
            table.drop_constraint(op.f(f"ck_responses_{name}"), type_="check")
        table.drop_constraint(op.f("ck_responses_heard"), type_="check")
        table.drop_constraint(op.f("uq_responses_once"), type_="unique")
        for _, name in KEYS.values():
            table.drop_constraint(op.f(name), type_="foreignkey")
        for column in ("heard", "entered_by", "doubt", "once", "point_id", "allotted"):
            table.drop_column(column)
    op.drop_table("collection_points")
