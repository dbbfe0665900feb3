"""Suspending and closing tenants, and the platform's visits to them."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
