"""Who approved an erasure, and links where ids of accounts and of a logo stood without one."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TO_ACCOUNTS = (
    ("agreements_agreement", "adviser_id"),
    ("agreements_clause", "edited_by"),
    ("agreements_clause_revision", "written_by"),
    ("obligations_obligation", "done_by"),
    ("persons_person", "adviser_id"),
    ("privacy_erasure", "approved_by"),
)
LOST_LOGOS = """
UPDATE agreements_party SET logo_id = NULL
WHERE logo_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM documents_stored_file AS file
    WHERE file.tenant_id = agreements_party.tenant_id AND file.id = agreements_party.logo_id)
"""


def upgrade() -> None:
    """Accounts are emptied, never removed, so a link to one cannot break."""
    op.add_column("privacy_erasure", sa.Column("approved_by", sa.Uuid(), nullable=True))
    for table, column in TO_ACCOUNTS:
        op.create_foreign_key(op.f(f"fk_{table}_{column}"), table, "access_account", [column], ["id"])
    op.execute(LOST_LOGOS)
    op.create_foreign_key(
        op.f("fk_agreements_party_tenant_id_logo_id"),
        "agreements_party",
        "documents_stored_file",
        ["tenant_id", "logo_id"],
        ["tenant_id", "id"],
        ondelete="SET NULL (logo_id)",
    )
