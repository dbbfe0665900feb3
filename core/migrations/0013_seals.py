"""The register of sealed files, and files that are found by their fingerprint."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import EVERYTHING, PLATFORM, WEB, WORKER, grant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("SELECT", "INSERT", "DELETE")


def upgrade() -> None:
    """Make the table and its rights: an entry is written and removed, never changed."""
    op.create_table(
        "documents_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("certificate", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents_seal")),
        sa.UniqueConstraint("sha256", name=op.f("uq_documents_seal_sha256")),
    )
    for column in ("tenant_id", "certificate"):
        op.create_index(op.f(f"ix_documents_seal_{column}"), "documents_seal", [column])
    op.create_index("ix_documents_stored_file_sha256", "documents_stored_file", ["tenant_id", "sha256"])
    grant(op.execute, "documents_seal", {WEB: NEVER_CHANGED, WORKER: NEVER_CHANGED, PLATFORM: EVERYTHING})
