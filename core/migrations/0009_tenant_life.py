"""Operators, suspending and closing tenants, the platform's visits to them, and how plugins and jobs go."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import EVERYTHING, PLATFORM, READ_ONLY, WEB, WORKER, grant, secure_owned_table

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ADD_AND_CHANGE = ("SELECT", "INSERT", "UPDATE")


def upgrade() -> None:
    """Make tables, walls and rights."""
    _access_operator()
    _access_support_visit()
    _tenancy_tenant()
    _tenancy_export()
    _tenancy_export_part()
    _tenancy_closed_tenant()
    _tenancy_withheld_plugin()
    _kernel_plugin_health()
    _kernel_job_error()
    for table in ("tenancy_export", "tenancy_export_part"):
        secure_owned_table(op.execute, table)
    secure_owned_table(op.execute, "access_support_visit", rights=ADD_AND_CHANGE)
    _platform_tables()


def _platform_tables() -> None:
    grant(op.execute, "access_operator", {WEB: READ_ONLY, WORKER: READ_ONLY, PLATFORM: EVERYTHING})
    grant(op.execute, "tenancy_closed_tenant", {PLATFORM: EVERYTHING})
    grant(op.execute, "tenancy_withheld_plugin", {WEB: READ_ONLY, WORKER: READ_ONLY, PLATFORM: EVERYTHING})
    counted = {WEB: ADD_AND_CHANGE, WORKER: ADD_AND_CHANGE, PLATFORM: EVERYTHING}
    grant(op.execute, "kernel_plugin_health", counted)
    grant(op.execute, "kernel_job_error", {WEB: READ_ONLY, WORKER: EVERYTHING, PLATFORM: EVERYTHING})
    for table in ("jobs", "periodic_defers"):
        grant(op.execute, f"procrastinate_{table}", {PLATFORM: EVERYTHING})
    closing = "closing_asked_at, closing_asked_by, closes_on"
    visits = "support_may_enter, support_invited_until, visited_until"
    op.execute(f"GRANT UPDATE (name, {closing}, {visits}) ON tenancy_tenant TO {WEB}")


def _access_operator() -> None:
    op.create_table(
        "access_operator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("named_by", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["access_account.id"], name=op.f("fk_access_operator_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_operator")),
    )
    op.create_index(
        "uq_access_operator_account",
        "access_operator",
        ["account_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def _access_support_visit() -> None:
    op.create_table(
        "access_support_visit",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["access_account.id"], name=op.f("fk_access_support_visit_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_access_support_visit_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_access_support_visit")),
    )


def _tenancy_tenant() -> None:
    for column in (
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_reason", sa.String(length=500), server_default="", nullable=False),
        sa.Column("closing_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_asked_by", sa.Uuid(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("support_may_enter", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("support_invited_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visited_until", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("tenancy_tenant", column)


def _tenancy_export() -> None:
    op.create_table(
        "tenancy_export",
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_tenancy_export_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tenancy_export")),
    )


def _tenancy_export_part() -> None:
    op.create_table(
        "tenancy_export_part",
        sa.Column("export_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "export_id"],
            ["tenancy_export.tenant_id", "tenancy_export.id"],
            name=op.f("fk_tenancy_export_part_tenant_id_export_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_tenancy_export_part_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_tenancy_export_part")),
        sa.UniqueConstraint(
            "tenant_id",
            "export_id",
            "number",
            name=op.f("uq_tenancy_export_part_tenant_id_export_id_number"),
        ),
    )


def _tenancy_closed_tenant() -> None:
    op.create_table(
        "tenancy_closed_tenant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("audit_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenancy_closed_tenant")),
    )


def _tenancy_withheld_plugin() -> None:
    op.create_table(
        "tenancy_withheld_plugin",
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "plugin", name=op.f("pk_tenancy_withheld_plugin")),
    )


def _kernel_plugin_health() -> None:
    op.create_table(
        "kernel_plugin_health",
        sa.Column("door", sa.String(length=20), nullable=False),
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("hook", sa.String(length=80), nullable=False),
        sa.Column("calls", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("errors", sa.BigInteger(), nullable=False),
        sa.Column("last_error", sa.String(length=200), nullable=False),
        sa.Column("last_error_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("door", "plugin", "hook", name=op.f("pk_kernel_plugin_health")),
    )


def _kernel_job_error() -> None:
    op.create_table(
        "kernel_job_error",
        sa.Column("job_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name=op.f("pk_kernel_job_error")),
    )
