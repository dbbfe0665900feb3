"""Sessions, second factors, passkeys and attempts to sign in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import EVERYTHING, PLATFORM, WEB, WORKER, grant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PURGED = ("SELECT", "DELETE")


def upgrade() -> None:
    """Make tables, walls and rights."""
    _accounts()
    _sessions()
    _attempts()
    _passkeys()
    _recovery_codes()
    rights = {WEB: EVERYTHING, WORKER: PURGED, PLATFORM: EVERYTHING}
    for table in ("access_session", "access_attempt", "access_passkey", "access_recovery_code"):
        grant(op.execute, table, rights)
    _tenants()


def _accounts() -> None:
    op.add_column("access_account", sa.Column("totp_secret", sa.Text(), nullable=True))
    op.add_column("access_account", sa.Column("totp_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("access_account", sa.Column("totp_step", sa.BigInteger(), nullable=True))


def _sessions() -> None:
    op.create_table(
        "access_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("ways", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("device", sa.String(length=80), nullable=False),
        sa.Column("network", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authenticated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["access_account.id"], name=op.f("fk_access_session_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_session")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_access_session_secret_hash")),
    )
    op.create_index(op.f("ix_access_session_account_id"), "access_session", ["account_id"])


def _attempts() -> None:
    op.create_table(
        "access_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("network_key", sa.String(length=64), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_attempt")),
    )
    op.create_index("ix_access_attempt_key_at", "access_attempt", ["key", "at"])
    op.create_index("ix_access_attempt_network_key_at", "access_attempt", ["network_key", "at"])


def _passkeys() -> None:
    op.create_table(
        "access_passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["access_account.id"], name=op.f("fk_access_passkey_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_access_passkey_credential_id")),
    )
    op.create_index(op.f("ix_access_passkey_account_id"), "access_passkey", ["account_id"])


def _recovery_codes() -> None:
    op.create_table(
        "access_recovery_code",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["access_account.id"], name=op.f("fk_access_recovery_code_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_recovery_code")),
    )
    op.create_index(op.f("ix_access_recovery_code_account_id"), "access_recovery_code", ["account_id"])


def _tenants() -> None:
    # The release before this one makes tenants without naming the column.
    op.add_column(
        "tenancy_tenant",
        sa.Column("second_factor", sa.String(length=20), nullable=False, server_default=""),
    )
    op.execute(f"GRANT UPDATE (second_factor) ON tenancy_tenant TO {WEB}")
