"""Notices: how often, what waits, the tenant's own words; mail with its language and sender."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import secure_owned_table

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

MAIL = "kernel_outgoing_mail"


def upgrade() -> None:
    """Make tables, walls and rights, and widen mails."""
    _choice()
    _waiting()
    _own_text()
    for table in ("notices_choice", "notices_waiting", "notices_own_text"):
        secure_owned_table(op.execute, table)
    for name, length in (("language", 2), ("sender", 100)):
        op.add_column(MAIL, sa.Column(name, sa.String(length), nullable=False, server_default=""))
        # The default only fills the rows that are there.
        op.alter_column(MAIL, name, server_default=None)


def _choice() -> None:
    name = "notices_choice"
    op.create_table(
        name,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        *_owned(name),
        _of_account(name),
        sa.UniqueConstraint(
            "tenant_id", "account_id", "kind", name=op.f(f"uq_{name}_tenant_id_account_id_kind")
        ),
    )


def _waiting() -> None:
    name = "notices_waiting"
    op.create_table(
        name,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("heading", sa.String(length=500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *_owned(name),
        _of_account(name),
    )
    op.create_index(f"ix_{name}_account", name, ["tenant_id", "account_id", "kind"], unique=False)


def _own_text() -> None:
    name = "notices_own_text"
    op.create_table(
        name,
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        *_owned(name),
        sa.UniqueConstraint("tenant_id", "kind", "language", name=op.f(f"uq_{name}_tenant_id_kind_language")),
    )


def _of_account(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account_id"], ["access_account.id"], name=op.f(f"fk_{name}_account_id_access_account")
    )


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )
