"""People outside the organisation, how they come in, and the texts that go to their phones."""

import sqlalchemy as sa
from alembic import op

from core.kernel.row_security import EVERYTHING, PLATFORM, WEB, WORKER, grant, secure_owned_table

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OWNED_TABLES = (
    "persons_person",
    "persons_sensitive",
    "persons_link",
    "persons_code",
    "persons_visit",
    "persons_request",
)


def upgrade() -> None:
    """Make tables, walls and rights."""
    _outgoing()
    _person()
    _sensitive()
    _link()
    _code()
    _visit()
    _request()
    for table in OWNED_TABLES:
        secure_owned_table(op.execute, table)


def _outgoing() -> None:
    op.add_column("kernel_outgoing_mail", sa.Column("tenant_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_kernel_outgoing_mail_tenant_id"), "kernel_outgoing_mail", ["tenant_id"])
    op.create_table(
        "kernel_outgoing_sms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recipient", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(length=480), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kernel_outgoing_sms")),
    )
    op.create_index(op.f("ix_kernel_outgoing_sms_tenant_id"), "kernel_outgoing_sms", ["tenant_id"])
    rights = {WEB: ("INSERT",), WORKER: ("SELECT", "INSERT", "UPDATE"), PLATFORM: EVERYTHING}
    grant(op.execute, "kernel_outgoing_sms", rights)


def _person() -> None:
    name = "persons_person"
    op.create_table(
        name,
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("sort_key", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("national_id", sa.Text(), nullable=True),
        sa.Column("national_id_index", sa.String(length=64), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("shield", sa.String(length=24), nullable=False),
        sa.Column("adviser_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["tenancy_unit.tenant_id", "tenancy_unit.id"],
            name=op.f(f"fk_{name}_tenant_id_unit_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "national_id_index", name=op.f(f"uq_{name}_tenant_id_national_id_index")
        ),
    )
    for index, column in (("sorted", "sort_key"), ("adviser", "adviser_id"), ("email", "email")):
        op.create_index(f"ix_{name}_{index}", name, ["tenant_id", column])


def _sensitive() -> None:
    name = "persons_sensitive"
    op.create_table(
        name,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("health", sa.Text(), nullable=True),
        sa.Column("family", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        *_owned(name),
        _of(name, "person_id", "persons_person"),
        sa.UniqueConstraint("tenant_id", "person_id", name=op.f(f"uq_{name}_tenant_id_person_id")),
    )


def _link() -> None:
    name = "persons_link"
    op.create_table(
        name,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        _of(name, "person_id", "persons_person"),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{name}_token_hash")),
    )
    op.create_index(f"ix_{name}_person", name, ["tenant_id", "person_id"])


def _code() -> None:
    name = "persons_code"
    op.create_table(
        name,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        _of(name, "person_id", "persons_person"),
        _of(name, "link_id", "persons_link"),
    )
    op.create_index(f"ix_{name}_person", name, ["tenant_id", "person_id", "sent_at"])


def _visit() -> None:
    name = "persons_visit"
    op.create_table(
        name,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_owned(name),
        _of(name, "person_id", "persons_person"),
        _of(name, "link_id", "persons_link"),
        sa.UniqueConstraint("token_hash", name=op.f(f"uq_{name}_token_hash")),
    )
    op.create_index(f"ix_{name}_person", name, ["tenant_id", "person_id"])


def _request() -> None:
    name = "persons_request"
    op.create_table(
        name,
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        *_owned(name),
        _of(name, "person_id", "persons_person"),
    )
    op.create_index(f"ix_{name}_asked", name, ["tenant_id", "asked_at"])


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{table}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """The composite key to a row that takes these rows with it when it goes."""
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
        ondelete="CASCADE",
    )
