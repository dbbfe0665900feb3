"""A tenant's own variants of agreement types, and what is published of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import APPEND_ONLY, WORKER, secure_owned_table

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(astext_type=sa.Text())
VARIANT, VERSION = "agreements_variant", "agreements_variant_version"


def upgrade() -> None:
    """Make both tables with their walls; a version is never changed, but a name can be taken out of it."""
    _agreements_variant()
    _agreements_variant_version()
    secure_owned_table(op.execute, VARIANT)
    secure_owned_table(op.execute, VERSION, rights=APPEND_ONLY)
    op.execute(f"GRANT UPDATE (content) ON {VERSION} TO {WORKER}")


def _agreements_variant() -> None:
    op.create_table(
        VARIANT,
        sa.Column("type_key", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("base_edition", sa.String(length=40), nullable=False),
        sa.Column("base", JSON, nullable=False),
        sa.Column("copied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(VARIANT),
    )
    op.create_index(f"ix_{VARIANT}_type", VARIANT, ["tenant_id", "type_key"], unique=False)


def _agreements_variant_version() -> None:
    op.create_table(
        VERSION,
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("type_key", sa.String(length=120), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        *_owned(VERSION),
        sa.ForeignKeyConstraint(
            ["tenant_id", "variant_id"],
            [f"{VARIANT}.tenant_id", f"{VARIANT}.id"],
            name=op.f(f"fk_{VERSION}_tenant_id_variant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["access_account.id"], name=op.f(f"fk_{VERSION}_published_by")
        ),
        sa.UniqueConstraint(
            "tenant_id", "variant_id", "number", name=op.f(f"uq_{VERSION}_tenant_id_variant_id_number")
        ),
    )


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )
