"""Reports of a period, contacts that are confirmed now and then, and mail that did not arrive."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.kernel.row_security import secure_owned_table

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

AGREEMENT, CONTACT, PROMISE = "agreements_agreement", "agreements_contact", "obligations_obligation"
REPORT, RECEIVER = "agreements_report", "agreements_report_receiver"
DEPUTY, CHECK, UNDELIVERED = (
    "agreements_contact_deputy",
    "agreements_contact_check",
    "agreements_undelivered",
)
MAIL = "kernel_outgoing_mail"


def upgrade() -> None:
    """Make the tables with their walls, and note of a mail that it was turned away."""
    _report()
    _receiver()
    _deputy()
    _check()
    _undelivered()
    for table in (REPORT, RECEIVER, DEPUTY, CHECK, UNDELIVERED):
        secure_owned_table(op.execute, table)
    op.add_column(MAIL, _instant("refused_at"))


def _report() -> None:
    op.create_table(
        REPORT,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        _text("reason", 500),
        _json("facts"),
        _instant("facts_at", nullable=False),
        _json("texts"),
        sa.Column("revision", sa.Integer(), nullable=False),
        _instant("changed_at", nullable=False),
        _instant("sent_at"),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        _json("content"),
        _text("sha256", 64),
        *_owned(REPORT),
        _link(REPORT, "agreement_id", AGREEMENT),
        _link(REPORT, "obligation_id", PROMISE),
        sa.UniqueConstraint(
            "tenant_id", "obligation_id", "number", name=op.f(f"uq_{REPORT}_tenant_id_obligation_id_number")
        ),
    )
    _index(REPORT, "agreement")


def _receiver() -> None:
    op.create_table(
        RECEIVER,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        _text("party_name", 200),
        _text("name", 160),
        _text("role_title", 160),
        _text("email", 320),
        _text("token_hash", 64),
        _instant("expires_at", nullable=False),
        _instant("opened_at"),
        _instant("confirmed_at"),
        _text("confirmed_name", 160),
        sa.Column("remark", sa.Text(), nullable=False),
        *_owned(RECEIVER),
        _link(RECEIVER, "agreement_id", AGREEMENT),
        _link(RECEIVER, "report_id", REPORT),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{RECEIVER}_token_hash")),
    )
    _index(RECEIVER, "report")
    _index(RECEIVER, "agreement")


def _deputy() -> None:
    op.create_table(
        DEPUTY,
        *_of_contact(DEPUTY),
        _text("deputy_key", 80),
        _text("name", 160),
        _text("email", 320),
        _text("phone", 40),
        sa.Column("absent_from", sa.Date(), nullable=True),
        sa.Column("absent_until", sa.Date(), nullable=True),
        sa.UniqueConstraint("tenant_id", "contact_id", name=op.f(f"uq_{DEPUTY}_tenant_id_contact_id")),
    )
    _index(DEPUTY, "agreement")


def _check() -> None:
    op.create_table(
        CHECK,
        *_of_contact(CHECK),
        sa.Column("obligation_id", sa.Uuid(), nullable=True),
        _text("email", 320),
        sa.Column("token_hash", sa.String(64), nullable=True),
        _instant("asked_at", nullable=False),
        _instant("expires_at", nullable=False),
        _instant("opened_at"),
        _instant("confirmed_at"),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        _instant("proposed_at"),
        _text("proposed_name", 160),
        _text("proposed_role", 160),
        _text("proposed_email", 320),
        _text("proposed_phone", 40),
        _instant("decided_at"),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=True),
        _link(CHECK, "obligation_id", PROMISE),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{CHECK}_token_hash")),
    )
    _index(CHECK, "agreement")
    _index(CHECK, "contact")


def _undelivered() -> None:
    op.create_table(
        UNDELIVERED,
        *_of_contact(UNDELIVERED),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        _text("email", 320),
        _instant("noted_at", nullable=False),
        _link(UNDELIVERED, "obligation_id", PROMISE),
        sa.UniqueConstraint(
            "tenant_id", "contact_id", "email", name=op.f(f"uq_{UNDELIVERED}_tenant_id_contact_id_email")
        ),
    )
    _index(UNDELIVERED, "agreement")


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _json(name: str) -> sa.Column[dict[str, object]]:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_contact(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        *_owned(name),
        _link(name, "agreement_id", AGREEMENT),
        _link(name, "contact_id", CONTACT),
    )


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


def _index(table: str, what: str) -> None:
    op.create_index(f"ix_{table}_{what}", table, ["tenant_id", f"{what}_id"], unique=False)
