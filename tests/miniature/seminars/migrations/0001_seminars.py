"""Seminars and their guests."""

import sqlalchemy as sa
from alembic import op

from core.sdk.tables import secure_owned_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and their walls."""
    op.create_table(
        "seminars_seminar",
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), sa.ForeignKey("tenancy_tenant.id"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
    )
    op.create_table(
        "seminars_guest",
        sa.Column("seminar_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), sa.ForeignKey("tenancy_tenant.id"), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "seminar_id"],
            ["seminars_seminar.tenant_id", "seminars_seminar.id"],
        ),
    )
    for table in ("seminars_seminar", "seminars_guest"):
        secure_owned_table(op.execute, table)
