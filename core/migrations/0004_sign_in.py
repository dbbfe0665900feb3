"""Sessions, second factors, passkeys and attempts to sign in."""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
