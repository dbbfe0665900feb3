"""Pending law: which of it is in force, from when, and what was decided on it."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import APPEND_ONLY, PLATFORM, READ_ONLY, WEB, WORKER, grant

revision = "0028"
down_revision = "0026"
branch_labels = None
depends_on = None

NAME = "law_switch"


def upgrade() -> None:
    """Make the table: it belongs to no tenant, only the platform adds to it, and nobody changes it."""
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(length=500), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["access_account.id"], name=op.f(f"fk_{NAME}_set_by")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
    )
    op.create_index("ix_law_switch_key", NAME, ["key", "set_at"], unique=False)
    grant(op.execute, NAME, {WEB: READ_ONLY, WORKER: READ_ONLY, PLATFORM: APPEND_ONLY})
