"""What happens to an agreement after signing, and promises that rest."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import WORKER, secure_owned_table

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FACTS = ("SELECT", "INSERT")
AGREEMENT, EVENT, PROMISE = "agreements_agreement", "agreements_life_event", "obligations_obligation"


def upgrade() -> None:
    """Make the table of facts with its walls, and the dates that follow from them."""
    _agreement_dates()
    _agreements_life_event()
    op.add_column(PROMISE, sa.Column("rests_from", sa.Date(), nullable=True))
    secure_owned_table(op.execute, EVENT, rights=FACTS)
    op.execute(f"GRANT UPDATE (reason) ON {EVENT} TO {WORKER}")


def _agreement_dates() -> None:
    for name in ("notice_on", "paused_from", "resumes_on"):
        op.add_column(AGREEMENT, sa.Column(name, sa.Date(), nullable=True))
    op.add_column(AGREEMENT, sa.Column("renews_id", sa.Uuid(), nullable=True))
    op.add_column(AGREEMENT, sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f("fk_agreements_agreement_tenant_id_renews_id"),
        AGREEMENT,
        AGREEMENT,
        ["tenant_id", "renews_id"],
        ["tenant_id", "id"],
    )
    op.create_index("ix_agreements_agreement_renews", AGREEMENT, ["tenant_id", "renews_id"], unique=False)


def _agreements_life_event() -> None:
    op.create_table(
        EVENT,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("before", sa.Date(), nullable=True),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_life_event_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_life_event_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_life_event")),
    )
    op.create_index(
        "ix_agreements_life_event_agreement",
        EVENT,
        ["tenant_id", "agreement_id", "recorded_at"],
        unique=False,
    )
