"""Find the cases of one kind: a list of a rare one read past all the others."""

from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.create_index("ix_cases_kind_state_answer_by", "cases", ["kind", "state", "answer_by"])
    columns = ["kind", "service_id", "state", "answer_by"]
    op.create_index("ix_cases_kind_service_id_state_answer_by", "cases", columns)
    op.create_index("ix_cases_kind_closed_at", "cases", ["kind", "closed_at"])


def downgrade() -> None:
    op.drop_index("ix_cases_kind_closed_at", "cases")
    op.drop_index("ix_cases_kind_service_id_state_answer_by", "cases")
    op.drop_index("ix_cases_kind_state_answer_by", "cases")
