"""What a tenant chooses where the law lets it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import APPEND_ONLY, WORKER, secure_owned_table

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

NAME = "law_choice"


def upgrade() -> None:
    """Make the table with its walls; rows are only added, and only an erasure changes the words of one."""
    op.create_table(
        NAME,
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("value", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["access_account.id"], name=op.f(f"fk_{NAME}_decided_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{NAME}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{NAME}")),
    )
    op.create_index("ix_law_choice_key", NAME, ["tenant_id", "key", "decided_at"], unique=False)
    secure_owned_table(op.execute, NAME, rights=APPEND_ONLY)
    op.execute(f"GRANT UPDATE (reason) ON {NAME} TO {WORKER}")
