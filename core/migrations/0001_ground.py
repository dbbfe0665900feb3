"""The ground: kernel, tenancy, access, documents, the job queue, and the rights of the serving roles."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import (
    APPEND_ONLY,
    EVERYTHING,
    OWNER,
    PLATFORM,
    READ_ONLY,
    WEB,
    WORKER,
    grant,
    secure_owned_table,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make tables, walls, rights and the job queue."""
    _access_account()
    _kernel_outgoing_mail()
    _kernel_platform_entry()
    _tenancy_tenant()
    _access_invitation()
    _access_membership()
    _documents_stored_file()
    _kernel_audit_entry()
    _tenancy_tenant_plugin()
    _walls()
    _platform_tables()
    _job_queue()


def _walls() -> None:
    for table in ("access_invitation", "documents_stored_file", "tenancy_tenant_plugin"):
        secure_owned_table(op.execute, table)
    secure_owned_table(op.execute, "kernel_audit_entry", rights=APPEND_ONLY)
    secure_owned_table(op.execute, "access_membership", account_column="account_id")
    own = "id = NULLIF(current_setting('app.tenant_id', true), '')::uuid"
    op.execute("ALTER TABLE tenancy_tenant ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE tenancy_tenant FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY tenancy_tenant_read ON tenancy_tenant FOR SELECT USING (true)")
    op.execute(
        f"CREATE POLICY tenancy_tenant_own ON tenancy_tenant FOR UPDATE TO {WEB} "
        f"USING ({own}) WITH CHECK ({own})"
    )
    for role in (OWNER, PLATFORM):
        op.execute(
            f"CREATE POLICY tenancy_tenant_{role} ON tenancy_tenant TO {role} USING (true) WITH CHECK (true)"
        )
    grant(op.execute, "tenancy_tenant", {WEB: READ_ONLY, WORKER: READ_ONLY, PLATFORM: EVERYTHING})
    op.execute(f"GRANT UPDATE (language, office_word, logo_id) ON tenancy_tenant TO {WEB}")


def _platform_tables() -> None:
    accounts = {WEB: ("SELECT", "INSERT", "UPDATE"), WORKER: READ_ONLY, PLATFORM: EVERYTHING}
    mails = {WEB: ("INSERT",), WORKER: ("SELECT", "INSERT", "UPDATE"), PLATFORM: EVERYTHING}
    grant(op.execute, "access_account", accounts)
    grant(op.execute, "kernel_outgoing_mail", mails)
    grant(op.execute, "kernel_platform_entry", {PLATFORM: APPEND_ONLY})


def _job_queue() -> None:
    op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    for role in (WEB, PLATFORM):
        grant(op.execute, "procrastinate_jobs", {role: APPEND_ONLY})
        grant(op.execute, "procrastinate_events", {role: APPEND_ONLY})
        grant(op.execute, "procrastinate_workers", {role: READ_ONLY})
    for table in ("jobs", "events", "workers", "periodic_defers"):
        grant(op.execute, f"procrastinate_{table}", {WORKER: EVERYTHING})
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB}, {WORKER}, {PLATFORM}")


def _access_account() -> None:
    op.create_table(
        "access_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_account")),
        sa.UniqueConstraint("email", name=op.f("uq_access_account_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_access_account_fs_uniquifier")),
    )


def _kernel_outgoing_mail() -> None:
    op.create_table(
        "kernel_outgoing_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kernel_outgoing_mail")),
    )


def _kernel_platform_entry() -> None:
    op.create_table(
        "kernel_platform_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kernel_platform_entry")),
    )


def _tenancy_tenant() -> None:
    op.create_table(
        "tenancy_tenant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("place_code", sa.String(length=20), nullable=False),
        sa.Column("district", sa.String(length=80), nullable=False),
        sa.Column("district_key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("office_word", sa.String(length=60), nullable=False),
        sa.Column("logo_id", sa.Uuid(), nullable=True),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenancy_tenant")),
        sa.UniqueConstraint(
            "kind", "place_code", "district_key", name=op.f("uq_tenancy_tenant_kind_place_code_district_key")
        ),
        sa.UniqueConstraint("slug", name=op.f("uq_tenancy_tenant_slug")),
    )


def _access_invitation() -> None:
    op.create_table(
        "access_invitation",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["access_account.id"], name=op.f("fk_access_invitation_invited_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_access_invitation_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_access_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_invitation_token_hash")),
    )


def _access_membership() -> None:
    op.create_table(
        "access_membership",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["access_account.id"], name=op.f("fk_access_membership_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_access_membership_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_access_membership")),
        sa.UniqueConstraint(
            "tenant_id", "account_id", name=op.f("uq_access_membership_tenant_id_account_id")
        ),
    )
    op.create_index(
        op.f("ix_access_membership_account_id"), "access_membership", ["account_id"], unique=False
    )


def _documents_stored_file() -> None:
    op.create_table(
        "documents_stored_file",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_documents_stored_file_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_documents_stored_file")),
    )
    op.create_index(
        "ix_documents_stored_file_subject", "documents_stored_file", ["tenant_id", "subject_id"], unique=False
    )


def _kernel_audit_entry() -> None:
    op.create_table(
        "kernel_audit_entry",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject_kind", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_kernel_audit_entry_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_kernel_audit_entry")),
    )
    op.create_index(
        op.f("ix_kernel_audit_entry_subject_id"), "kernel_audit_entry", ["subject_id"], unique=False
    )
    op.create_index(
        op.f("ix_kernel_audit_entry_subject_kind"), "kernel_audit_entry", ["subject_kind"], unique=False
    )


def _tenancy_tenant_plugin() -> None:
    op.create_table(
        "tenancy_tenant_plugin",
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("on_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_tenancy_tenant_plugin_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tenancy_tenant_plugin")),
    )
