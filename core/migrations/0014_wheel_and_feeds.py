"""The annual wheel, and calendar feeds."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import secure_owned_table

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
    _agreements_yearly_activity()
    _agreements_activity_unit()
    _obligations_feed()
    for table in ("agreements_yearly_activity", "agreements_activity_unit", "obligations_feed"):
        secure_owned_table(op.execute, table)


def _agreements_yearly_activity() -> None:
    name = "agreements_yearly_activity"
    op.create_table(
        name,
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.SmallInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f(f"ck_{name}_month")),
        sa.CheckConstraint("day BETWEEN 1 AND 31", name=op.f(f"ck_{name}_day")),
        *_owned(name),
        _link(name, "unit_id", "tenancy_unit"),
        _link(name, "agreement_id", "agreements_agreement"),
    )
    op.create_index(f"ix_{name}_month", name, ["tenant_id", "month"], unique=False)


def _agreements_activity_unit() -> None:
    name = "agreements_activity_unit"
    op.create_table(
        name,
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        *_owned(name),
        _link(name, "activity_id", "agreements_yearly_activity", "CASCADE"),
        _link(name, "unit_id", "tenancy_unit"),
        sa.UniqueConstraint(
            "tenant_id",
            "activity_id",
            "part",
            "unit_id",
            name=op.f(f"uq_{name}_tenant_id_activity_id_part_unit_id"),
        ),
    )
    op.create_index(f"ix_{name}_unit", name, ["tenant_id", "unit_id"], unique=False)


def _obligations_feed() -> None:
    name = "obligations_feed"
    op.create_table(
        name,
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        _link(name, "membership_id", "access_membership", "CASCADE"),
        sa.UniqueConstraint("tenant_id", "token_hash", name=op.f(f"uq_{name}_tenant_id_token_hash")),
    )
    op.create_index(f"ix_{name}_account", name, ["tenant_id", "account_id"], unique=False)


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )


def _link(name: str, column: str, table: str, on_delete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
        ondelete=on_delete,
    )
