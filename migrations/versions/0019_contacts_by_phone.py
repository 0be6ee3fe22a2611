"""A reply by text finds the contacts of its number at once."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_index("ix_contacts_phone_hash", "contacts", ["phone_hash"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_contacts_phone_hash", table_name="contacts")
