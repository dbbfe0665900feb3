"""Which columns hold something about a person: said where a column is declared."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Column, LargeBinary, String, Table, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from core.kernel.database import SHARED_METADATA, PluginTables

NAME = "name"
CONTACT = "contact"
IDENTITY = "identity"
ADDRESS = "address"
HEALTH = "health"
FREE_TEXT = "free_text"
ACCOUNT = "account"
TECHNICAL = "technical"
SECRET = "secret"  # noqa: S105  the word for a category
CATEGORIES = frozenset({NAME, CONTACT, IDENTITY, ADDRESS, HEALTH, FREE_TEXT, ACCOUNT, TECHNICAL, SECRET})
"""What a personal column holds. A ``secret`` (a password's hash) is erased with the rest, never exported."""

_MARK, _REASON = "personal", "impersonal"
_HOLDS_TEXT = (String, JSONB, LargeBinary)


def personal(category: str) -> dict[str, str]:
    """The ``info`` of a column that holds, or may hold, something about a person.

    Raises ValueError for an unknown category.
    """
    if category not in CATEGORIES:
        raise ValueError(f"{category!r} is no category of personal data: {', '.join(sorted(CATEGORIES))}")
    return {_MARK: category}


def impersonal(reason: str) -> dict[str, str]:
    """The ``info`` of a text column that never holds anything about a person, with why. Raises ValueError."""
    if not reason.strip():
        raise ValueError("say why this column never holds anything about a person")
    return {_REASON: reason}


def category_of(column: Column[Any]) -> str:
    """The category of a column; empty when it is not marked."""
    return str(column.info.get(_MARK, ""))


def is_decided(column: Column[Any]) -> bool:
    """Whether somebody has said of a column that it is personal, or that it is not."""
    return bool({_MARK, _REASON} & column.info.keys())


def can_hold_text(column: Column[Any]) -> bool:
    """Whether a column could hold a name: text, JSON or bytes, also encrypted or in a list."""
    kind: TypeEngine[Any] = column.type
    while isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    return isinstance(getattr(kind, "item_type", kind), _HOLDS_TEXT)


def marked_columns(tables: Iterable[Table] | None = None) -> dict[str, str]:
    """Every personal column as ``table.column`` with its category."""
    chosen = SHARED_METADATA.tables.values() if tables is None else tables
    return {str(column): category_of(column) for column in _columns(chosen) if category_of(column)}


def undecided_columns(tables: Iterable[Table]) -> list[str]:
    """Columns that could hold a name and of which nobody has said whether they do."""
    return [str(one) for one in _columns(tables) if can_hold_text(one) and not is_decided(one)]


def tables_of_plugin(plugin: str) -> list[Table]:
    """The tables that a plugin brings."""
    base = PluginTables.bases.get(plugin)
    found = (mapper.local_table for mapper in base.registry.mappers) if base else ()
    return sorted((one for one in found if isinstance(one, Table)), key=lambda table: table.name)


def values_of(row: Any) -> dict[str, Any]:
    """What a row says about a person: every personal column that is filled, without secrets."""
    columns = ((prop.key, prop.columns[0]) for prop in type(row).__mapper__.column_attrs)
    found = {str(column): getattr(row, key) for key, column in columns if _is_shown(column)}
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _is_shown(column: Column[Any]) -> bool:
    return category_of(column) not in {"", SECRET} and not _is_bytes(column)


def _is_bytes(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary)


def words_in(values: Mapping[str, Any]) -> frozenset[str]:
    """Names and addresses among values by column: what a person can be recognised by in a text."""
    known = marked_columns()
    return frozenset(
        str(value) for name, value in values.items() if known.get(name) in {NAME, CONTACT, IDENTITY}
    )


def _columns(tables: Iterable[Table]) -> Iterator[Column[Any]]:
    for table in tables:
        yield from table.columns
