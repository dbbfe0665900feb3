"""Units, roles of a tenant's own and the words it uses."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
