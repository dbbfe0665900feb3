"""What a plugin with tables of its own needs: models in `models.py`, migrations in a folder `migrations`."""

from core.kernel.database import Owned, PluginTables, instant, link_to
from core.kernel.row_security import APPEND_ONLY, EVERYTHING, secure_owned_table

__all__ = [
    "APPEND_ONLY",
    "EVERYTHING",
    "Owned",
    "PluginTables",
    "instant",
    "link_to",
    "secure_owned_table",
]
