"""People outside the organisation, and how they come in."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
