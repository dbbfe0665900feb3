"""Retention, legal holds and what was erased."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import WORKER, secure_owned_table

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEPT = ("SELECT", "INSERT", "UPDATE")
"""What was asked, handed out and erased is never forgotten, only emptied of the person."""


def upgrade() -> None:
    """Make tables, walls and rights."""
    _inquiry()
    _export()
    _erasure()
    _hold()
    for table in ("privacy_inquiry", "privacy_export", "privacy_erasure", "privacy_hold"):
        secure_owned_table(op.execute, table, rights=KEPT)
    _let_an_erasure_reach_frozen_texts()


def _let_an_erasure_reach_frozen_texts() -> None:
    """Only the worker, which runs erasures: whoever serves pages can still change nothing that was frozen."""
    op.execute(f"GRANT UPDATE (content) ON agreements_version TO {WORKER}")
    op.execute(f"GRANT UPDATE (text) ON agreements_clause_revision TO {WORKER}")


def _about() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
    )


def _owned(table: str, *links: sa.ForeignKeyConstraint) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *links,
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def _to_inquiry(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "inquiry_id"],
        ["privacy_inquiry.tenant_id", "privacy_inquiry.id"],
        name=op.f(f"fk_{table}_tenant_id_inquiry_id"),
    )


def _inquiry() -> None:
    op.create_table(
        "privacy_inquiry",
        *_about(),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        *_owned("privacy_inquiry"),
    )


def _export() -> None:
    op.create_table(
        "privacy_export",
        sa.Column("inquiry_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("stopped_by", sa.String(length=60), nullable=False),
        *_owned("privacy_export", _to_inquiry("privacy_export")),
    )


def _erasure() -> None:
    op.create_table(
        "privacy_erasure",
        sa.Column("inquiry_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.String(length=60), nullable=False),
        sa.Column("results", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *_owned("privacy_erasure", _to_inquiry("privacy_erasure")),
    )


def _hold() -> None:
    op.create_table(
        "privacy_hold",
        *_about(),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("placed_by", sa.Uuid(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        *_owned("privacy_hold"),
    )
