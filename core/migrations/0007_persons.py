"""People outside the organisation, how they come in, and the texts that go to their phones."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import EVERYTHING, PLATFORM, WEB, WORKER, grant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls and rights."""
    _outgoing()


def _outgoing() -> None:
    op.add_column("kernel_outgoing_mail", sa.Column("tenant_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_kernel_outgoing_mail_tenant_id"), "kernel_outgoing_mail", ["tenant_id"])
    op.create_table(
        "kernel_outgoing_sms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(length=480), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kernel_outgoing_sms")),
    )
    op.create_index(op.f("ix_kernel_outgoing_sms_tenant_id"), "kernel_outgoing_sms", ["tenant_id"])
    rights = {WEB: ("INSERT",), WORKER: ("SELECT", "INSERT", "UPDATE"), PLATFORM: EVERYTHING}
    grant(op.execute, "kernel_outgoing_sms", rights)
