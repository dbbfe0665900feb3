"""Rotation of keys: every encrypted column is written anew with the first key, batch by batch."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute
from sqlalchemy.orm.attributes import flag_modified

from core.kernel import security_log
from core.kernel.database import Base, PluginTables, db
from core.kernel.scope import platform_scope
from core.kernel.secrets import EncryptedText, blind_index, keyring
from core.kernel.unit_of_work import unit_of_work

BATCH = 200


class EncryptedColumn(NamedTuple):
    """An encrypted column with the class that maps it."""

    model: type[DeclarativeBase]
    attribute: str
    type: EncryptedText


def encrypted_columns() -> list[EncryptedColumn]:
    """Every encrypted column of core and of each plugin that is loaded, by its context."""
    return sorted(_encrypted_columns(), key=lambda column: column.type.context)


def _encrypted_columns() -> Iterator[EncryptedColumn]:
    bases: list[type[DeclarativeBase]] = [Base, *PluginTables.bases.values()]
    for base in bases:
        for mapper in base.registry.mappers:
            for attribute in mapper.column_attrs:
                kind = attribute.columns[0].type
                if isinstance(kind, EncryptedText):
                    yield EncryptedColumn(mapper.class_, attribute.key, kind)


def rotate(say: Callable[[str], None] = lambda _line: None) -> int:
    """Encrypt everything with the first key; the number of secrets that were written anew.

    Each batch is stored by itself and only older ciphertexts are taken, so it can be stopped and begun again,
    and two of them do not disturb each other. Afterwards the older keys may be removed from ENCRYPTION_KEYS.
    Raises UnreadableSecretError when a secret's own key is not there any more.
    """
    total = 0
    with platform_scope("encrypt stored secrets with the newest key"):
        for column in encrypted_columns():
            done = 0
            while batch := _rotate_batch(column):
                done += batch
            say(f"{column.type.context}: {done} encrypted anew")
            total += done
    security_log.note(security_log.SECRETS_ROTATED, count=total)
    return total


def _rotate_batch(column: EncryptedColumn) -> int:
    stored: InstrumentedAttribute[Any] = getattr(column.model, column.attribute)
    older = ~func.starts_with(type_coerce(stored, Text), f"{keyring().first_id}:")
    with unit_of_work():
        query = select(column.model).where(stored.is_not(None), older).limit(BATCH)
        rows = list(db.session.scalars(query.with_for_update(skip_locked=True, of=column.model)))
        for row in rows:
            flag_modified(row, column.attribute)
            if column.type.index:
                text = getattr(row, column.attribute)
                index = blind_index(column.type.context, text, row.tenant_id)  # type: ignore[attr-defined]
                setattr(row, column.type.index, index)
    db.session.expunge_all()
    return len(rows)
