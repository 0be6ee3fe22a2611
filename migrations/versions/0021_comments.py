"""Comments: redacted, with their labels and the figures by theme. Words kept so far are read anew."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

CHANNELS = ("phone", "face_to_face", "web", "email", "webchat", "post", "other")


def one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=30)


def upgrade() -> None:
    with op.batch_alter_table("answers") as table:
        table.add_column(sa.Column("unread", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE answers SET unread = true WHERE words IS NOT NULL")
    with op.batch_alter_table("answers") as table:
        table.create_check_constraint(op.f("ck_answers_only_words_are_read"), "NOT unread OR words IS NOT NULL")
    unread = sa.text("unread")
    op.create_index("ix_answers_unread", "answers", ["response_id"], sqlite_where=unread, postgresql_where=unread)
    make_comments()
    make_labels()
    make_figures()


def make_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("channel", one_of("channel", *CHANNELS), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("asked", one_of("asked", "what_good", "could_improve", "nonspecific"), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column(
            "state", one_of("state", "redacted", "labelled", "checked", "unclassified", "let_go"), nullable=False
        ),
        sa.Column("redacted", sa.Text(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raw_let_go_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chance", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=16), nullable=True),
        sa.Column("sentiment", sa.String(length=20), nullable=True),
        sa.Column("doubt", sa.Double(), nullable=True),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(state = 'let_go') = (redacted = '')", name=op.f("ck_comments_let_go_means_no_text")),
        sa.CheckConstraint(
            "state NOT IN ('labelled', 'checked') OR sentiment IS NOT NULL",
            name=op.f("ck_comments_labelled_has_a_sentiment"),
        ),
        sa.CheckConstraint("chance >= 0", name=op.f("ck_comments_chance_is_not_negative")),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name=op.f("ck_comments_rating_of_five_points")),
        sa.ForeignKeyConstraint(["model_id"], ["label_models.id"], name=op.f("fk_comments_model_id_label_models")),
        sa.ForeignKeyConstraint(
            ["response_id", "question"],
            ["answers.response_id", "answers.question"],
            name=op.f("fk_comments_response_id_answers"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_comments_service_id_services")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("response_id", "question", name=op.f("uq_comments_response_id_question")),
        sqlite_autoincrement=True,
    )
    index_comments()


def index_comments() -> None:
    if op.get_bind().dialect.name == "postgresql":
        words = "to_tsvector('simple'::regconfig, translate(redacted, '/.-_@:<>&+', '          '))"
        op.create_index("ix_comments_searched", "comments", [sa.text(words)], unique=False, postgresql_using="gin")
    op.create_index("ix_comments_chance", "comments", ["chance"], unique=False)
    op.create_index("ix_comments_day_id", "comments", ["day", "id"], unique=False)
    op.create_index(
        "ix_comments_doubt",
        "comments",
        ["doubt"],
        unique=False,
        sqlite_where=sa.text("state = 'labelled'"),
        postgresql_where=sa.text("state = 'labelled'"),
    )
    op.create_index("ix_comments_model_id_id", "comments", ["model_id", "id"], unique=False)
    op.create_index("ix_comments_service_id_day", "comments", ["service_id", "day"], unique=False)
    index_work()


def index_work() -> None:
    """What each step of the pipeline has yet to do."""
    op.create_index(
        "ix_comments_raw_kept",
        "comments",
        ["given_at"],
        unique=False,
        sqlite_where=sa.text("raw_let_go_at IS NULL"),
        postgresql_where=sa.text("raw_let_go_at IS NULL"),
    )
    op.create_index(
        "ix_comments_text_kept",
        "comments",
        ["given_at"],
        unique=False,
        sqlite_where=sa.text("state <> 'let_go'"),
        postgresql_where=sa.text("state <> 'let_go'"),
    )
    op.create_index(
        "ix_comments_uncounted",
        "comments",
        ["day"],
        unique=False,
        sqlite_where=sa.text("NOT counted"),
        postgresql_where=sa.text("NOT counted"),
    )
    op.create_index(
        "ix_comments_waiting",
        "comments",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'redacted'"),
        postgresql_where=sa.text("state = 'redacted'"),
    )


def make_labels() -> None:
    op.create_table(
        "comment_labels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("kind", one_of("kind", "topic", "sentiment", "urgency"), nullable=False),
        sa.Column("label", sa.String(length=63), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("origin", one_of("origin", "model", "rule", "person"), nullable=False),
        sa.Column("model_id", sa.Integer(), nullable=True),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "origin <> 'model' OR model_id IS NOT NULL", name=op.f("ck_comment_labels_a_model_is_named")
        ),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_comment_labels_score_is_a_probability")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_labels_comment_id_comments"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["label_models.id"], name=op.f("fk_comment_labels_model_id_label_models")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_labels")),
    )
    op.create_index("ix_comment_labels_comment_id", "comment_labels", ["comment_id"], unique=False)
    op.create_index(
        "ix_comment_labels_label",
        "comment_labels",
        ["kind", "label", "comment_id"],
        unique=False,
        sqlite_where=sa.text("in_force"),
        postgresql_where=sa.text("in_force"),
    )
    op.create_index(
        "uq_comment_labels_in_force",
        "comment_labels",
        ["comment_id", "kind", "label"],
        unique=True,
        sqlite_where=sa.text("in_force"),
        postgresql_where=sa.text("in_force"),
    )


def make_figures() -> None:
    op.create_table(
        "theme_figures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("channel", one_of("channel", *CHANNELS), nullable=False),
        sa.Column("label", sa.String(length=63), nullable=False),
        sa.Column("sentiment", sa.String(length=20), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_theme_figures_count_is_positive")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_theme_figures_service_id_services")),
        sa.PrimaryKeyConstraint("day", "service_id", "channel", "label", "sentiment", name=op.f("pk_theme_figures")),
    )


def downgrade() -> None:
    op.drop_table("theme_figures")
    op.drop_table("comment_labels")
    op.drop_table("comments")
    op.drop_index("ix_answers_unread", table_name="answers")
    with op.batch_alter_table("answers") as table:
        table.drop_constraint(op.f("ck_answers_only_words_are_read"), type_="check")
        table.drop_column("unread")
