"""Retention, legal holds and what was erased."""

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
