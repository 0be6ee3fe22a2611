"""Find the responses that began lately, which may open a case."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_index("ix_responses_started_at", "responses", ["started_at"])


def downgrade() -> None:
    op.drop_index("ix_responses_started_at", "responses")
