"""Wording of messages for each questionnaire."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

OLD = "uq_message_wordings_kind_medium_language"
NEW = "uq_message_wordings_questionnaire_kind_medium_language"
POINTS = "fk_message_wordings_questionnaire_questionnaires"


def upgrade() -> None:
    """What was worded goes to the default questionnaire; words may have been saved before it was published."""
    op.execute(
        "INSERT INTO questionnaires (slug, title) SELECT 'contact', 'After a contact' "
        "WHERE EXISTS (SELECT 1 FROM message_wordings) "
        "AND NOT EXISTS (SELECT 1 FROM questionnaires WHERE slug = 'contact')"
    )
    with op.batch_alter_table("message_wordings") as table:
        table.add_column(sa.Column("questionnaire", sa.String(length=60), nullable=True))
    op.execute("UPDATE message_wordings SET questionnaire = 'contact'")
    with op.batch_alter_table("message_wordings") as table:
        table.alter_column("questionnaire", existing_type=sa.String(length=60), nullable=False)
        table.drop_constraint(op.f(OLD), type_="unique")
        table.create_unique_constraint(op.f(NEW), ["questionnaire", "kind", "medium", "language"])
        table.create_foreign_key(op.f(POINTS), "questionnaires", ["questionnaire"], ["slug"])


def downgrade() -> None:
    op.execute("DELETE FROM message_wordings WHERE questionnaire <> 'contact'")
    with op.batch_alter_table("message_wordings") as table:
        table.drop_constraint(op.f(POINTS), type_="foreignkey")
        table.drop_constraint(op.f(NEW), type_="unique")
        table.create_unique_constraint(op.f(OLD), ["kind", "medium", "language"])
        table.drop_column("questionnaire")
