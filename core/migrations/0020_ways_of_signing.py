"""Rounds and parts of signing, one-time codes, meetings on one device, scans of paper, and proofs."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import APPEND_ONLY, WORKER, secure_owned_table

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

REQUEST, PROOF, CODE = "agreements_signature_request", "agreements_signature_proof", "agreements_signing_code"
GATHERING, COPY = "agreements_gathering", "agreements_paper_copy"
ON_PAPER = "agreements_paper_signature"
CHANGED = ("SELECT", "INSERT", "UPDATE")
LONG = 1000


def upgrade() -> None:
    """Widen requests, say of old signatures how they came about, and make the tables with their walls."""
    _requests()
    _old_ways()
    _codes()
    _gatherings()
    _paper()
    _proofs()
    for table in (CODE, GATHERING, COPY):
        secure_owned_table(op.execute, table, rights=CHANGED)
    for table in (PROOF, ON_PAPER):
        secure_owned_table(op.execute, table, rights=APPEND_ONLY)
    # A person is taken out by the worker, and nobody else changes what was written down.
    op.execute(f"GRANT UPDATE (place, reason, authority) ON {PROOF} TO {WORKER}")
    op.execute(f"GRANT UPDATE (name, role_title, place) ON {ON_PAPER} TO {WORKER}")


def _requests() -> None:
    for column in (
        sa.Column("part", sa.String(length=10), server_default="signs", nullable=False),
        sa.Column("turn", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column("needs_code", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("phone", sa.String(length=20), server_default="", nullable=False),
        sa.Column("way", sa.String(length=20), server_default="", nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column(REQUEST, column)
    op.drop_constraint(
        op.f("uq_agreements_signature_request_tenant_id_version_id_party_key"), REQUEST, type_="unique"
    )
    op.create_index(
        "uq_agreements_signature_request_signatory",
        REQUEST,
        ["tenant_id", "version_id", "party_key"],
        unique=True,
        postgresql_where=sa.text("part = 'signs'"),
    )


def _old_ways() -> None:
    op.execute("UPDATE agreements_signature_request SET invited_at = requested_at")
    op.execute(
        "UPDATE agreements_signature_request AS r SET way = CASE WHEN EXISTS ("
        "SELECT 1 FROM kernel_audit_entry AS a WHERE a.tenant_id = r.tenant_id AND a.subject_id = r.id "
        "AND a.action = 'agreement.signed' AND a.actor_kind = 'account') THEN 'member' ELSE 'link' END "
        "WHERE r.signed_at IS NOT NULL"
    )


def _codes() -> None:
    op.create_table(
        CODE,
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(CODE),
        _link(CODE, "request_id", REQUEST),
    )
    op.create_index(
        "ix_agreements_signing_code_request", CODE, ["tenant_id", "request_id", "sent_at"], unique=False
    )


def _gatherings() -> None:
    op.create_table(
        GATHERING,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("witness_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(GATHERING),
        _link(GATHERING, "agreement_id", "agreements_agreement"),
        _link(GATHERING, "version_id", "agreements_version"),
        _account(GATHERING, "witness_id"),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{GATHERING}_token_hash")),
    )
    op.create_index(f"ix_{GATHERING}_agreement", GATHERING, ["tenant_id", "agreement_id"], unique=False)


def _paper() -> None:
    op.create_table(
        COPY,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("rejected_reason", sa.String(length=LONG), nullable=False),
        *_owned(COPY),
        _link(COPY, "agreement_id", "agreements_agreement"),
        _link(COPY, "version_id", "agreements_version"),
        _link(COPY, "file_id", "documents_stored_file", "SET NULL (file_id)"),
        _account(COPY, "registered_by"),
        _account(COPY, "answered_by"),
    )
    op.create_index(f"ix_{COPY}_agreement", COPY, ["tenant_id", "agreement_id"], unique=False)
    op.create_table(
        ON_PAPER,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("copy_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role_title", sa.String(length=160), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        *_owned(ON_PAPER),
        _link(ON_PAPER, "agreement_id", "agreements_agreement"),
        _link(ON_PAPER, "copy_id", COPY),
        _link(ON_PAPER, "request_id", REQUEST),
        sa.UniqueConstraint(
            "tenant_id",
            "copy_id",
            "request_id",
            name=op.f(f"uq_{ON_PAPER}_tenant_id_copy_id_request_id"),
        ),
    )


def _proofs() -> None:
    op.create_table(
        PROOF,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("code_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_way", sa.String(length=10), nullable=False),
        sa.Column("witness_id", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=LONG), nullable=False),
        sa.Column("authority", sa.String(length=LONG), nullable=False),
        sa.Column("scan_id", sa.Uuid(), nullable=True),
        sa.Column("scan_sha256", sa.String(length=64), nullable=False),
        *_owned(PROOF),
        _link(PROOF, "request_id", REQUEST),
        _link(PROOF, "agreement_id", "agreements_agreement"),
        _link(PROOF, "scan_id", "documents_stored_file", "SET NULL (scan_id)"),
        _account(PROOF, "witness_id"),
        _account(PROOF, "confirmed_by"),
        sa.UniqueConstraint("tenant_id", "request_id", name=op.f(f"uq_{PROOF}_tenant_id_request_id")),
    )
    op.create_index(f"ix_{PROOF}_agreement", PROOF, ["tenant_id", "agreement_id"], unique=False)


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )


def _link(name: str, column: str, table: str, on_delete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
        ondelete=on_delete,
    )


def _account(name: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["access_account.id"], name=op.f(f"fk_{name}_{column}"))
