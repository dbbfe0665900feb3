"""What the audit says in plain words about people outside the organisation."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import or_, select

from core.access import service as access
from core.kernel.database import db
from core.persons.models import Person
from core.persons.reaching import READ, SHIELDED, reached
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Names of those whom the reader may see; the others' lines stay without one."""
    seen = or_(Person.shield == "", reached(access.reach(SHIELDED)))
    query = select(Person.id, Person.name).where(Person.id.in_(ids), reached(access.reach(READ)), seen)
    return {row.id: row.name for row in db.session.execute(query)}


_FIELDS = {
    "kind": Wording(nb="er her som", da="er her som", en="is here as"),
    "name": Wording(nb="navn", da="navn", en="name"),
    "email": Wording(nb="e-post", da="e-mail", en="e-mail"),
    "phone": Wording(nb="telefon", da="telefon", en="phone"),
    "language": Wording(nb="språk", da="sprog", en="language"),
    "born_on": Wording(nb="fødselsdato", da="fødselsdato", en="date of birth"),
    "national_id": Wording(nb="identitetsnummer", da="personnummer", en="national identity number"),
    "address": Wording(nb="adresse", da="adresse", en="address"),
    "shield": Wording(nb="adressebeskyttelse", da="adressebeskyttelse", en="protection of the address"),
    "adviser_id": Wording(nb="veileder", da="sagsbehandler", en="adviser"),
    "unit_id": Wording(nb="enhet", da="afdeling", en="unit"),
    "health": Wording(nb="helse", da="helbred", en="health"),
    "family": Wording(nb="familie", da="familie", en="family"),
    "own": Wording(nb="sine egne opplysninger", da="sine egne oplysninger", en="their own data"),
}

_ACTIONS = {
    "person.registered": Wording(nb="registrerte", da="registrerede", en="registered"),
    "person.changed": Wording(nb="endret opplysninger om", da="ændrede oplysninger om", en="changed"),
    "person.read": Wording(nb="så på", da="så på", en="looked at"),
    "person.number_shown": Wording(
        nb="viste hele identitetsnummeret til",
        da="viste hele personnummeret for",
        en="saw the whole number of",
    ),
    "person.found_by_number": Wording(
        nb="fant med identitetsnummer", da="fandt med personnummer", en="found by the number"
    ),
    "person.sensitive_changed": Wording(
        nb="endret det som er skrevet om helse og familie hos",
        da="ændrede det, der er skrevet om helbred og familie hos",
        en="changed what is written about health and family of",
    ),
    "person.handed_over": Wording(
        nb="ga en annen veileder til", da="gav en anden sagsbehandler til", en="gave another adviser to"
    ),
    "person.ended": Wording(
        nb="avsluttet arbeidet med", da="afsluttede arbejdet med", en="ended the work with"
    ),
    "person.taken_up_again": Wording(
        nb="tok opp igjen arbeidet med", da="genoptog arbejdet med", en="took up again the work with"
    ),
    "person.link_given": Wording(
        nb="sendte en personlig lenke til", da="sendte et personligt link til", en="sent a personal link to"
    ),
    "person.link_revoked": Wording(
        nb="trakk tilbake lenken til", da="trak linket tilbage til", en="took back the link of"
    ),
    "person.came_in": Wording(
        nb="kom inn med lenke og kode", da="kom ind med link og kode", en="came in by link and code"
    ),
    "person.left": Wording(nb="forlot sidene sine", da="forlod sine sider", en="left their pages"),
    "person.asked_for_access": Wording(nb="ba om innsyn", da="bad om indsigt", en="asked for access"),
    "person.asked_for_correction": Wording(
        nb="ba om retting", da="bad om rettelse", en="asked for a correction"
    ),
    "person.request_answered": Wording(
        nb="svarte på kravet fra", da="svarede på anmodningen fra", en="answered the request of"
    ),
    "person.erased": Wording(
        nb="slettet opplysningene om", da="slettede oplysningerne om", en="erased the data of"
    ),
}

HISTORY: list[ActionText | SubjectText] = [
    *(ActionText(action, text) for action, text in _ACTIONS.items()),
    SubjectText(
        "person",
        Wording(nb="Deltaker eller kontakt", da="Deltager eller kontakt", en="Participant or contact"),
        fields=_FIELDS,
        names=_names,
        endpoint="persons_register.page",
        argument="person_id",
        acts_as="person",
    ),
]
