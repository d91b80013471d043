"""When anything about a person last changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("sony_accounts", sa.Column("changed_at", sa.String(length=27), nullable=True))
    op.create_index(op.f("ix_sony_accounts_changed_at"), "sony_accounts", ["changed_at"], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_sony_accounts_changed_at"), table_name="sony_accounts")
    op.drop_column("sony_accounts", "changed_at")
