"""Comments and suggestions between colleagues."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import secure_owned_table

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COMMENT = "agreements_comment"


def upgrade() -> None:
    """Make the table with its walls."""
    op.create_table(
        COMMENT,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("clause_key", sa.String(length=80), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{COMMENT}_tenant_id")),
        _link("agreement_id", "agreements_agreement"),
        _link("thread_id", COMMENT, "CASCADE"),
        _by("written_by"),
        _by("resolved_by"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{COMMENT}")),
    )
    for name in ("agreement", "thread"):
        op.create_index(f"ix_{COMMENT}_{name}", COMMENT, ["tenant_id", f"{name}_id"], unique=False)
    secure_owned_table(op.execute, COMMENT)


def _link(column: str, table: str, on_delete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        name=op.f(f"fk_{COMMENT}_tenant_id_{column}"),
        ondelete=on_delete,
    )


def _by(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["access_account.id"], name=op.f(f"fk_{COMMENT}_{column}"))
