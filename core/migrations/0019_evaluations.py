"""Evaluations of agreements, what each party says, and the points that come of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import secure_owned_table

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

EVALUATION, ASSESSMENT = "agreements_evaluation", "agreements_assessment"
POINT, PROMISE = "agreements_improvement_point", "obligations_obligation"


def upgrade() -> None:
    """Make the three tables with their walls."""
    _evaluation()
    _assessment()
    _improvement_point()
    for table in (EVALUATION, ASSESSMENT, POINT):
        secure_owned_table(op.execute, table)


def _evaluation() -> None:
    op.create_table(
        EVALUATION,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=True),
        _jsonb("aims"),
        _jsonb("goals"),
        _jsonb("attained"),
        sa.Column("participants", sa.Text(), nullable=False),
        _jsonb("facts"),
        _instant("begun_at", nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        _instant("closed_at"),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        _instant("sent_at"),
        *_owned(EVALUATION),
        _link(EVALUATION, "agreement_id", "agreements_agreement"),
        _link(EVALUATION, "obligation_id", PROMISE),
        sa.UniqueConstraint(
            "tenant_id", "obligation_id", name=op.f(f"uq_{EVALUATION}_tenant_id_obligation_id")
        ),
    )
    op.create_index(f"ix_{EVALUATION}_agreement", EVALUATION, ["tenant_id", "agreement_id"], unique=False)


def _assessment() -> None:
    op.create_table(
        ASSESSMENT,
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("party_key", sa.String(length=80), nullable=False),
        sa.Column("party_name", sa.String(length=200), nullable=False),
        sa.Column("is_ours", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role_title", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        *(_instant(name) for name in ("asked_at", "expires_at", "answered_at")),
        _jsonb("ratings"),
        sa.Column("experience", sa.Text(), nullable=False),
        sa.Column("practice", sa.Text(), nullable=False),
        *_owned(ASSESSMENT),
        _link(ASSESSMENT, "evaluation_id", EVALUATION),
        sa.UniqueConstraint(
            "tenant_id",
            "evaluation_id",
            "party_key",
            name=op.f(f"uq_{ASSESSMENT}_tenant_id_evaluation_id_party_key"),
        ),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{ASSESSMENT}_token_hash")),
    )
    op.create_index(f"ix_{ASSESSMENT}_email", ASSESSMENT, ["tenant_id", "email"], unique=False)


def _improvement_point() -> None:
    op.create_table(
        POINT,
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("clause_key", sa.String(length=80), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        _instant("proposed_at", nullable=False),
        _instant("decided_at"),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("taken_into", sa.Integer(), nullable=True),
        *_owned(POINT),
        _link(POINT, "evaluation_id", EVALUATION),
        _link(POINT, "assessment_id", ASSESSMENT),
        _link(POINT, "action_id", PROMISE),
        sa.UniqueConstraint(
            "tenant_id", "evaluation_id", "number", name=op.f(f"uq_{POINT}_tenant_id_evaluation_id_number")
        ),
    )


def _jsonb(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
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
