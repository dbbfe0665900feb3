"""What a plugin's services need: who may, the rows of the tenant in scope, and storing all or nothing."""

from core.access.service import require
from core.kernel.audit import record
from core.kernel.clock import now
from core.kernel.database import db
from core.kernel.errors import Conflict, Gone, Invalid, NotFound, Problem, Refused
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work

__all__ = [
    "Conflict",
    "Gone",
    "Invalid",
    "NotFound",
    "Problem",
    "Refused",
    "db",
    "new_id",
    "now",
    "record",
    "require",
    "unit_of_work",
]
