"""Signing at a service: a tenant's access, envelopes and their news, and what a signature there rests on."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import APPEND_ONLY, secure_owned_table

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

VERSION, PROOF = "agreements_version", "agreements_signature_proof"
SERVICE, ENVELOPE, NEWS = "agreements_signing_service", "agreements_envelope", "agreements_envelope_news"
CHANGED = ("SELECT", "INSERT", "UPDATE")


def upgrade() -> None:
    """Make tables, walls and rights, and widen versions and proofs."""
    # The release before this one adds versions and proofs too, so the defaults stay.
    op.add_column(VERSION, _text("provider", 80, server_default=""))
    for name, length in (
        ("service", 120),
        ("service_reference", 200),
        ("service_method", 80),
        ("service_sha256", 64),
    ):
        op.add_column(PROOF, _text(name, length, server_default=""))
    op.add_column(PROOF, _moment("service_signed_at", nullable=True))
    _services()
    _envelopes()
    _news()
    for table in (SERVICE, ENVELOPE):
        secure_owned_table(op.execute, table, rights=CHANGED)
    secure_owned_table(op.execute, NEWS, rights=APPEND_ONLY)


def _services() -> None:
    op.create_table(
        SERVICE,
        _text("provider", 80),
        sa.Column("secret_settings", sa.Text(), nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        _moment("set_at"),
        *_owned(SERVICE),
        sa.ForeignKeyConstraint(["set_by"], ["access_account.id"], name=op.f(f"fk_{SERVICE}_set_by")),
        sa.UniqueConstraint("tenant_id", "provider", name=op.f(f"uq_{SERVICE}_tenant_id_provider")),
    )
    op.create_index(
        f"ix_{SERVICE}_chosen", SERVICE, ["tenant_id"], unique=True, postgresql_where=sa.text("is_chosen")
    )


def _envelopes() -> None:
    op.create_table(
        ENVELOPE,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        _text("provider", 80),
        _text("reference", 200),
        _text("sha256", 64),
        _moment("asked_at"),
        _moment("tried_at", nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        _text("trouble", 20),
        _moment("handed_over_at", nullable=True),
        _moment("completed_at", nullable=True),
        _moment("fetched_at", nullable=True),
        _moment("ended_at", nullable=True),
        _text("ended_as", 20),
        _moment("stop_asked_at", nullable=True),
        _moment("stopped_at", nullable=True),
        *_owned(ENVELOPE),
        _link(ENVELOPE, "agreement_id", "agreements_agreement"),
        _link(ENVELOPE, "version_id", VERSION),
        sa.UniqueConstraint("tenant_id", "version_id", name=op.f(f"uq_{ENVELOPE}_tenant_id_version_id")),
    )
    op.create_index(f"ix_{ENVELOPE}_reference", ENVELOPE, ["tenant_id", "provider", "reference"])
    op.create_index(f"ix_{ENVELOPE}_agreement", ENVELOPE, ["tenant_id", "agreement_id"])


def _news() -> None:
    op.create_table(
        NEWS,
        sa.Column("envelope_id", sa.Uuid(), nullable=False),
        _text("news_id", 200),
        _text("happened", 20),
        _moment("happened_at"),
        _moment("taken_at"),
        *_owned(NEWS),
        _link(NEWS, "envelope_id", ENVELOPE),
        sa.UniqueConstraint(
            "tenant_id",
            "envelope_id",
            "news_id",
            name=op.f(f"uq_{NEWS}_tenant_id_envelope_id_news_id"),
        ),
    )


def _text(name: str, length: int, *, server_default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=server_default)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )


def _link(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
    )
