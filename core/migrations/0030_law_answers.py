"""What the rules of law answered about agreements, kept as it was."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import APPEND_ONLY, WORKER, secure_owned_table

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NAME, AGREEMENT, VERSION = "agreements_law_answer", "agreements_agreement", "agreements_version"


def upgrade() -> None:
    """Make the table; rows are added and never changed; only the worker erases them, with the agreement."""
    op.create_table(
        NAME,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("rule_set", sa.String(length=120), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{NAME}_tenant_id")),
        _link("agreement_id", AGREEMENT),
        _link("version_id", VERSION),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{NAME}")),
    )
    op.create_index(f"ix_{NAME}_agreement", NAME, ["tenant_id", "agreement_id", "asked_at"], unique=False)
    op.create_index(f"ix_{NAME}_version", NAME, ["tenant_id", "version_id"], unique=False)
    secure_owned_table(op.execute, NAME, rights=APPEND_ONLY)
    op.execute(f"GRANT DELETE ON {NAME} TO {WORKER}")


def _link(column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{NAME}_tenant_id_{column}"),
    )
