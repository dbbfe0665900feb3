"""Secrets in the database: columns that are text in Python and ciphertext in PostgreSQL."""

from typing import Any
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import Dialect, Text
from sqlalchemy.sql.operators import OperatorType, is_, is_not
from sqlalchemy.types import TypeDecorator

from core.kernel.database import UnsafeStatementError
from core.kernel.keyring import Keyring
from core.kernel.settings import Settings


def init_secrets(app: Flask, settings: Settings) -> None:
    """Give the application its keys."""
    app.extensions["fotfeste_keyring"] = Keyring.read(settings.encryption_keys)


def keyring() -> Keyring:
    """The keys of the application at hand."""
    found: Keyring = current_app.extensions["fotfeste_keyring"]
    return found


class _NotSearchable(TypeDecorator.Comparator[str]):
    def operate(self, op: OperatorType, *other: Any, **options: Any) -> Any:
        if op in {is_, is_not} or other == (None,):
            return super().operate(op, *other, **options)
        raise UnsafeStatementError("an encrypted column cannot be searched or sorted: use a blind index")


class EncryptedText(TypeDecorator[str]):
    """A column whose text is encrypted with AES-256-GCM; None stays None.

    ``context`` is the column's own name, ``"access_account.totp_secret"``: a ciphertext that is moved to
    another column cannot be read there. ``index`` names the attribute beside it that holds the text's blind
    index, so that a rotation of keys writes that anew too.
    """

    impl = Text
    cache_ok = True
    comparator_factory = _NotSearchable

    def __init__(self, context: str, *, index: str | None = None) -> None:
        super().__init__()
        self.context = context
        self.index = index

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt on the way in."""
        del dialect
        return None if value is None else keyring().encrypt(value, self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt on the way out. Raises UnreadableSecretError."""
        del dialect
        return None if value is None else keyring().decrypt(value, self.context)


def blind_index(context: str, value: str, tenant_id: UUID) -> str:
    """What to store beside an encrypted value so that it can be found again: 64 characters.

    It is made with a key of its own for each tenant and context, so equal values of two tenants do not look
    alike. Whoever has the key can still try values one by one: think twice before indexing anything that has
    few possible values, and never a diagnosis, a status or a date. Give the value in one spelling always.
    """
    return keyring().blind_indexes(context, value, tenant_id)[0]


def blind_indexes(context: str, value: str, tenant_id: UUID) -> tuple[str, ...]:
    """What to look for, ``column.in_(…)``: during a rotation a value may stand under an older key."""
    return keyring().blind_indexes(context, value, tenant_id)
