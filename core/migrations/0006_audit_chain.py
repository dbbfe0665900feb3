"""The chain of the audit, and on whose behalf somebody acted."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
