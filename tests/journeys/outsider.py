"""Somebody outside who has come in, and an administrator who may see every page about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from core.access.models import Membership, OwnRole
from core.access.permissions import PERMISSIONS
from core.kernel.database import db
from core.kernel.ids import new_id
from core.kernel.unit_of_work import unit_of_work
from core.persons import requests, sensitive, service, visits
from core.persons.admission import give_link, link_of
from core.testing.drafts import acting
from tests.journeys.desk import Desk

EVERYTHING = "own.everything"


@dataclass(frozen=True)
class Outsider:
    """A participant with everything that there can be, and the secret of a visit."""

    person_id: UUID
    token: str
    secret: str

    @property
    def examples(self) -> Mapping[str, list[object]]:
        """Values for the arguments of addresses about people outside."""
        return {"person_id": [self.person_id], "persons_visit.door token": [self.token]}


def somebody_outside(desk: Desk) -> Outsider:
    """Make it all through the services."""
    with desk.inside(), unit_of_work():
        everything = [f"all:{permission}" for permission in PERMISSIONS]
        db.session.add(OwnRole(id=new_id(), key=EVERYTHING, title="Alt", permissions=everything))
        query = select(Membership).where(Membership.account_id == desk.tenant.admin_id)
        db.session.scalars(query).one().roles = ["access.administrator", EVERYTHING]
    entry = service.Entry(
        "persons.participant", "Amira Øvelse", "nb", email="amira@example.org", national_id="14858520089"
    )
    with acting(desk.site.app, desk.tenant):
        person_id, tokens = service.register(entry), []
        sensitive.write(person_id, health="Vond rygg", family="")
        service.register(service.Entry("persons.participant", "Gjemt Øvelse", "nb", shield="confidential"))
        give_link(person_id, "email", lambda made: tokens.append(made) or "http://localhost/link")
        link, person = link_of(tokens[0])
        requests.ask(person, "access", "Alt som er skrevet om meg")
        return Outsider(person_id, tokens[0], visits.begin(link, person))
