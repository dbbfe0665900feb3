"""Measured goals: figures noted by hand, evidence, and the figures that were kept."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import APPEND_ONLY, WORKER, secure_owned_table

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

VALUE, EVIDENCE, SNAPSHOT = (
    "agreements_goal_value",
    "agreements_goal_evidence",
    "agreements_goal_snapshot",
)


def upgrade() -> None:
    """Make tables, walls and rights; only an erasure changes the words of a figure that was noted."""
    _value()
    _evidence()
    _snapshot()
    secure_owned_table(op.execute, VALUE, rights=APPEND_ONLY)
    op.execute(f"GRANT UPDATE (source, reason) ON {VALUE} TO {WORKER}")
    secure_owned_table(op.execute, EVIDENCE, rights=("SELECT", "INSERT", "UPDATE"))
    secure_owned_table(op.execute, SNAPSHOT, rights=APPEND_ONLY)


def _value() -> None:
    op.create_table(
        VALUE,
        *_of_a_goal(),
        sa.Column("counted_on", sa.Date(), nullable=False),
        *_numbers(),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("corrects_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        *_recorded(VALUE),
        *_owned(VALUE),
        _link(VALUE, "agreement_id", "agreements_agreement"),
        _link(VALUE, "corrects_id", VALUE),
        sa.UniqueConstraint("tenant_id", "corrects_id", name=op.f(f"uq_{VALUE}_tenant_id_corrects_id")),
    )
    op.create_index(
        "ix_agreements_goal_value_agreement", VALUE, ["tenant_id", "agreement_id", "counted_on"], unique=False
    )


def _evidence() -> None:
    op.create_table(
        EVIDENCE,
        *_of_a_goal(),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_recorded(EVIDENCE),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["access_account.id"], name=op.f(f"fk_{EVIDENCE}_withdrawn_by")
        ),
        *_owned(EVIDENCE),
        _link(EVIDENCE, "agreement_id", "agreements_agreement"),
    )
    op.create_index(
        "ix_agreements_goal_evidence_agreement",
        EVIDENCE,
        ["tenant_id", "agreement_id", "happened_on"],
        unique=False,
    )


def _snapshot() -> None:
    unique = ("tenant_id", "agreement_id", "goal_key", "first_day", "last_day", "revision")
    op.create_table(
        SNAPSHOT,
        *_of_a_goal(),
        sa.Column("measure", sa.String(length=120), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_numbers(of_is_known=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        *_owned(SNAPSHOT),
        _link(SNAPSHOT, "agreement_id", "agreements_agreement"),
        sa.UniqueConstraint(*unique, name=op.f(f"uq_{SNAPSHOT}_{'_'.join(unique)}")),
    )


def _of_a_goal() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("goal_key", sa.String(length=80), nullable=False),
    )


def _numbers(*, of_is_known: bool = False) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("of", sa.Integer(), nullable=not of_is_known),
        sa.Column("hits", sa.Integer(), nullable=True),
        sa.Column("value", sa.Numeric(precision=12, scale=2), nullable=True),
    )


def _recorded(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["access_account.id"], name=op.f(f"fk_{name}_recorded_by")),
    )


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
