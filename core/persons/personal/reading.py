"""Finding people outside the organisation, and handing out what is kept about them."""

from sqlalchemy import ColumnElement, func, or_, select

from core.kernel.database import db
from core.kernel.personal import values_of
from core.persons.models import Code, Link, Person, Request, Sensitive, Visit
from core.persons.personal.declared import PEOPLE, REQUESTS, SENSITIVE
from core.plugin_host.privacy import PersonFound, PersonKey, PersonRecord
from core.plugin_host.wording import Wording

MOST_FOUND = 50
_OUTSIDE = Wording(nb="Deltaker eller kontakt", da="Deltager eller kontakt", en="Participant or contact")


def people(text: str) -> list[PersonFound]:
    """People whose name or e-mail contains a text; with a protected address, by the whole e-mail only."""
    if not text:
        return []
    wanted = text.casefold()
    open_to_search = (Person.shield == "") & or_(
        func.lower(Person.name).contains(wanted, autoescape=True),
        Person.email.contains(wanted, autoescape=True),
    )
    query = select(Person).where(or_(open_to_search, Person.email == wanted)).order_by(Person.sort_key)
    return [
        PersonFound(key_of(row), row.name, "" if row.shield else row.email, _OUTSIDE)
        for row in db.session.scalars(query.limit(MOST_FOUND))
    ]


def key_of(person: Person) -> PersonKey:
    """By what the rest of what is kept about a person is found."""
    emails = frozenset({person.email} if person.email else ())
    words = frozenset({person.name, *({person.phone} if person.phone else ())})
    return PersonKey(person_id=person.id, emails=emails, words=words)


def persons_of(who: PersonKey) -> list[Person]:
    """The rows of a person: by id, and by every address that is theirs."""
    found: list[ColumnElement[bool]] = [Person.email.in_(who.emails)] if who.emails else []
    if who.person_id is not None:
        found.append(Person.id == who.person_id)
    return list(db.session.scalars(select(Person).where(or_(*found)))) if found else []


def export(who: PersonKey) -> list[PersonRecord]:
    """Who the person is, what is written about health and family, and what was asked for."""
    rows = persons_of(who)
    ids = [row.id for row in rows]
    texts = db.session.scalars(select(Sensitive).where(Sensitive.person_id.in_(ids)))
    asked = db.session.scalars(select(Request).where(Request.person_id.in_(ids)))
    return [
        *(PersonRecord(PEOPLE, "person", row.id, values_of(row), "", row.created_at) for row in rows),
        *(
            PersonRecord(SENSITIVE, "person", row.person_id, values_of(row), "", row.changed_at)
            for row in texts
        ),
        *(PersonRecord(REQUESTS, "person", row.person_id, values_of(row), "", row.asked_at) for row in asked),
    ]


PARTS: tuple[type[Sensitive | Request | Visit | Code | Link], ...] = (Sensitive, Request, Visit, Code, Link)
"""Everything that hangs on a person, those first that hang on others."""
