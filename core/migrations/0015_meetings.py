"""Meetings with minutes, promises that move and are waived, reminders, mail with a calendar file."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import APPEND_ONLY, secure_owned_table

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PROMISE = "obligations_obligation"
EMPTY_LIST = sa.text("'[]'::jsonb")


def upgrade() -> None:
    """Widen promises and mails, and make tables, walls and rights."""
    _obligations_obligation()
    _obligations_meeting()
    _obligations_participant()
    _obligations_reminder()
    for table in ("obligations_meeting", "obligations_participant"):
        secure_owned_table(op.execute, table)
    secure_owned_table(op.execute, "obligations_reminder", rights=APPEND_ONLY)
    op.add_column("kernel_outgoing_mail", _jsonb("attachments"))
    op.alter_column("kernel_outgoing_mail", "attachments", server_default=None)


def _obligations_obligation() -> None:
    texts = {"moved_reason": 500, "waived_reason": 500, "owner_name": 200}
    filled: list[sa.Column[Any]] = [
        _jsonb("participants"),
        sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"),
        *(
            sa.Column(one, sa.String(length), nullable=False, server_default="")
            for one, length in texts.items()
        ),
    ]
    for column in filled:
        op.add_column(PROMISE, column)
        # The default only fills the rows that are there.
        op.alter_column(PROMISE, column.name, server_default=None)
    op.add_column(PROMISE, sa.Column("moved_from", sa.Date(), nullable=True))
    op.add_column(PROMISE, sa.Column("owner_id", sa.Uuid(), nullable=True))
    op.add_column(PROMISE, sa.Column("origin_id", sa.Uuid(), nullable=True))
    op.add_column(PROMISE, sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_{PROMISE}_tenant_id_origin_id"),
        PROMISE,
        PROMISE,
        ["tenant_id", "origin_id"],
        ["tenant_id", "id"],
    )
    op.create_index("ix_obligations_obligation_origin", PROMISE, ["tenant_id", "origin_id"], unique=False)


def _obligations_meeting() -> None:
    name = "obligations_meeting"
    op.create_table(
        name,
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("minutes_long", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("called_by", sa.String(length=200), nullable=False),
        sa.Column("agenda", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_sent_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        _link(name, "obligation_id", PROMISE),
        sa.UniqueConstraint("tenant_id", "obligation_id", name=op.f(f"uq_{name}_tenant_id_obligation_id")),
    )


def _obligations_participant() -> None:
    name = "obligations_participant"
    op.create_table(
        name,
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("role_title", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=True),
        *_owned(name),
        _link(name, "meeting_id", "obligations_meeting"),
    )
    op.create_index("ix_obligations_participant_meeting", name, ["tenant_id", "meeting_id"], unique=False)


def _obligations_reminder() -> None:
    name = "obligations_reminder"
    op.create_table(
        name,
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        *_owned(name),
        _link(name, "obligation_id", PROMISE),
        sa.UniqueConstraint(
            "tenant_id",
            "obligation_id",
            "step",
            "due_on",
            name=op.f(f"uq_{name}_tenant_id_obligation_id_step_due_on"),
        ),
    )


def _jsonb(name: str) -> sa.Column[list[object]]:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default=EMPTY_LIST)


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )


def _link(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{table}.tenant_id", f"{table}.id"],
        name=op.f(f"fk_{name}_tenant_id_{column}"),
    )
