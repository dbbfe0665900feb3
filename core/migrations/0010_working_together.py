"""Deputies and acts that two people decide."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
