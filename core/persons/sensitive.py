"""What is written about health and family: apart from the rest, encrypted, with a permission of its own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from core.access import service as access
from core.kernel import audit, clock
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.persons.models import Sensitive
from core.persons.reaching import find

READ: Final = "health:read"
WRITE: Final = "health:write"


@dataclass(frozen=True)
class SensitiveText:
    """What is written, by whom last and when; ``changed_at`` is None when nothing has been."""

    person_id: UUID
    name: str
    health: str = ""
    family: str = ""
    changed_at: datetime | None = None
    changed_by: str = ""


def read(person_id: UUID) -> SensitiveText:
    """What is written about somebody's health and family; that it was read is written down."""
    person = find(person_id, READ)
    row = _row(person.id)
    if row is None:
        return SensitiveText(person.id, person.name)
    audit.looked_at("person", person.id, fields=["health", "family"])
    author = access.names_of([row.changed_by]).get(row.changed_by, "") if row.changed_by else ""
    return SensitiveText(person.id, person.name, row.health or "", row.family or "", row.changed_at, author)


def write(person_id: UUID, *, health: str, family: str) -> None:
    """Change what is written; empty texts take the row away."""
    person = find(person_id, WRITE)
    member = access.require(WRITE)
    with unit_of_work():
        row = _row(person.id, lock=True)
        before = (row.health or "", row.family or "") if row else ("", "")
        pairs = zip(("health", "family"), before, (health, family), strict=True)
        changed = [name for name, old, new in pairs if old != new]
        if not changed:
            return
        if row is None:
            row = Sensitive(id=new_id(), person_id=person.id)
            db.session.add(row)
        row.health, row.family = health or None, family or None
        row.changed_at, row.changed_by = clock.now(), member.account_id
        if not health and not family:
            db.session.delete(row)
        audit.record("person.sensitive_changed", "person", person.id, fields=changed)


def is_written(person_id: UUID) -> bool:
    """Whether anything is written about somebody's health or family; what it is is not read."""
    return db.session.scalar(select(Sensitive.id).where(Sensitive.person_id == person_id)) is not None


def _row(person_id: UUID, *, lock: bool = False) -> Sensitive | None:
    query = select(Sensitive).where(Sensitive.person_id == person_id)
    return db.session.scalar(query.with_for_update() if lock else query)
