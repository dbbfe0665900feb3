"""Deputies and acts that two people decide."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import secure_owned_table

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NOT_DECIDED = "decided_at IS NULL AND withdrawn_at IS NULL"


def upgrade() -> None:
    """Make tables, walls and rights."""
    _access_approval()
    _access_stand_in()
    for table in ("access_approval", "access_stand_in"):
        secure_owned_table(op.execute, table)


def _access_approval() -> None:
    name = "access_approval"
    op.create_table(
        name,
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        _account(name, "asked_by"),
        _account(name, "decided_by"),
    )
    op.create_index(
        "ix_access_approval_one_waiting",
        name,
        ["tenant_id", "action", "subject_id"],
        unique=True,
        postgresql_where=sa.text(NOT_DECIDED),
    )


def _access_stand_in() -> None:
    name = "access_stand_in"
    op.create_table(
        name,
        sa.Column("absent_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        _account(name, "set_by"),
        _membership(name, "absent_id"),
        _membership(name, "deputy_id"),
    )
    op.create_index("ix_access_stand_in_deputy", name, ["tenant_id", "deputy_id", "ends_at"], unique=False)


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )


def _account(name: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["access_account.id"], name=op.f(f"fk_{name}_{column}"))


def _membership(name: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        ["access_membership.tenant_id", "access_membership.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
    )
