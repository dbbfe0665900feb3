"""What the promises of an agreement must know of it: who is responsible, its language, whom to ask."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from core.agreements.contacts import people
from core.agreements.models import Agreement, Contact
from core.kernel.database import db
from core.obligations import subjects


def _subjects(ids: Collection[UUID]) -> dict[UUID, subjects.Subject]:
    query = select(Agreement.id, Agreement.adviser_id, Agreement.language).where(Agreement.id.in_(ids))
    return {row.id: subjects.Subject(row.adviser_id, row.language) for row in db.session.execute(query)}


def _contacts(agreement_id: UUID) -> list[subjects.Contact]:
    query = (
        select(Contact).where(Contact.agreement_id == agreement_id, Contact.name != "").order_by(Contact.id)
    )
    deputies = {one.row.id: one.reached_now for one in people.listed(agreement_id) if one.is_absent}
    found = [(one.key, deputies.get(one.id, one)) for one in db.session.scalars(query)]
    return [subjects.Contact(key, one.name, one.role_title, one.email) for key, one in found]


subjects.register_source("agreement", subjects.Source(_subjects, _contacts))
