"""Pending law: which of it is in force, and from when."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import EVERYTHING, PLATFORM, READ_ONLY, WEB, WORKER, grant

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it belongs to no tenant, and only the platform changes it."""
    op.create_table(
        "law_switch",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=300), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_law_switch")),
    )
    grant(op.execute, "law_switch", {WEB: READ_ONLY, WORKER: READ_ONLY, PLATFORM: EVERYTHING})
