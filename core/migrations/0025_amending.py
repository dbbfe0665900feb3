"""Amending an agreement in force, and parties who ask for a revision."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import secure_owned_table

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

KEPT = ("SELECT", "INSERT", "UPDATE")
AGREEMENT, VERSION = "agreements_agreement", "agreements_version"
EVALUATION = "agreements_evaluation"
AMENDMENT, REQUEST = "agreements_amendment", "agreements_revision_request"


def upgrade() -> None:
    """Let drafts amend agreements and versions come from them; make the tables with their walls."""
    op.add_column(AGREEMENT, sa.Column("amends_id", sa.Uuid(), nullable=True))
    op.add_column(AGREEMENT, sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_agreements_agreement_amends", AGREEMENT, ["tenant_id", "amends_id"], unique=False)
    op.add_column(VERSION, sa.Column("applies_from", sa.Date(), nullable=True))
    op.add_column(VERSION, sa.Column("signed_id", sa.Uuid(), nullable=True))
    op.add_column(VERSION, sa.Column("counted", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column(EVALUATION, sa.Column("next_draft_id", sa.Uuid(), nullable=True))
    _link(EVALUATION, "next_draft_id", AGREEMENT)
    _link(AGREEMENT, "amends_id", AGREEMENT)
    _link(VERSION, "signed_id", VERSION)
    _agreements_amendment()
    _agreements_revision_request()
    for table in (AMENDMENT, REQUEST):
        secure_owned_table(op.execute, table, rights=KEPT)


def _link(table: str, column: str, to: str) -> None:
    name = op.f(f"fk_{table}_tenant_id_{column}")
    op.create_foreign_key(name, table, to, ["tenant_id", column], ["tenant_id", "id"])


def _linked(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{AGREEMENT}.tenant_id", f"{AGREEMENT}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )


def _owned(table: str) -> tuple[sa.Constraint, sa.Constraint]:
    tenant = sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{table}_tenant_id"))
    return tenant, sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}"))


def _agreements_amendment() -> None:
    op.create_table(
        AMENDMENT,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _linked(AMENDMENT, "agreement_id"),
        _linked(AMENDMENT, "draft_id"),
        sa.UniqueConstraint("tenant_id", "draft_id", name=op.f(f"uq_{AMENDMENT}_tenant_id_draft_id")),
        *_owned(AMENDMENT),
    )
    op.create_index(f"ix_{AMENDMENT}_agreement", AMENDMENT, ["tenant_id", "agreement_id"], unique=False)


def _agreements_revision_request() -> None:
    op.create_table(
        REQUEST,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("party_name", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        _linked(REQUEST, "agreement_id"),
        *_owned(REQUEST),
    )
    op.create_index(f"ix_{REQUEST}_agreement", REQUEST, ["tenant_id", "agreement_id"], unique=False)
