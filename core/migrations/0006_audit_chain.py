"""The chain of the audit, and on whose behalf somebody acted."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import PLATFORM, READ_ONLY, WEB, WORKER, secure_owned_table

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What the hash of an entry is made of: every column but the hash itself, in a text that is the same whatever
# the time zone and the spelling of a connection.
HASH = """
CREATE FUNCTION kernel_audit_hash(entry kernel_audit_entry) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        entry.previous, entry.number, entry.tenant_id, entry.id,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        entry.actor_kind, entry.actor_id, entry.on_behalf_of, entry.action,
        entry.subject_kind, entry.subject_id, entry.fields, entry.reason
    )::text, 'UTF8')), 'hex')
$$
"""

# Runs as the owner, because nobody else may touch the heads. The tenant is locked before its head: whoever
# changes the tenant itself holds that lock already, and comes here last.
CHAIN = """
CREATE FUNCTION kernel_audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head kernel_audit_head;
BEGIN
    PERFORM 1 FROM tenancy_tenant WHERE id = NEW.tenant_id FOR KEY SHARE;
    INSERT INTO kernel_audit_head (tenant_id, id, number, hash)
        VALUES (NEW.tenant_id, NEW.tenant_id, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT head FROM kernel_audit_head
        WHERE tenant_id = NEW.tenant_id AND id = NEW.tenant_id FOR UPDATE;
    NEW.number := head.number + 1;
    NEW.previous := head.hash;
    NEW.hash := kernel_audit_hash(NEW);
    UPDATE kernel_audit_head SET number = NEW.number, hash = NEW.hash
        WHERE tenant_id = NEW.tenant_id AND id = NEW.tenant_id;
    RETURN NEW;
END
$$
"""

CHAIN_WHAT_THERE_IS = """
DO $$
DECLARE
    entry kernel_audit_entry;
    last kernel_audit_head;
BEGIN
    FOR entry IN SELECT * FROM kernel_audit_entry ORDER BY tenant_id, at, id LOOP
        IF last.tenant_id IS DISTINCT FROM entry.tenant_id THEN
            last := ROW(0, '', entry.tenant_id, entry.tenant_id)::kernel_audit_head;
            INSERT INTO kernel_audit_head SELECT last.*;
        END IF;
        entry.number := last.number + 1;
        entry.previous := last.hash;
        entry.hash := kernel_audit_hash(entry);
        UPDATE kernel_audit_entry
            SET number = entry.number, previous = entry.previous, hash = entry.hash
            WHERE tenant_id = entry.tenant_id AND id = entry.id;
        last.number := entry.number;
        last.hash := entry.hash;
        UPDATE kernel_audit_head SET number = last.number, hash = last.hash
            WHERE tenant_id = last.tenant_id AND id = last.tenant_id;
    END LOOP;
END
$$
"""


def upgrade() -> None:
    """Make tables, walls and rights."""
    _kernel_audit_head()
    _columns()
    for statement in (HASH, CHAIN_WHAT_THERE_IS, CHAIN):
        op.execute(statement)
    for column in ("number", "previous", "hash"):
        op.alter_column("kernel_audit_entry", column, nullable=False)
    op.create_unique_constraint(
        "uq_kernel_audit_entry_tenant_id_number", "kernel_audit_entry", ["tenant_id", "number"]
    )
    op.execute(
        "CREATE TRIGGER kernel_audit_chain BEFORE INSERT ON kernel_audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION kernel_audit_chain()"
    )
    _indexes()
    # The platform deletes the audit of a tenant that is closed; nobody who serves changes a line.
    op.execute(f"REVOKE UPDATE ON kernel_audit_entry FROM {PLATFORM}")
    op.execute("REVOKE ALL ON FUNCTION kernel_audit_chain() FROM PUBLIC")


def _kernel_audit_head() -> None:
    op.create_table(
        "kernel_audit_head",
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenancy_tenant.id"], name=op.f("fk_kernel_audit_head_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_kernel_audit_head")),
    )
    secure_owned_table(op.execute, "kernel_audit_head", rights=READ_ONLY)
    op.execute(f"REVOKE INSERT, UPDATE ON kernel_audit_head FROM {WEB}, {WORKER}, {PLATFORM}")


def _columns() -> None:
    for column in (
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.Column("on_behalf_of", sa.Uuid(), nullable=True),
    ):
        op.add_column("kernel_audit_entry", column)


def _indexes() -> None:
    for column in ("subject_id", "subject_kind"):
        op.drop_index(op.f(f"ix_kernel_audit_entry_{column}"), "kernel_audit_entry")
    for columns in (["tenant_id", "subject_id", "number"], ["tenant_id", "actor_id", "subject_id", "at"]):
        name = f"ix_kernel_audit_entry_{'_'.join(columns)}"
        op.create_index(op.f(name), "kernel_audit_entry", columns, unique=False)
