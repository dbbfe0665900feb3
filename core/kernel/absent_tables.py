"""Tables of plugins that are not installed any more: found in the catalogue, never forgotten."""

from collections.abc import Collection

from sqlalchemy import text

from core.kernel.database import SHARED_METADATA, db, raw_sql_allowed
from core.kernel.personal_texts import usable

_COLUMNS = text("""
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY')
      AND table_name IN (SELECT table_name FROM information_schema.columns
                         WHERE table_schema = 'public' AND column_name = 'tenant_id')
    ORDER BY table_name, column_name
""")


def absent_tables_mentioning(words: Collection[str]) -> list[str]:
    """Tables that no mapper knows, in which a row of the tenant in scope mentions one of the words."""
    wanted = usable(words)
    if not wanted:
        return []
    with raw_sql_allowed():
        columns = [
            (table, column)
            for table, column in db.session.execute(_COLUMNS)
            if table not in SHARED_METADATA.tables
        ]
        return sorted({table for table, column in columns if _mentions(table, column, wanted)})


def _mentions(table: str, column: str, words: list[str]) -> bool:
    # Both names come from the catalogue, and are quoted as identifiers.
    quote = db.session.get_bind().dialect.identifier_preparer.quote_identifier
    query = (
        f"SELECT EXISTS (SELECT 1 FROM {quote(table)} "  # noqa: S608
        f"WHERE position(lower(:word) IN lower({quote(column)}::text)) > 0)"
    )
    return any(db.session.scalar(text(query), {"word": word}) for word in words)
