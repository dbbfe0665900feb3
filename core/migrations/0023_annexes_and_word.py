"""Annexes that a draft leaves out; drafts handed out for Word, the answers to them and what they ask for."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import secure_owned_table

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

AGREEMENT = "agreements_agreement"
COPY, ANSWER, FINDING = "agreements_word_copy", "agreements_word_answer", "agreements_word_finding"


def upgrade() -> None:
    """Make tables, walls and rights."""
    left_out = sa.Column(
        "annexes_left_out", sa.dialects.postgresql.JSONB(), nullable=False, server_default="[]"
    )
    op.add_column(AGREEMENT, left_out)
    op.alter_column(AGREEMENT, "annexes_left_out", server_default=None)
    _word_copy()
    _word_answer()
    _word_finding()
    for table in (COPY, ANSWER, FINDING):
        secure_owned_table(op.execute, table)


def _word_copy() -> None:
    op.create_table(
        COPY,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("sent", sa.dialects.postgresql.JSONB(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        *_owned(COPY),
        _link(COPY, "agreement_id", AGREEMENT),
        _account(COPY, "made_by"),
    )
    op.create_index(f"ix_{COPY}_agreement", COPY, ["tenant_id", "agreement_id", "made_at"], unique=False)


def _word_answer() -> None:
    op.create_table(
        ANSWER,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("copy_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=False),
        *_owned(ANSWER),
        _link(ANSWER, "agreement_id", AGREEMENT),
        _link(ANSWER, "copy_id", COPY, "SET NULL (copy_id)"),
        _account(ANSWER, "received_by"),
        sa.UniqueConstraint(
            "tenant_id",
            "agreement_id",
            "sha256",
            name=op.f(f"uq_{ANSWER}_tenant_id_agreement_id_sha256"),
        ),
    )


def _word_finding() -> None:
    op.create_table(
        FINDING,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("clause_key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("removed", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        *_owned(FINDING),
        _link(FINDING, "agreement_id", AGREEMENT),
        _link(FINDING, "answer_id", ANSWER, "CASCADE"),
        _account(FINDING, "decided_by"),
    )
    op.create_index(f"ix_{FINDING}_answer", FINDING, ["tenant_id", "answer_id", "place"], unique=False)
    op.create_index(f"ix_{FINDING}_agreement", FINDING, ["tenant_id", "agreement_id"], unique=False)


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def _link(table: str, column: str, target: str, on_delete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
        ondelete=on_delete,
    )


def _account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["access_account.id"], name=op.f(f"fk_{table}_{column}"))
