"""Agreements and the promises that they make."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import APPEND_ONLY, EVERYTHING, secure_owned_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OWNED = {
    "agreements_agreement": EVERYTHING,
    "obligations_obligation": EVERYTHING,
    "agreements_clause": EVERYTHING,
    "agreements_contact": EVERYTHING,
    "agreements_goal": EVERYTHING,
    "agreements_meeting": EVERYTHING,
    "agreements_party": EVERYTHING,
    "agreements_value": EVERYTHING,
    "agreements_version": APPEND_ONLY,
    "agreements_clause_revision": APPEND_ONLY,
    "agreements_signature_request": ("SELECT", "INSERT", "UPDATE"),
}


def upgrade() -> None:
    """Make tables, walls and rights."""
    _agreements_agreement()
    _obligations_obligation()
    _agreements_clause()
    _agreements_contact()
    _agreements_goal()
    _agreements_meeting()
    _agreements_party()
    _agreements_value()
    _agreements_version()
    _agreements_clause_revision()
    _agreements_signature_request()
    _agreements_signature_request_index()
    for table, rights in OWNED.items():
        secure_owned_table(op.execute, table, rights=rights)


def _agreements_agreement() -> None:
    op.create_table(
        "agreements_agreement",
        sa.Column("type_key", sa.String(length=120), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(length=1000), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_agreement_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_agreement")),
    )
    op.create_index(
        "ix_agreements_agreement_changed", "agreements_agreement", ["tenant_id", "changed_at"], unique=False
    )


def _obligations_obligation() -> None:
    op.create_table(
        "obligations_obligation",
        sa.Column("subject_kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_title", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("called_by", sa.String(length=200), nullable=False),
        sa.Column("agenda", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("nominal_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_obligations_obligation_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_obligations_obligation")),
        sa.UniqueConstraint(
            "tenant_id",
            "subject_id",
            "key",
            "index",
            name=op.f("uq_obligations_obligation_tenant_id_subject_id_key_index"),
        ),
    )
    op.create_index(
        "ix_obligations_obligation_due", "obligations_obligation", ["tenant_id", "due_on"], unique=False
    )


def _agreements_clause() -> None:
    op.create_table(
        "agreements_clause",
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_clause_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_clause_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_clause")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "key", name=op.f("uq_agreements_clause_tenant_id_agreement_id_key")
        ),
    )


def _agreements_contact() -> None:
    op.create_table(
        "agreements_contact",
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role_title", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("authority", sa.Boolean(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_contact_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_contact_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_contact")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "key", name=op.f("uq_agreements_contact_tenant_id_agreement_id_key")
        ),
    )


def _agreements_goal() -> None:
    op.create_table(
        "agreements_goal",
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("target", sa.Numeric(precision=12, scale=2, asdecimal=False), nullable=False),
        sa.Column("period_months", sa.Integer(), nullable=False),
        sa.Column("counting_rule", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_goal_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_goal_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_goal")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "key", name=op.f("uq_agreements_goal_tenant_id_agreement_id_key")
        ),
    )


def _agreements_meeting() -> None:
    op.create_table(
        "agreements_meeting",
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("every_months", sa.Integer(), nullable=False),
        sa.Column("first_after_months", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_meeting_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_meeting_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_meeting")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "key", name=op.f("uq_agreements_meeting_tenant_id_agreement_id_key")
        ),
    )


def _agreements_party() -> None:
    op.create_table(
        "agreements_party",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=10), nullable=False),
        sa.Column("signatory_key", sa.String(length=80), nullable=False),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_party_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_party_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_party")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "key", name=op.f("uq_agreements_party_tenant_id_agreement_id_key")
        ),
    )


def _agreements_value() -> None:
    op.create_table(
        "agreements_value",
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_value_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_value_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_value")),
        sa.UniqueConstraint(
            "tenant_id", "agreement_id", "key", name=op.f("uq_agreements_value_tenant_id_agreement_id_key")
        ),
    )


def _agreements_version() -> None:
    op.create_table(
        "agreements_version",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_version_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_version_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_version")),
        sa.UniqueConstraint(
            "tenant_id",
            "agreement_id",
            "number",
            name=op.f("uq_agreements_version_tenant_id_agreement_id_number"),
        ),
    )


def _agreements_clause_revision() -> None:
    op.create_table(
        "agreements_clause_revision",
        sa.Column("clause_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "clause_id"],
            ["agreements_clause.tenant_id", "agreements_clause.id"],
            name=op.f("fk_agreements_clause_revision_tenant_id_clause_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_clause_revision_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_clause_revision")),
    )
    op.create_index(
        "ix_agreements_clause_revision_clause",
        "agreements_clause_revision",
        ["tenant_id", "clause_id"],
        unique=False,
    )


def _agreements_signature_request() -> None:
    op.create_table(
        "agreements_signature_request",
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("party_key", sa.String(length=80), nullable=False),
        sa.Column("party_name", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role_title", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_name", sa.String(length=160), nullable=False),
        sa.Column("signed_role", sa.String(length=160), nullable=False),
        sa.Column("signed_sha256", sa.String(length=64), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal_reason", sa.String(length=1000), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            ["agreements_agreement.tenant_id", "agreements_agreement.id"],
            name=op.f("fk_agreements_signature_request_tenant_id_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "version_id"],
            ["agreements_version.tenant_id", "agreements_version.id"],
            name=op.f("fk_agreements_signature_request_tenant_id_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_agreements_signature_request_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreements_signature_request")),
        sa.UniqueConstraint(
            "tenant_id",
            "version_id",
            "party_key",
            name=op.f("uq_agreements_signature_request_tenant_id_version_id_party_key"),
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_agreements_signature_request_token_hash")),
    )


def _agreements_signature_request_index() -> None:
    op.create_index(
        "ix_agreements_signature_request_email",
        "agreements_signature_request",
        ["tenant_id", "email"],
        unique=False,
    )
