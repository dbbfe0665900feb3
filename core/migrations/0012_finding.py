"""Words and sort keys by which agreements are found, and the views that people keep of the list."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.agreements.finding.words import words_of
from core.kernel.ids import new_id
from core.kernel.row_security import secure_owned_table
from core.kernel.sorting import nordic_sort_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

AGREEMENT, WORD, VIEW = "agreements_agreement", "agreements_word", "agreements_saved_view"
LONGEST_KEY = 200
WRITTEN = sa.text("""
SELECT agreement.tenant_id, agreement.id, agreement.title, tenant.name AS tenant_name, tenant.language,
       ARRAY(SELECT party.name FROM agreements_party AS party
             WHERE party.tenant_id = agreement.tenant_id AND party.agreement_id = agreement.id
             ORDER BY party.key) AS parties,
       ARRAY(SELECT party.number FROM agreements_party AS party
             WHERE party.tenant_id = agreement.tenant_id AND party.agreement_id = agreement.id) AS numbers,
       ARRAY(SELECT person.name FROM agreements_contact AS person
             WHERE person.tenant_id = agreement.tenant_id AND person.agreement_id = agreement.id) AS contacts
FROM agreements_agreement AS agreement JOIN tenancy_tenant AS tenant ON tenant.id = agreement.tenant_id
""")
KEYS = sa.text("""
UPDATE agreements_agreement SET title_key = :title_key, parties_key = :parties_key
WHERE tenant_id = :tenant_id AND id = :id
""")
WORDS = sa.text("""
INSERT INTO agreements_word (tenant_id, id, agreement_id, word) VALUES (:tenant_id, :id, :agreement_id, :word)
""")


def upgrade() -> None:
    """Make columns, tables, walls and rights, and fill in what there is."""
    for column in ("title_key", "parties_key"):
        new = sa.Column(
            column, sa.String(length=LONGEST_KEY, collation="C"), nullable=False, server_default=""
        )
        op.add_column(AGREEMENT, new)
    for index, column in (("title", "title_key"), ("party", "parties_key"), ("ends", "ends_on")):
        op.create_index(f"ix_{AGREEMENT}_{index}", AGREEMENT, ["tenant_id", column, "id"])
    _agreements_word()
    _agreements_saved_view()
    for table in (WORD, VIEW):
        secure_owned_table(op.execute, table)
    for row in op.get_bind().execute(WRITTEN).all():
        _fill(row)


def _agreements_word() -> None:
    op.create_table(
        WORD,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("word", sa.String(length=60, collation="C"), nullable=False),
        *_owned(WORD),
        sa.ForeignKeyConstraint(
            ["tenant_id", "agreement_id"],
            [f"{AGREEMENT}.tenant_id", f"{AGREEMENT}.id"],
            name=op.f(f"fk_{WORD}_tenant_id_agreement_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "word", "agreement_id", name=op.f(f"uq_{WORD}_tenant_id_word_agreement_id")
        ),
    )
    op.create_index("ix_agreements_word_agreement", WORD, ["tenant_id", "agreement_id"])


def _agreements_saved_view() -> None:
    op.create_table(
        VIEW,
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        *_owned(VIEW),
        sa.ForeignKeyConstraint(["account_id"], ["access_account.id"], name=op.f(f"fk_{VIEW}_account_id")),
    )
    op.create_index("ix_agreements_saved_view_account", VIEW, ["tenant_id", "account_id"])


def _fill(row: Any) -> None:
    others = ", ".join(name for name in row.parties if name and name != row.tenant_name)
    keys = {
        "title_key": nordic_sort_key(row.title, row.language)[:LONGEST_KEY],
        "parties_key": nordic_sort_key(others, row.language)[:LONGEST_KEY],
    }
    op.get_bind().execute(KEYS, {"tenant_id": row.tenant_id, "id": row.id, **keys})
    words = words_of([row.title, *row.parties, *row.numbers, *row.contacts])
    rows = [
        {"tenant_id": row.tenant_id, "id": new_id(), "agreement_id": row.id, "word": word}
        for word in sorted(words)
    ]
    if rows:
        op.get_bind().execute(WORDS, rows)


def _owned(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenancy_tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
    )
