"""Units, roles of a tenant's own and the words it uses."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import WEB, secure_owned_table

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
OWNED_TABLES = ("tenancy_unit", "tenancy_served_place", "access_membership_unit", "access_own_role")


def upgrade() -> None:
    """Make tables, walls and rights."""
    _tenancy_unit()
    _tenancy_served_place()
    _access_own_role()
    _several_roles()
    _access_membership_unit()
    _units_of_agreements()
    _words()
    for table in OWNED_TABLES:
        secure_owned_table(op.execute, table)


def _tenancy_unit() -> None:
    op.create_table(
        "tenancy_unit",
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        *_owned("tenancy_unit"),
    )


def _tenancy_served_place() -> None:
    op.create_table(
        "tenancy_served_place",
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("place_code", sa.String(length=20), nullable=False),
        sa.Column("served_from", sa.Date(), nullable=False),
        sa.Column("served_until", sa.Date(), nullable=True),
        *_owned("tenancy_served_place"),
    )


def _access_own_role() -> None:
    op.create_table(
        "access_own_role",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("permissions", JSON, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_owned("access_own_role"),
        sa.UniqueConstraint("tenant_id", "key", name=op.f("uq_access_own_role_tenant_id_key")),
    )


def _several_roles() -> None:
    op.add_column("access_membership", sa.Column("roles", JSON, nullable=True))
    op.execute("UPDATE access_membership SET roles = jsonb_build_array(role)")
    op.alter_column("access_membership", "roles", nullable=False)
    op.drop_column("access_membership", "role")
    op.add_column(
        "access_invitation",
        sa.Column("unit_ids", JSON, nullable=False, server_default=sa.text("'[]'")),
    )
    op.alter_column("access_invitation", "unit_ids", server_default=None)


def _access_membership_unit() -> None:
    name = "access_membership_unit"
    op.create_table(
        name,
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        *_owned(name),
        _link(name, "membership_id", "access_membership"),
        _link(name, "unit_id", "tenancy_unit"),
        sa.UniqueConstraint(
            "tenant_id",
            "membership_id",
            "unit_id",
            name=op.f("uq_access_membership_unit_tenant_id_membership_id_unit_id"),
        ),
    )


def _units_of_agreements() -> None:
    table = "agreements_agreement"
    op.add_column(table, sa.Column("unit_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_{table}_tenant_id_unit_id"),
        table,
        "tenancy_unit",
        ["tenant_id", "unit_id"],
        ["tenant_id", "id"],
    )
    op.create_index("ix_agreements_agreement_adviser", table, ["tenant_id", "adviser_id"], unique=False)


def _words() -> None:
    empty = sa.text("'{}'")
    op.add_column("tenancy_tenant", sa.Column("terms", JSON, nullable=False, server_default=empty))
    op.alter_column("tenancy_tenant", "terms", server_default=None)
    op.execute(f"GRANT UPDATE (terms) ON tenancy_tenant TO {WEB}")


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def _link(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )
