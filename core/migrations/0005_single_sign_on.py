"""Identity providers of tenants, and whose accounts they speak for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import WEB, secure_owned_table

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OWNED = ("access_identity_provider", "access_federated_identity", "access_break_glass")


def upgrade() -> None:
    """Make tables, walls and rights."""
    _access_identity_provider()
    _access_federated_identity()
    _access_break_glass()
    for table in OWNED:
        secure_owned_table(op.execute, table)
    op.add_column(
        "tenancy_tenant",
        sa.Column("single_sign_on", sa.String(length=10), nullable=False, server_default=""),
    )
    op.alter_column("tenancy_tenant", "single_sign_on", server_default=None)
    op.execute(f"GRANT UPDATE (single_sign_on) ON tenancy_tenant TO {WEB}")


def _access_identity_provider() -> None:
    op.create_table(
        "access_identity_provider",
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("client_secret", sa.Text(), nullable=False),
        sa.Column("button_text", sa.String(length=80), nullable=False),
        sa.Column("scopes", sa.String(length=300), nullable=False),
        sa.Column("subject_claim", sa.String(length=80), nullable=False),
        sa.Column("email_claim", sa.String(length=80), nullable=False),
        sa.Column("name_claim", sa.String(length=80), nullable=False),
        sa.Column("roles_claim", sa.String(length=200), nullable=False),
        sa.Column("role_map", postgresql.JSONB(), nullable=False),
        sa.Column("default_role", sa.String(length=80), nullable=False),
        sa.Column("levels", sa.String(length=300), nullable=False),
        sa.Column("parameters", postgresql.JSONB(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_by", sa.Uuid(), nullable=True),
        sa.Column("offered_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("enforced_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_key("access_identity_provider"),
        _account("access_identity_provider", "set_by"),
        _account("access_identity_provider", "tried_by"),
    )
    op.create_index(
        "ix_access_identity_provider_one_in_force",
        "access_identity_provider",
        ["tenant_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _access_federated_identity() -> None:
    op.create_table(
        "access_federated_identity",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.String(length=64), nullable=False),
        sa.Column("given_roles", postgresql.JSONB(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_key("access_federated_identity"),
        _account("access_federated_identity", "account_id"),
        sa.UniqueConstraint(
            "tenant_id",
            "issuer",
            "subject_key",
            name=op.f("uq_access_federated_identity_tenant_id_issuer_subject_key"),
        ),
    )
    op.create_index(
        op.f("ix_access_federated_identity_account_id"), "access_federated_identity", ["account_id"]
    )


def _access_break_glass() -> None:
    op.create_table(
        "access_break_glass",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("named_by", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_key("access_break_glass"),
        _account("access_break_glass", "named_by"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "membership_id"],
            ["access_membership.tenant_id", "access_membership.id"],
            name=op.f("fk_access_break_glass_tenant_id_membership_id"),
            ondelete="CASCADE",
        ),
    )


def _key(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
    )


def _account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["access_account.id"], name=op.f(f"fk_{table}_{column}"))
