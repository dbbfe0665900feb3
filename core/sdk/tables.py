"""What a plugin with tables of its own needs: models in `models.py`, migrations in a folder `migrations`."""

from core.kernel.database import Owned, PluginTables, instant, link_to
from core.kernel.personal import (
    ACCOUNT,
    ADDRESS,
    CONTACT,
    FREE_TEXT,
    HEALTH,
    IDENTITY,
    NAME,
    SECRET,
    TECHNICAL,
    impersonal,
    personal,
    values_of,
)
from core.kernel.row_security import APPEND_ONLY, EVERYTHING, secure_owned_table

__all__ = [
    "ACCOUNT",
    "ADDRESS",
    "APPEND_ONLY",
    "CONTACT",
    "EVERYTHING",
    "FREE_TEXT",
    "HEALTH",
    "IDENTITY",
    "NAME",
    "SECRET",
    "TECHNICAL",
    "Owned",
    "PluginTables",
    "impersonal",
    "instant",
    "link_to",
    "personal",
    "secure_owned_table",
    "values_of",
]
