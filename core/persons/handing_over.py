"""People outside the organisation who pass from one adviser to another."""

from uuid import UUID

from sqlalchemy import select

from core.kernel import audit
from core.kernel.database import db
from core.persons.models import Person
from core.plugin_host.declarations import HandedOver
from core.plugin_host.wording import Wording

PERSONS = Wording(nb="Deltakere og kontakter", da="Deltagere og kontakter", en="Participants and contacts")


def hand_over(from_account: UUID, to_account: UUID, *, dry_run: bool) -> list[HandedOver]:
    """Everybody whom an adviser follows up gets another adviser; names are not told, only how many."""
    query = select(Person).where(Person.adviser_id == from_account, Person.ended_at.is_(None))
    rows = list(db.session.scalars(query))
    if not dry_run:
        for row in rows:
            row.adviser_id = to_account
            audit.record("person.handed_over", "person", row.id, fields=["adviser_id"])
    return [HandedOver(PERSONS, len(rows))]
